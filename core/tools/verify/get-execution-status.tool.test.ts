import { describe, expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import {
  callTool,
  comfySide,
  finishedRun,
  sessionState,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { getExecutionStatus } from './get-execution-status.tool.ts';

const session = sessionState({
  runs: [finishedRun(), finishedRun({ promptId: 'run-2', status: 'queued', queuePosition: 2 })],
});

describe('get_execution_status', () => {
  it('tells of the last run when no id is given', async () => {
    expect(await callTool(getExecutionStatus, {}, toolContext({ session }))).toMatchObject({
      value: { promptId: 'run-2', status: 'queued', queuePosition: 2 },
      text: 'Render: waits in the queue, 2 ahead of it.',
    });
  });

  it('tells of the run with that id', async () => {
    expect(
      await callTool(getExecutionStatus, { prompt_id: 'run-1' }, toolContext({ session })),
    ).toMatchObject({ value: { promptId: 'run-1', status: 'verified', durationMs: 4_200 } });
  });

  it.each([
    [{ running: ['x'], pending: [] }, { status: 'running' }],
    [
      { running: [], pending: ['a', 'x'] },
      { status: 'queued', queuePosition: 1 },
    ],
  ])('asks ComfyUI about the runs of others (case %#)', async (queue, expected) => {
    const comfy = comfySide({ queue: async () => ok(queue) });
    expect(
      await callTool(getExecutionStatus, { prompt_id: 'x' }, toolContext({ comfy })),
    ).toMatchObject({ value: expected });
  });

  it('finds a run that is over in the history of ComfyUI', async () => {
    const comfy = comfySide({
      history: async (promptId) =>
        ok({
          promptId,
          ending: 'failed',
          files: [],
          texts: [],
          cachedNodes: [],
          startedAt: 1_000,
          endedAt: 3_000,
          failure: {
            nodeId: '3',
            classType: 'KSampler',
            exceptionType: 'RuntimeError',
            message: 'no',
          },
        }),
    });
    expect(
      await callTool(getExecutionStatus, { prompt_id: 'x' }, toolContext({ comfy })),
    ).toMatchObject({
      value: { status: 'failed', durationMs: 2_000, failure: { code: 'run/node-failed' } },
    });
  });

  it('says that nobody knows the run', async () => {
    expect(await callTool(getExecutionStatus, { prompt_id: 'x' }, toolContext())).toMatchObject({
      error: { code: 'run/unknown', data: { promptId: 'x' } },
    });
    expect(await callTool(getExecutionStatus, {}, toolContext())).toMatchObject({
      error: { code: 'run/unknown', data: { promptId: '' } },
    });
  });
});
