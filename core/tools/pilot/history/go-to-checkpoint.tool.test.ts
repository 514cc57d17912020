import { describe, expect, it } from 'vitest';
import {
  callTool,
  openWorkflow,
  sessionDesk,
  sessionState,
  toolContext,
} from '../../../../tests/fakes/tool-context.ts';
import { ok } from '../../../base/result.ts';
import { goToCheckpoint } from './go-to-checkpoint.tool.ts';

const entry = { entryId: '1', parentId: '0', label: 'x', patch: { entries: [] }, at: 1 };
const workflow = openWorkflow({
  history: [],
  branches: [entry],
  checkpoints: [{ name: 'Approved look', entryId: '1', at: 2 }],
});

function contextWith(asked: string[]): ReturnType<typeof toolContext> {
  const goTo = async (entryId: string) => {
    asked.push(entryId);
    return ok(7);
  };
  return toolContext({ session: sessionState({ workflow }), desk: sessionDesk({ goTo }) });
}

describe('go_to_checkpoint', () => {
  it.each([
    ['Approved look', '1', 'Back at Approved look.'],
    ['approved look', '1', 'Back at approved look.'],
    ['1', '1', 'Back at 1.'],
    ['0', '0', 'Back to how it was opened.'],
  ])('goes to %s', async (checkpoint, entryId, text) => {
    const asked: string[] = [];
    expect(await callTool(goToCheckpoint, { checkpoint }, contextWith(asked))).toEqual({
      ok: true,
      value: { checkpoint, revision: 7 },
      text,
    });
    expect(asked).toEqual([entryId]);
  });

  it('names the nearest when there is none of that name', async () => {
    const asked: string[] = [];
    const outcome = await callTool(goToCheckpoint, { checkpoint: 'aproved' }, contextWith(asked));
    expect(outcome).toMatchObject({
      error: { code: 'history/unknown-entry', data: { known: ['Approved look'] } },
    });
    expect(asked).toEqual([]);
  });
});
