import { describe, expect, it } from 'vitest';
import {
  apiDocument,
  callTool,
  comfyGone,
  textToImage,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { validateBeforeExecute } from './validate-before-execute.tool.ts';

describe('validate_before_execute', () => {
  it('is ready when ComfyUI answers and the workflow is complete', async () => {
    expect(await callTool(validateBeforeExecute, {}, toolContext())).toMatchObject({
      value: { isReady: true },
      text: 'Ready to render.',
    });
  });

  it.each([comfyGone(), null])('is not ready without ComfyUI (case %#)', async (comfy) => {
    expect(await callTool(validateBeforeExecute, {}, toolContext({ comfy }))).toMatchObject({
      value: { isReady: false, checks: [{ what: 'ComfyUI', isGood: false }, {}, {}] },
    });
  });

  it('names a missing model file', async () => {
    const document = apiDocument({
      ...textToImage,
      '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'gone.safetensors' } },
    });
    expect(await callTool(validateBeforeExecute, {}, toolContext({ document }))).toMatchObject({
      value: { isReady: false },
      text: expect.stringContaining('gone.safetensors'),
    });
  });
});
