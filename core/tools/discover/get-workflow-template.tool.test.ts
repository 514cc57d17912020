import { describe, expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import {
  apiDocument,
  callTool,
  emptyContext,
  sessionDesk,
} from '../../../tests/fakes/tool-context.ts';
import { getWorkflowTemplate } from './get-workflow-template.tool.ts';

describe('get_workflow_template', () => {
  it.each(['upscale', 'Upscale a picture'])('opens the template "%s"', async (template) => {
    const asked: unknown[] = [];
    const desk = sessionDesk({
      openWorkflow: async (source) => {
        asked.push(source);
        return ok({ document: apiDocument(), revision: 1 });
      },
    });
    const outcome = await callTool(getWorkflowTemplate, { template }, emptyContext({ desk }));
    expect(asked).toEqual([{ kind: 'template', name: 'upscale' }]);
    expect(outcome).toMatchObject({ ok: true, value: { nodeCount: 7 } });
  });

  it('names the templates there are, nearest first', async () => {
    expect(await callTool(getWorkflowTemplate, { template: 'upscal' }, emptyContext())).toEqual({
      ok: false,
      error: {
        code: 'workflow/unknown-template',
        data: { name: 'upscal', known: ['upscale', 'sdxl-text-to-image'] },
      },
    });
  });
});
