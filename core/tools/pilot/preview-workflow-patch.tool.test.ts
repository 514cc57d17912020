import { describe, expect, it } from 'vitest';
import { callTool, textToImage, toolContext } from '../../../tests/fakes/tool-context.ts';
import { previewWorkflowPatch } from './preview-workflow-patch.tool.ts';

const moreSteps = [{ op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 }];

describe('preview_workflow_patch', () => {
  it('tells what would change and changes nothing', async () => {
    const context = toolContext();
    const outcome = await callTool(previewWorkflowPatch, { intent: 'x', ops: moreSteps }, context);
    expect(outcome).toMatchObject({
      value: { changes: ['Steps 20 → 30 on KSampler'], problems: [] },
      text: 'Would change: Steps 20 → 30 on KSampler.',
    });
    expect(context.document?.root).toBe(textToImage);
  });

  it('hands on what would have been right when an edit does not fit', async () => {
    const ops = [{ op: 'set_widget', nodeId: '3', widget: 'stepz', value: 30 }];
    expect(await callTool(previewWorkflowPatch, { intent: 'x', ops }, toolContext())).toMatchObject(
      {
        ok: false,
        error: { code: 'op/unknown-widget', data: { known: expect.arrayContaining(['steps']) } },
      },
    );
  });

  it('tells which problems there would be afterwards', async () => {
    const ops = [{ op: 'disconnect', nodeId: '8', input: 'vae' }];
    expect(await callTool(previewWorkflowPatch, { intent: 'x', ops }, toolContext())).toMatchObject(
      { ok: true, text: expect.stringContaining('To look at then:') },
    );
  });
});
