import { describe, expect, it } from 'vitest';
import { ok, err } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import {
  callTool,
  finishedRun,
  sessionDesk,
  sessionState,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { interrupt } from './interrupt.tool.ts';

const session = sessionState({
  runs: [
    finishedRun({ promptId: 'done' }),
    finishedRun({ promptId: 'now', status: 'running' }),
    finishedRun({ promptId: 'next', status: 'queued' }),
    finishedRun({ promptId: 'later', status: 'queued' }),
  ],
});

describe('interrupt', () => {
  it('stops all open runs of the session, the waiting ones first', async () => {
    const { desk, stopped } = stoppingDesk();
    expect(await callTool(interrupt, {}, toolContext({ session, desk }))).toMatchObject({
      ok: true,
      text: 'Render: stopped.\nRender: stopped.\nRender: stopped.',
    });
    expect(stopped).toEqual(['later', 'next', 'now']);
  });

  it('stops only the run that is named', async () => {
    const { desk, stopped } = stoppingDesk();
    await callTool(interrupt, { prompt_id: 'now' }, toolContext({ session, desk }));
    expect(stopped).toEqual(['now']);
  });

  it('takes it well when one of several ended by itself meanwhile', async () => {
    const desk = sessionDesk({
      cancelRun: async (promptId) =>
        promptId === 'now'
          ? err(appError('run/not-running', { promptId, status: 'succeeded' }))
          : ok(finishedRun({ promptId, status: 'cancelled' })),
    });
    expect(await callTool(interrupt, {}, toolContext({ session, desk }))).toMatchObject({
      value: { runs: [{ promptId: 'later' }, { promptId: 'next' }] },
    });
  });

  it('says that a run is over, or not known', async () => {
    const context = toolContext({ session });
    expect(await callTool(interrupt, { prompt_id: 'done' }, context)).toMatchObject({
      error: { code: 'run/not-running', data: { status: 'verified' } },
    });
    expect(await callTool(interrupt, { prompt_id: 'x' }, context)).toMatchObject({
      error: { code: 'run/unknown' },
    });
  });
});

function stoppingDesk() {
  const stopped: string[] = [];
  const desk = sessionDesk({
    cancelRun: async (promptId) => {
      stopped.push(promptId);
      return ok(finishedRun({ promptId, status: 'cancelled' }));
    },
  });
  return { desk, stopped };
}
