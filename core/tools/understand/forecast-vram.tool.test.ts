import { describe, expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import type { ChangeSet } from '../../contract/session.schema.ts';
import {
  callTool,
  comfyGone,
  comfySide,
  emptyContext,
  sessionState,
  textToImage,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { forecastVramNeed } from './forecast-vram.tool.ts';

const GIB = 1024 ** 3;

const larger: ChangeSet = {
  changeSetId: 'change-1',
  baseRevision: 1,
  intent: 'Make it larger',
  ops: [{ op: 'set_widget', nodeId: '5', widget: 'width', value: 4096 }],
  digest: 'd',
  status: 'proposed',
  proposedBy: { role: 'assistant', name: 'a' },
  proposedAt: 0,
};

describe('forecast_vram', () => {
  it('reckons with the sizes that ComfyUI tells', async () => {
    const { inputs } = textToImage['4'] as { readonly inputs: { readonly ckpt_name: string } };
    const comfy = comfySide({
      modelFiles: async () => ok([{ name: inputs.ckpt_name, bytes: 2 * GIB }]),
    });
    const answer = await callTool(forecastVramNeed, {}, toolContext({ comfy }));
    expect(answer).toMatchObject({ ok: true, value: { now: { outcome: 'fits' } } });
    expect(answer.ok && answer.text).toMatch(
      /^This needs about [\d.]+ to 3\.[\d] GB .*It fits in 24\.0 GB\./,
    );
  });

  it('tells what the change set that waits for an answer adds', async () => {
    const session = sessionState({ changeSets: [larger] });
    expect(await callTool(forecastVramNeed, {}, toolContext({ session }))).toMatchObject({
      value: {
        after: expect.anything(),
        lines: [
          expect.stringMatching(/^The change (adds|makes)/),
          expect.anything(),
          expect.anything(),
          expect.anything(),
          expect.anything(),
        ],
      },
    });
    expect(
      await callTool(forecastVramNeed, { change_set: 'other' }, toolContext({ session })),
    ).toMatchObject({ error: { code: 'change/unknown' } });
  });

  it('still gives the band when ComfyUI is gone, and nothing when no workflow is open', async () => {
    expect(await callTool(forecastVramNeed, {}, toolContext({ comfy: comfyGone() }))).toMatchObject(
      {
        value: { now: { outcome: 'unknown' } },
      },
    );
    expect(await callTool(forecastVramNeed, {}, emptyContext())).toMatchObject({
      error: { code: 'workflow/none-open' },
    });
  });
});
