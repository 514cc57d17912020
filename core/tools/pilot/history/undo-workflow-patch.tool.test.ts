import { describe, expect, it } from 'vitest';
import { ok, err } from '../../../base/result.ts';
import { appError } from '../../../contract/errors.ts';
import {
  callTool,
  openWorkflow,
  sessionDesk,
  sessionState,
  toolContext,
} from '../../../../tests/fakes/tool-context.ts';
import { undoWorkflowPatch } from './undo-workflow-patch.tool.ts';
const history = [
  { entryId: '1', parentId: '0', label: 'Steps 20 → 30', patch: { entries: [] }, at: 1 },
  { entryId: '2', parentId: '1', label: 'CFG 8 → 5', patch: { entries: [] }, at: 2 },
];

describe('undo_workflow_patch', () => {
  it('takes back the last applied change and names it', async () => {
    const session = sessionState({ workflow: openWorkflow({ history, position: 2 }) });
    const desk = sessionDesk({ undo: async () => ok(4) });
    expect(await callTool(undoWorkflowPatch, {}, toolContext({ session, desk }))).toEqual({
      ok: true,
      value: { revision: 4, undone: 'CFG 8 → 5' },
      text: 'Undone: CFG 8 → 5',
    });
  });

  it('hands on that there is nothing to undo', async () => {
    const desk = sessionDesk({ undo: async () => err(appError('history/nothing-to-undo', {})) });
    expect(await callTool(undoWorkflowPatch, {}, toolContext({ desk }))).toMatchObject({
      error: { code: 'history/nothing-to-undo' },
    });
  });
});
