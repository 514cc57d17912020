import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { NodeMode } from '../../../contract/workflow.schema.ts';
import type { NodeCatalog, NodeClass } from '../catalog.ts';
import { isSetNode } from '../reading/frontend-only.ts';
import {
  objectsIn,
  storedMode,
  storedNodes,
  storedSubgraphs,
  toIdText,
} from '../reading/graph-format.ts';
import { type IdKey, toIdKey } from '../reading/id-key.ts';
import { TO_OUTSIDE, type Wire, readWires } from './wires.ts';

/** A saved node with what every step of the transform asks of it, read once. */
export interface GraphNode {
  readonly id: string;
  readonly json: JsonObject;
  /** Its class, its subgraph's id, or a name that only the page knows. */
  readonly type: string;
  /** Absent when the catalog does not know the type. */
  readonly nodeClass: NodeClass | undefined;
  readonly mode: NodeMode;
  /** Its place in the page's order of running, lowest first. */
  readonly order: number;
}

/** The root or a definition, indexed for following its links; all instances of a definition share it. */
export interface GraphIndex {
  readonly definition: JsonObject;
  readonly nodes: ReadonlyMap<IdKey, GraphNode>;
  /** In the order that the page stored for running them. */
  readonly inRunOrder: readonly GraphNode[];
  readonly wires: ReadonlyMap<IdKey, Wire>;
  /** The subgraph definitions that the graph itself carries. */
  readonly subgraphs: ReadonlyMap<string, JsonObject>;
  /** SetNodes by the name that they send under. */
  readonly setNodes: ReadonlyMap<string, GraphNode>;
  /** Links of older cg-use-everywhere files, which are no wires. */
  readonly broadcasts: readonly JsonObject[];
  /** What feeds each output of a subgraph, by output slot. */
  readonly outputWires: ReadonlyMap<number, Wire>;
  /** What a subgraph's inputs are called, by input slot. */
  readonly inputNames: readonly (JsonValue | undefined)[];
}

/** Reads a graph once for all that is asked of it during a transform. */
export function indexGraph(definition: JsonObject, catalog: NodeCatalog): GraphIndex {
  const nodes = new Map<IdKey, GraphNode>();
  const setNodes = new Map<string, GraphNode>();
  for (const json of storedNodes(definition)) {
    const node = readNode(json, catalog);
    nodes.set(toIdKey(json['id']) ?? '', node);
    if (isSetNode(node.type)) setNodes.set(constantName(json), node);
  }
  const wires = readWires(definition);
  const extra = definition['extra'];
  let outputWires: ReadonlyMap<number, Wire> | undefined;
  return {
    definition,
    nodes,
    inRunOrder: [...nodes.values()].sort((a, b) => a.order - b.order),
    wires,
    subgraphs: storedSubgraphs(definition),
    setNodes,
    broadcasts: isJsonObject(extra) ? objectsIn(extra['ue_links']) : [],
    get outputWires() {
      return (outputWires ??= findOutputWires(definition, wires));
    },
    inputNames: objectsIn(definition['inputs']).map((input) => input['name']),
  };
}

/** The name that a Get or Set node carries. */
export function constantName(node: JsonObject): string {
  const values = node['widgets_values'];
  const name = isJsonArray(values) ? values[0] : undefined;
  return typeof name === 'string' ? name : '';
}

function readNode(json: JsonObject, catalog: NodeCatalog): GraphNode {
  const type = typeof json['type'] === 'string' ? json['type'] : '';
  const order = json['order'];
  return {
    id: toIdText(json['id']) ?? '',
    json,
    type,
    nodeClass: catalog.get(type),
    mode: storedMode(json),
    order: typeof order === 'number' ? order : Number.MAX_SAFE_INTEGER,
  };
}

/** The output's own list names the link; where it does not, the link names the output. */
function findOutputWires(
  { outputs }: JsonObject,
  wires: ReadonlyMap<IdKey, Wire>,
): ReadonlyMap<number, Wire> {
  const found = new Map<number, Wire>();
  for (const wire of wires.values()) {
    if (wire.target !== TO_OUTSIDE || found.has(wire.targetSlot)) continue;
    found.set(wire.targetSlot, wire);
  }
  for (const [slot, output] of objectsIn(outputs).entries()) {
    const ids = isJsonArray(output['linkIds']) ? output['linkIds'] : [];
    const listed = ids
      .map((id) => wires.get(toIdKey(id) ?? ''))
      .find((wire) => wire?.target === TO_OUTSIDE);
    if (listed !== undefined) found.set(slot, listed);
  }
  return found;
}
