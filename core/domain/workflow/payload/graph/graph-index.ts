import { type JsonObject, type JsonValue, isJsonArray } from '../../../../base/json.ts';
import type { NodeCatalog } from '../../catalog.ts';
import { isSetNode } from '../../view/frontend-only.ts';
import { objectsIn, storedSubgraphs } from '../../view/graph-format.ts';
import { type IdKey, toIdKey } from '../../view/id-key.ts';
import { type GraphNode, firstValue, readNode } from './graph-node.ts';
import { TO_OUTSIDE, type Wire, readBroadcasts, readWires } from './wires.ts';

/** The root or a definition, indexed for following its links; all instances of a definition share it. */
export interface GraphIndex {
  readonly definition: JsonObject;
  readonly nodes: ReadonlyMap<IdKey, GraphNode>;
  /** In the order that the page stored for running them. */
  readonly inRunOrder: readonly GraphNode[];
  /** Every link by id, broadcasts too. */
  readonly wires: ReadonlyMap<IdKey, Wire>;
  /** Links of older cg-use-everywhere files, which are no wires, by {@link broadcastKey}. */
  readonly broadcasts: ReadonlyMap<string, Wire>;
  /** The subgraph definitions that the graph itself carries. */
  readonly subgraphs: ReadonlyMap<string, JsonObject>;
  /** SetNodes by the name that they send under. */
  readonly setNodes: ReadonlyMap<JsonValue | undefined, GraphNode>;
  /** What feeds each output of a subgraph, by output slot. */
  readonly outputWires: ReadonlyMap<number, Wire>;
  /** What a subgraph's inputs are called, by input slot. */
  readonly inputNames: readonly (JsonValue | undefined)[];
}

/** Reads a graph once for all that is asked of it during a transform. */
export function indexGraph(definition: JsonObject, catalog: NodeCatalog): GraphIndex {
  const nodes = new Map<IdKey, GraphNode>();
  const setNodes = new Map<JsonValue | undefined, GraphNode>();
  for (const json of objectsIn(definition['nodes'])) {
    const node = readNode(json, catalog);
    if (node === undefined) continue;
    nodes.set(node.key, node);
    if (isSetNode(node.type)) setNodes.set(firstValue(node), node);
  }
  const broadcasts = readBroadcasts(definition);
  const wires = readWires(definition, broadcasts);
  let outputWires: GraphIndex['outputWires'] | undefined;
  return {
    definition,
    nodes,
    inRunOrder: sortByOrder([...nodes.values()]),
    wires,
    broadcasts,
    subgraphs: storedSubgraphs(definition),
    setNodes,
    get outputWires() {
      return (outputWires ??= findOutputWires(definition, wires));
    },
    inputNames: objectsIn(definition['inputs']).map((input) => input['name']),
  };
}

/** What has no place in the page's order runs last, as it stands in the file. */
function sortByOrder(nodes: GraphNode[]): readonly GraphNode[] {
  const order = ({ json }: GraphNode): number =>
    typeof json['order'] === 'number' ? json['order'] : Number.MAX_SAFE_INTEGER;
  return nodes.sort((a, b) => order(a) - order(b));
}

/** The output's own list names the link; where it does not, the link names the output. */
function findOutputWires(
  { outputs }: JsonObject,
  wires: ReadonlyMap<IdKey, Wire>,
): ReadonlyMap<number, Wire> {
  const found = new Map<number, Wire>();
  for (const wire of wires.values()) {
    if (wire.target === TO_OUTSIDE && !found.has(wire.targetSlot)) found.set(wire.targetSlot, wire);
  }
  for (const [slot, { linkIds }] of objectsIn(outputs).entries()) {
    const listed = (isJsonArray(linkIds) ? linkIds : [])
      .map((id) => wires.get(toIdKey(id) ?? ''))
      .find((wire) => wire?.target === TO_OUTSIDE);
    if (listed !== undefined) found.set(slot, listed);
  }
  return found;
}
