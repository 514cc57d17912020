import { describe, expect, it } from 'vitest';
import { ok } from '../../../base/result.ts';
import { createCancellation } from '../../../base/cancellation.ts';
import {
  callTool,
  openWorkflow,
  sessionDesk,
  sessionState,
  toolContext,
} from '../../../../tests/fakes/tool-context.ts';
import { resetWorkflow } from './reset-workflow.tool.ts';
const history = [
  { entryId: '1', parentId: '0', label: 'Steps 20 → 30', patch: { entries: [] }, at: 1 },
  { entryId: '2', parentId: '1', label: 'CFG 8 → 5', patch: { entries: [] }, at: 2 },
];
const session = sessionState({ workflow: openWorkflow({ history, position: 2, revision: 3 }) });

describe('reset_workflow', () => {
  it('undoes every applied change, newest first', async () => {
    let revision = 3;
    const desk = sessionDesk({ undo: async () => ok((revision += 1)) });
    expect(await callTool(resetWorkflow, {}, toolContext({ session, desk }))).toEqual({
      ok: true,
      value: { revision: 5, undone: ['CFG 8 → 5', 'Steps 20 → 30'] },
      text: 'Back to how it was opened: 2 changes taken back.',
    });
  });

  it('leaves changes alone that were undone already', async () => {
    const undone = sessionState({ workflow: openWorkflow({ history, position: 1 }) });
    const desk = sessionDesk({ undo: async () => ok(2) });
    const context = toolContext({ session: undone, desk });
    expect(await callTool(resetWorkflow, {}, context)).toMatchObject({
      value: { undone: ['Steps 20 → 30'] },
    });
  });

  it('says so when there is nothing to take back', async () => {
    expect(await callTool(resetWorkflow, {}, toolContext())).toMatchObject({
      error: { code: 'history/nothing-to-undo' },
    });
  });

  it('stops when it is cancelled', async () => {
    const source = createCancellation();
    source.cancel();
    const context = toolContext({ session, cancellation: source.token });
    expect(await callTool(resetWorkflow, {}, context)).toMatchObject({
      error: { code: 'cancelled' },
    });
  });
});
