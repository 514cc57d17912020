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
import { redo } from './redo.tool.ts';
const history = [
  { entryId: '1', parentId: '0', label: 'Steps 20 → 30', patch: { entries: [] }, at: 1 },
  { entryId: '2', parentId: '1', label: 'CFG 8 → 5', patch: { entries: [] }, at: 2 },
];

describe('redo', () => {
  it('brings back the change that was undone last and names it', async () => {
    const session = sessionState({ workflow: openWorkflow({ history, position: 1 }) });
    const desk = sessionDesk({ redo: async () => ok(5) });
    expect(await callTool(redo, {}, toolContext({ session, desk }))).toEqual({
      ok: true,
      value: { revision: 5, redone: 'CFG 8 → 5' },
      text: 'Redone: CFG 8 → 5',
    });
  });

  it('hands on that there is nothing to redo', async () => {
    const desk = sessionDesk({ redo: async () => err(appError('history/nothing-to-redo', {})) });
    expect(await callTool(redo, {}, toolContext({ desk }))).toMatchObject({
      error: { code: 'history/nothing-to-redo' },
    });
  });
});
