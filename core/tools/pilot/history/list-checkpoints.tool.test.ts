import { describe, expect, it } from 'vitest';
import {
  callTool,
  openWorkflow,
  sessionState,
  toolContext,
} from '../../../../tests/fakes/tool-context.ts';
import { listCheckpoints } from './list-checkpoints.tool.ts';

const patch = { entries: [] };
const workflow = openWorkflow({
  history: [
    { entryId: '1', parentId: '0', label: 'Steps 20 → 30', patch, at: 1 },
    { entryId: '3', parentId: '1', label: 'CFG 8 → 5', patch, at: 3 },
  ],
  position: 2,
  branches: [{ entryId: '2', parentId: '1', label: 'CFG 8 → 6', patch, at: 2 }],
  checkpoints: [
    { name: 'opened', entryId: '0', at: 0 },
    { name: 'softer', entryId: '3', at: 4 },
  ],
});

describe('list_checkpoints', () => {
  it('lists names with what led there, and the branches that were left', async () => {
    const context = toolContext({ session: sessionState({ workflow }) });
    expect(await callTool(listCheckpoints, {}, context)).toEqual({
      ok: true,
      value: {
        here: '3',
        checkpoints: [
          { name: 'opened', entry_id: '0', is_here: false, changes: [] },
          { name: 'softer', entry_id: '3', is_here: true, changes: ['Steps 20 → 30', 'CFG 8 → 5'] },
        ],
        branches: [{ entry_id: '2', changes: ['Steps 20 → 30', 'CFG 8 → 6'] }],
      },
      text: 'opened, softer (here). 1 branch can be gone back to.',
    });
  });

  it('says that there are none', async () => {
    expect(await callTool(listCheckpoints, {}, toolContext())).toMatchObject({
      text: 'There are no checkpoints.',
    });
  });
});
