import { expect, it } from 'vitest';
import { graph } from '../../../../tests/fixtures/graph.ts';
import { classOf, smallCatalog } from '../../../../tests/fixtures/small-catalog.ts';
import { type JsonObject } from '../../../base/json.ts';
import { applyOps } from '../ops/apply-ops.ts';

const catalog = smallCatalog({
  Source: classOf({}, { image: 'IMAGE' }),
  Show: classOf({ image: 'IMAGE' }),
});

it.each<[string, JsonObject]>([
  ['does not count its links', {}],
  ['counts them too low', { last_link_id: 1 }],
])('a link that takes the place of the newest one stays in a file that %s', (_, counter) => {
  const nodes = [
    { id: 1, type: 'Source', out: ['IMAGE'] },
    { id: 2, type: 'Show', in: ['image:IMAGE'] },
    { id: 3, type: 'Show', in: ['image:IMAGE'] },
  ];
  const wires = [
    [1, 0, 2, 'image'],
    [1, 0, 3, 'image'],
  ] as const;
  const result = applyOps(
    { format: 'graph', root: graph(nodes, wires, counter) },
    [
      { op: 'disconnect', nodeId: '3', input: 'image' },
      { op: 'connect', from: { nodeId: '1', output: 0 }, to: { nodeId: '3', input: 'image' } },
    ],
    catalog,
  );
  expect(result.ok && result.value.document.root).toMatchObject({
    nodes: [{ id: 1 }, { id: 2 }, { id: 3, inputs: [{ name: 'image', link: 3 }] }],
    links: [
      [1, 1, 0, 2, 0, '*'],
      [3, 1, 0, 3, 0, 'IMAGE'],
    ],
    last_link_id: 3,
  });
});
