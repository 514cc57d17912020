import { describe, expect, it } from 'vitest';
import {
  callTool,
  emptyContext,
  sessionDesk,
  toolContext,
} from '../../../../tests/fakes/tool-context.ts';
import { ok } from '../../../base/result.ts';
import { addCheckpoint } from './add-checkpoint.tool.ts';

describe('add_checkpoint', () => {
  it('names the present state', async () => {
    const desk = sessionDesk({ addCheckpoint: async (name) => ok(name === 'approved' ? '3' : '') });
    expect(await callTool(addCheckpoint, { name: 'approved' }, toolContext({ desk }))).toEqual({
      ok: true,
      value: { name: 'approved', entry_id: '3' },
      text: 'Checkpoint set: approved',
    });
  });

  it('asks for a workflow when none is open', async () => {
    expect(await callTool(addCheckpoint, { name: 'a' }, emptyContext())).toMatchObject({
      error: { code: 'workflow/none-open' },
    });
  });
});
