import { describe, expect, it } from 'vitest';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Turn } from '../../contract/session.schema.ts';
import {
  callTool,
  comfySide,
  finishedRun,
  sessionState,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { explainLastError } from './explain-last-error.tool.ts';

const failure = appError('run/out-of-memory', { nodeTitle: 'KSampler', detail: '' });
const failedRun = finishedRun({ status: 'failed', failure, endedAt: 5_000 });

describe('explain_last_error', () => {
  it('explains the failure of the last run', async () => {
    const session = sessionState({ runs: [failedRun] });
    expect(await callTool(explainLastError, {}, toolContext({ session }))).toMatchObject({
      value: { found: true, title: 'The graphics card ran out of memory', error: failure },
      text: expect.stringContaining('· Set the batch size to 1'),
    });
  });

  it('prefers a tool call that failed later', async () => {
    const error = appError('file/disk-full', { path: 'a.json' });
    const session = sessionState({ runs: [failedRun], turns: [turn({ endedAt: 9_000, error })] });
    expect(await callTool(explainLastError, {}, toolContext({ session }))).toMatchObject({
      value: { error },
    });
  });

  it('passes over a turn that the artist stopped', async () => {
    const error = appError('cancelled', {});
    const session = sessionState({ runs: [failedRun], turns: [turn({ endedAt: 9_000, error })] });
    expect(await callTool(explainLastError, {}, toolContext({ session }))).toMatchObject({
      value: { error: failure },
    });
  });

  it('explains the connection when nothing else went wrong', async () => {
    const error = appError('comfy/not-connected', {});
    const connection = { status: 'error' as const, isPractice: false, missing: [], error };
    const comfy = comfySide({ connection });
    expect(await callTool(explainLastError, {}, toolContext({ comfy }))).toMatchObject({
      value: { found: true, error },
    });
  });

  it('says that nothing went wrong', async () => {
    expect(await callTool(explainLastError, {}, toolContext({ comfy: null }))).toMatchObject({
      ok: true,
      value: { found: false, nextSteps: [] },
    });
  });
});

function turn({ endedAt, error }: { endedAt: number; error: AppError }): Turn {
  return {
    turnId: 'turn-1',
    message: 'save it',
    author: { role: 'artist', name: 'artist' },
    status: 'done',
    startedAt: 8_000,
    endedAt,
    parts: [
      {
        kind: 'tool-call',
        call: {
          callId: 'call-1',
          name: 'save_workflow',
          title: 'Save the workflow',
          status: 'failed',
          input: {},
          summary: 'Save the workflow',
          error,
        },
      },
    ],
  };
}
