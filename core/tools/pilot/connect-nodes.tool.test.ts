import { describe, expect, it } from 'vitest';
import { proposeWith, toolContext } from '../../../tests/fakes/tool-context.ts';
import { connectNodes } from './connect-nodes.tool.ts';

describe('connect_nodes', () => {
  it.each(['MODEL', 0])('proposes a link from output %s', async (output) => {
    const input = { from_node: '4', from_output: output, to_node: '3', to_input: 'model' };
    expect(await proposeWith(connectNodes, input, toolContext())).toEqual({
      ok: true,
      value: {
        intent: 'Connect Load Checkpoint to model on KSampler',
        ops: [
          { op: 'connect', from: { nodeId: '4', output }, to: { nodeId: '3', input: 'model' } },
        ],
      },
    });
  });
});
