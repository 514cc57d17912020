import { type JsonObject, type JsonValue, isJsonArray } from '../../../../base/json.ts';
import type { NodeMode } from '../../../../contract/workflow.schema.ts';
import type { NodeCatalog, NodeClass } from '../../catalog.ts';
import { storedMode } from '../../view/graph-format.ts';
import { type IdKey, toIdKey } from '../../view/id-key.ts';
import { type ClassPlan, planOf } from './class-plan.ts';
import { type NodeSlots, readSlots } from './slots.ts';

/** A saved node with what every step of the transform asks of it, read once for all instances. */
export interface GraphNode {
  readonly id: string;
  /** Its id as links name it. */
  readonly key: IdKey;
  readonly json: JsonObject;
  /** Its class, its subgraph's id, or a name that only the page knows. */
  readonly type: string;
  /** Absent when the catalog does not know the type. */
  readonly nodeClass: NodeClass | undefined;
  readonly plan: ClassPlan | undefined;
  readonly mode: NodeMode;
  readonly slots: NodeSlots;
}

/** Reads a saved node; undefined for what has no id or no type, which the page does not load either. */
export function readNode(json: JsonObject, catalog: NodeCatalog): GraphNode | undefined {
  const key = toIdKey(json['id']);
  const { type } = json;
  if (key === undefined || typeof type !== 'string') return undefined;
  const nodeClass = catalog.get(type);
  const plan = nodeClass === undefined ? undefined : planOf(nodeClass);
  const slots = readSlots(json, nodeClass, plan);
  return { id: String(key), key, json, type, nodeClass, plan, mode: storedMode(json), slots };
}

/** What the artist sees on a node: its own title, else what its class is called. */
export function nodeTitle({ json, nodeClass, type }: GraphNode): string {
  const own = json['title'];
  return typeof own === 'string' && own !== '' ? own : (nodeClass?.displayName ?? type);
}

/** The first of a node's stored values: the name of a Get or Set node, the value of a primitive. */
export function firstValue({ json }: GraphNode): JsonValue | undefined {
  const values = json['widgets_values'];
  return isJsonArray(values) ? values[0] : undefined;
}
