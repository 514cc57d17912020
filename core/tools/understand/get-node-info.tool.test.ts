import { describe, expect, it } from 'vitest';
import { callTool, emptyContext } from '../../../tests/fakes/tool-context.ts';
import { getNodeInfo } from './get-node-info.tool.ts';

describe('get_node_info', () => {
  it('tells inputs, settings and outputs of a class', async () => {
    const outcome = await callTool(getNodeInfo, { node_type: 'KSampler' }, emptyContext());
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        classType: 'KSampler',
        inputs: expect.arrayContaining([
          expect.objectContaining({
            name: 'model',
            type: 'MODEL',
            isSetting: false,
            required: true,
          }),
          expect.objectContaining({ name: 'steps', type: 'INT', isSetting: true, default: 20 }),
        ]),
        outputs: [{ name: 'LATENT', type: 'LATENT', isList: false }],
      },
    });
  });

  it.each(['ksampler', 'Load Checkpoint', 'vae_decode'])(
    'finds a class that is written as "%s"',
    async (name) => {
      expect(await callTool(getNodeInfo, { node_type: name }, emptyContext())).toMatchObject({
        ok: true,
      });
    },
  );

  it('offers near names for a class that is not there', async () => {
    expect(await callTool(getNodeInfo, { node_type: 'KSamplr' }, emptyContext())).toMatchObject({
      ok: false,
      error: {
        code: 'op/unknown-class',
        data: { classType: 'KSamplr', near: expect.arrayContaining(['KSampler']) },
      },
    });
  });
});
