import { describe, expect, it } from 'vitest';
import { ok, err } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import {
  callTool,
  finishedRun,
  sessionDesk,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { executeWithProgress } from './execute-with-progress.tool.ts';

describe('execute_with_progress', () => {
  it('renders once, waits, and tells the verdict', async () => {
    const { desk, started } = renderingDesk();
    expect(await callTool(executeWithProgress, {}, toolContext({ desk }))).toMatchObject({
      value: {
        runs: [
          {
            promptId: 'run-1',
            status: 'verified',
            durationMs: 4_200,
            line: 'Rendered in 4.2 s · VRAM 6.0/24 GB',
          },
        ],
      },
      text: 'Render: As you asked.',
    });
    expect(started).toEqual([{ label: 'Render' }]);
  });

  it('hands on why nothing could be started', async () => {
    const desk = sessionDesk({ startRun: async () => err(appError('comfy/not-connected', {})) });
    expect(await callTool(executeWithProgress, {}, toolContext({ desk }))).toMatchObject({
      error: { code: 'comfy/not-connected' },
    });
  });

  it('tells of a failed run in its words', async () => {
    const failure = appError('run/out-of-memory', { nodeTitle: 'KSampler', detail: '' });
    const desk = sessionDesk({
      startRun: async () => ok(finishedRun({ status: 'queued' })),
      awaitRun: async () => ok(finishedRun({ status: 'failed', failure })),
    });
    expect(await callTool(executeWithProgress, {}, toolContext({ desk }))).toMatchObject({
      ok: true,
      value: { runs: [{ status: 'failed', failure }] },
      text: expect.stringContaining('The graphics card ran out of memory'),
    });
  });
});

function renderingDesk() {
  const started: unknown[] = [];
  const desk = sessionDesk({
    startRun: async (options) => {
      started.push(options);
      const promptId = `run-${String(started.length)}`;
      return ok(finishedRun({ promptId, status: 'queued', label: options.label }));
    },
    awaitRun: async (promptId) => ok(finishedRun({ promptId })),
  });
  return { desk, started };
}
