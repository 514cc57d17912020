import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog } from '../catalog.ts';
import {
  type StoredLink,
  storedLinks,
  storedNodes,
  storedSubgraphs,
  toIdText,
} from '../reading/graph-format.ts';
import { groupNodeName, isSetNode } from '../reading/frontend-only.ts';
import { type PromotedWidget, promotedWidgets } from '../widgets/promoted-widgets.ts';
import { groupNodeDefinition } from './group-node.ts';

/** One graph as it runs: the root, or the inside of one instance of a subgraph or group node. */
export interface Scope {
  /** Put before inner ids: "" or "12:" or "12:34:". */
  readonly prefix: string;
  readonly nodes: ReadonlyMap<string, JsonObject>;
  readonly links: ReadonlyMap<string, StoredLink>;
  readonly definition: JsonObject;
  readonly subgraphs: ReadonlyMap<string, JsonObject>;
  /** Group node definitions of the file, by name. */
  readonly groupNodes: JsonObject;
  /** SetNodes by the name that they send under. */
  readonly setNodes: ReadonlyMap<string, JsonObject>;
  /** Values that the outside sets on inner nodes: node id → setting → value. */
  readonly overrides: ReadonlyMap<string, ReadonlyMap<string, JsonValue>>;
  /** Values of the instance's own inputs that nothing is linked to, by input index. */
  readonly inputValues: ReadonlyMap<number, JsonValue>;
  readonly parent?: { readonly scope: Scope; readonly instance: JsonObject };
  /** Made on first use; absent for a node that has no inside. */
  inside(node: JsonObject): Scope | undefined;
}

/** The scope of a whole file. */
export function createRootScope(root: JsonObject, catalog: NodeCatalog): Scope {
  const extra = root['extra'];
  const groups =
    isJsonObject(extra) && isJsonObject(extra['groupNodes']) ? extra['groupNodes'] : {};
  return createScope({
    prefix: '',
    definition: root,
    outer: new Map(),
    groupNodes: groups,
    overrides: new Map(),
    inputValues: new Map(),
    depth: 0,
    catalog,
  });
}

/** How a node is named in the payload. */
export function payloadId(scope: Scope, node: JsonObject): string {
  return scope.prefix + (toIdText(node['id']) ?? '');
}

/** A node's type, which is its class, its subgraph's id, or a name that only the page knows. */
export function typeOf(node: JsonObject): string {
  return typeof node['type'] === 'string' ? node['type'] : '';
}

interface ScopeParts {
  readonly prefix: string;
  readonly definition: JsonObject;
  readonly outer: ReadonlyMap<string, JsonObject>;
  readonly groupNodes: JsonObject;
  readonly overrides: Scope['overrides'];
  readonly inputValues: Scope['inputValues'];
  readonly parent?: NonNullable<Scope['parent']>;
  readonly depth: number;
  readonly catalog: NodeCatalog;
}

/** Deeper nesting than anybody draws; guards against definitions that contain themselves. */
const MAX_DEPTH = 32;

function createScope(parts: ScopeParts): Scope {
  const { definition, prefix, groupNodes, catalog, depth } = parts;
  const subgraphs = new Map([...parts.outer, ...storedSubgraphs(definition)]);
  const list = storedNodes(definition);
  const made = new Map<JsonObject, Scope | undefined>();
  const scope: Scope = {
    prefix,
    definition,
    nodes: new Map(list.map((node) => [toIdText(node['id']) ?? '', node])),
    links: storedLinks(definition),
    subgraphs,
    groupNodes,
    setNodes: new Map(
      list.filter((node) => isSetNode(typeOf(node))).map((node) => [constantName(node), node]),
    ),
    overrides: parts.overrides,
    inputValues: parts.inputValues,
    ...(parts.parent === undefined ? {} : { parent: parts.parent }),
    inside: (node) => {
      if (made.has(node)) return made.get(node);
      const inner = depth >= MAX_DEPTH ? undefined : openInstance(scope, node, depth, catalog);
      made.set(node, inner);
      return inner;
    },
  };
  return scope;
}

/** The name that a Get or Set node carries. */
export function constantName(node: JsonObject): string {
  const values = node['widgets_values'];
  const name = isJsonArray(values) ? values[0] : undefined;
  return typeof name === 'string' ? name : '';
}

function openInstance(
  scope: Scope,
  node: JsonObject,
  depth: number,
  catalog: NodeCatalog,
): Scope | undefined {
  const type = typeOf(node);
  const shared = {
    prefix: `${payloadId(scope, node)}:`,
    outer: scope.subgraphs,
    groupNodes: scope.groupNodes,
    parent: { scope, instance: node },
    depth: depth + 1,
    catalog,
  };
  const definition = scope.subgraphs.get(type);
  if (definition !== undefined) {
    if (contains(scope, definition)) return undefined;
    const own = scope.overrides.get(toIdText(node['id']) ?? '');
    const shown = promotedWidgets(node, definition).map((widget) =>
      own?.has(widget.name) === true ? { ...widget, value: own.get(widget.name) ?? null } : widget,
    );
    return createScope({ ...shared, definition, ...spreadPromoted(shown) });
  }
  const name = groupNodeName(type);
  const group = name === undefined ? undefined : scope.groupNodes[name];
  if (!isJsonObject(group)) return undefined;
  const { definition: inner, overrides } = groupNodeDefinition(node, group, catalog);
  return createScope({ ...shared, definition: inner, overrides, inputValues: new Map() });
}

/** True inside of that definition: one that contains itself has no end. */
function contains(scope: Scope, definition: JsonObject): boolean {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent?.scope) {
    if (at.definition === definition) return true;
  }
  return false;
}

function spreadPromoted(
  shown: readonly PromotedWidget[],
): Pick<ScopeParts, 'overrides' | 'inputValues'> {
  const overrides = new Map<string, Map<string, JsonValue>>();
  const inputValues = new Map<number, JsonValue>();
  for (const { value, inputIndex, source } of shown) {
    if (value === undefined) continue;
    if (inputIndex !== undefined) inputValues.set(inputIndex, value);
    else if (source !== undefined) {
      const ofNode = overrides.get(source.nodeId) ?? new Map<string, JsonValue>();
      overrides.set(source.nodeId, ofNode.set(source.widget, value));
    }
  }
  return { overrides, inputValues };
}
