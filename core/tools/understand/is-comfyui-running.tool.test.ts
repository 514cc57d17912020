import { describe, expect, it } from 'vitest';
import { callTool, comfyGone, emptyContext } from '../../../tests/fakes/tool-context.ts';
import { isComfyuiRunning } from './is-comfyui-running.tool.ts';

describe('is_comfyui_running', () => {
  it('says where ComfyUI answers', async () => {
    expect(await callTool(isComfyuiRunning, {}, emptyContext())).toMatchObject({
      value: { running: true, isPractice: false, url: 'http://127.0.0.1:8188' },
      text: 'ComfyUI 0.3.64 answers at http://127.0.0.1:8188.',
    });
  });

  it('answers "no" with the reason when it does not', async () => {
    expect(
      await callTool(isComfyuiRunning, {}, emptyContext({ comfy: comfyGone() })),
    ).toMatchObject({
      ok: true,
      value: { running: false, reason: expect.stringContaining('it was refused') },
    });
  });

  it('answers "no" when there is none at all', async () => {
    expect(await callTool(isComfyuiRunning, {}, emptyContext({ comfy: null }))).toMatchObject({
      ok: true,
      value: { running: false },
    });
  });
});
