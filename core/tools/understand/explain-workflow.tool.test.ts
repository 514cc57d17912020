import { describe, expect, it } from 'vitest';
import { callTool, emptyContext, toolContext } from '../../../tests/fakes/tool-context.ts';
import { explainWorkflow } from './explain-workflow.tool.ts';

describe('explain_workflow', () => {
  it('says in words what the open workflow does', async () => {
    const outcome = await callTool(explainWorkflow, {}, toolContext());
    expect(outcome).toMatchObject({ ok: true, value: { lines: expect.any(Array) } });
    expect(outcome).toMatchObject({ text: expect.stringMatching(/harbour/) });
  });

  it('asks for a workflow when none is open', async () => {
    expect(await callTool(explainWorkflow, {}, emptyContext())).toMatchObject({
      error: { code: 'workflow/none-open' },
    });
  });
});
