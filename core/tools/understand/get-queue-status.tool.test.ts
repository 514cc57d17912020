import { describe, expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import {
  callTool,
  comfySide,
  emptyContext,
  finishedRun,
  sessionState,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { getQueueStatus } from './get-queue-status.tool.ts';

describe('get_queue_status', () => {
  it('tells our runs from those of others', async () => {
    const comfy = comfySide({
      queue: async () => ok({ running: ['theirs'], pending: ['run-1', 'theirs-2'] }),
    });
    const session = sessionState({ runs: [finishedRun({ status: 'queued', label: 'Dawn' })] });
    expect(await callTool(getQueueStatus, {}, toolContext({ comfy, session }))).toEqual({
      ok: true,
      value: {
        running: [{ promptId: 'theirs', isOurs: false }],
        pending: [
          { promptId: 'run-1', isOurs: true, label: 'Dawn' },
          { promptId: 'theirs-2', isOurs: false },
        ],
      },
      text: '1 rendering, 2 waiting.',
    });
  });

  it('says that the queue is empty', async () => {
    expect(await callTool(getQueueStatus, {}, emptyContext())).toMatchObject({
      text: 'The queue is empty.',
    });
  });
});
