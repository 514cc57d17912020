import { describe, expect, it } from 'vitest';
import { callTool, emptyContext } from '../../../tests/fakes/tool-context.ts';
import { listWorkflowTemplates } from './list-workflow-templates.tool.ts';

describe('list_workflow_templates', () => {
  it('lists names and titles', async () => {
    expect(await callTool(listWorkflowTemplates, {}, emptyContext())).toMatchObject({
      text: 'sdxl-text-to-image: SDXL text to image\nupscale: Upscale a picture',
    });
  });

  it('says when there are none', async () => {
    expect(
      await callTool(listWorkflowTemplates, {}, emptyContext({ templates: [] })),
    ).toMatchObject({ text: 'There are no templates.' });
  });
});
