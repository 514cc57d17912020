import { expect, it } from 'vitest';
import { type Op } from '../../../contract/workflow.schema.ts';
import { opDependencies } from './op-dependencies.ts';

const add = (nodeId: string): Op => ({ op: 'add_node', nodeId, classType: 'LoraLoader' });
const link = (from: string, to: string, input = 'model'): Op => ({
  op: 'connect',
  from: { nodeId: from, output: 0 },
  to: { nodeId: to, input },
});
const set = (nodeId: string, widget: string): Op => ({
  op: 'set_widget',
  nodeId,
  widget,
  value: 1,
});

it('needs nothing for edits of nodes that are there', () => {
  expect(opDependencies([set('3', 'steps'), set('3', 'cfg'), link('4', '3')])).toEqual([
    [],
    [],
    [],
  ]);
});

it('needs the op that adds or replaces a node for all that names it', () => {
  const replace: Op = { op: 'replace_node', nodeId: '3', classType: 'KSamplerAdvanced' };
  expect(
    opDependencies([add('20'), link('4', '20'), link('20', '3'), replace, set('3', 'noise_seed')]),
  ).toEqual([[], [0], [0], [], [3]]);
});

it('names what an op needs indirectly too', () => {
  const disconnect: Op = { op: 'disconnect', nodeId: '3', input: 'steps' };
  expect(
    opDependencies([add('20'), link('20', '3', 'steps'), disconnect, set('3', 'steps')]),
  ).toEqual([[], [0], [0, 1], [0, 1, 2]]);
});

it('needs the deletion before an id is used again, and the subgraph a node stands in', () => {
  expect(
    opDependencies([{ op: 'delete_node', nodeId: '5' }, add('5'), set('5:7', 'sigma')]),
  ).toEqual([[], [0], [0, 1]]);
});
