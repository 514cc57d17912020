import type { NodeCatalog } from '../../../core/domain/workflow/catalog.ts';
import { type OracleCase, oracleCase } from '../oracle-case.ts';
import { bypassCases } from './cases/bypass-cases.ts';
import { drawGraph, node } from './parts/draw-graph.ts';
import { deepCases } from './cases/deep-cases.ts';
import { drawFileCases } from './cases/file-cases.ts';
import { getSetCases } from './cases/get-set-cases.ts';
import { groupCases } from './cases/group-cases.ts';
import { shownCases } from './cases/shown-cases.ts';
import { subgraphCases } from './cases/subgraph-cases.ts';
import { wiringCases } from './cases/wiring-cases.ts';

/** Every workflow that was written to ask the page about. */
export function oracleWorkflows(catalog: NodeCatalog): readonly OracleCase[] {
  const plain = { ...bypassCases, ...wiringCases, ...getSetCases };
  return [
    ...Object.entries(plain).map(([name, nodes]) => oracleCase(name, drawGraph(catalog, nodes))),
    ...Object.entries({ ...subgraphCases, ...shownCases, ...deepCases }).map(
      ([name, { nodes, subgraphs }]) => oracleCase(name, drawGraph(catalog, nodes, subgraphs)),
    ),
    ...Object.entries(groupCases).map(([name, { nodes, groups }]) =>
      oracleCase(name, drawGraph(catalog, nodes, [], { extra: { groupNodes: groups } })),
    ),
    ...drawFileCases(catalog).map(([name, workflow]) => oracleCase(name, workflow)),
    ...nativeReroutes(catalog),
  ];
}

function nativeReroutes(catalog: NodeCatalog): readonly OracleCase[] {
  const nodes = [
    node(1, 'LoadImage', ['plate.png', 'image']),
    node(2, 'ImageInvert', [], { image: [1, 0] }),
    node(3, 'SaveImage', ['a'], { images: [2, 0] }),
    node(4, 'PreviewImage', [], { images: [2, 0] }),
  ];
  const extra = {
    reroutes: [
      { id: 1, pos: [300, 300], linkIds: [1] },
      { id: 2, pos: [500, 300], linkIds: [2, 3] },
      { id: 3, parentId: 2, pos: [600, 300], linkIds: [3] },
    ],
    linkExtensions: [
      { id: 1, parentId: 1 },
      { id: 2, parentId: 2 },
      { id: 3, parentId: 3 },
    ],
  };
  return [oracleCase('native reroutes', drawGraph(catalog, nodes, [], { extra }))];
}
