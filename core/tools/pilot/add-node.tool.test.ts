import { describe, expect, it } from 'vitest';
import { proposeWith, toolContext } from '../../../tests/fakes/tool-context.ts';
import { addNode } from './add-node.tool.ts';

describe('add_node', () => {
  it('proposes the node under the next free id', async () => {
    const input = {
      class_type: 'lora loader',
      inputs: { strength_model: 0.7 },
      title: 'Film look',
    };
    expect(await proposeWith(addNode, input, toolContext())).toEqual({
      ok: true,
      value: {
        intent: 'Add Film look',
        ops: [
          {
            op: 'add_node',
            nodeId: '10',
            classType: 'LoraLoader',
            title: 'Film look',
            widgets: { strength_model: 0.7 },
          },
        ],
      },
    });
  });

  it('keeps the id that was asked for', async () => {
    const input = { class_type: 'SaveImage', node_id: '42' };
    expect(await proposeWith(addNode, input, toolContext())).toMatchObject({
      value: { ops: [{ op: 'add_node', nodeId: '42', classType: 'SaveImage' }] },
    });
  });

  it('gives no id again that the page gave out before', async () => {
    const root = { nodes: [], links: [], last_node_id: 77, last_link_id: 0, version: 0.4 };
    const context = toolContext({ document: { format: 'graph', root } });
    expect(await proposeWith(addNode, { class_type: 'SaveImage' }, context)).toMatchObject({
      value: { ops: [{ nodeId: '78' }] },
    });
  });

  it('offers near names for a class that is not there', async () => {
    expect(await proposeWith(addNode, { class_type: 'LoraLoadr' }, toolContext())).toMatchObject({
      ok: false,
      error: { code: 'op/unknown-class', data: { near: expect.arrayContaining(['LoraLoader']) } },
    });
  });
});
