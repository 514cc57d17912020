import { describe, expect, it } from 'vitest';
import { ok, err } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import {
  callTool,
  emptyContext,
  sessionDesk,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { saveWorkflow } from './save-workflow.tool.ts';

describe('save_workflow', () => {
  it.each([undefined, 'shots/shot-v2.json'])('saves to %s through the desk', async (path) => {
    const asked: unknown[] = [];
    const desk = sessionDesk({
      saveWorkflow: async (target) => {
        asked.push(target);
        return ok({ path: target ?? 'shots/shot.json' });
      },
    });
    const input = path === undefined ? {} : { output_path: path };
    const outcome = await callTool(saveWorkflow, input, toolContext({ desk }));
    expect(asked).toEqual([path]);
    expect(outcome).toMatchObject({ text: `Saved to ${path ?? 'shots/shot.json'}.` });
  });

  it('hands on that the disk is full', async () => {
    const error = appError('file/disk-full', { path: 'shots/shot.json' });
    const desk = sessionDesk({ saveWorkflow: async () => err(error) });
    expect(await callTool(saveWorkflow, {}, toolContext({ desk }))).toEqual({ ok: false, error });
  });

  it('asks for a workflow when none is open', async () => {
    expect(await callTool(saveWorkflow, {}, emptyContext())).toMatchObject({
      error: { code: 'workflow/none-open' },
    });
  });
});
