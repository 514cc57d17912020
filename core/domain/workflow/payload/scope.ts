import { type JsonObject, type JsonValue, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog } from '../catalog.ts';
import { groupNodeName } from '../reading/frontend-only.ts';
import { type PromotedWidget, promotedWidgets } from '../widgets/promoted-widgets.ts';
import { type GraphIndex, type GraphNode, indexGraph } from './graph-index.ts';
import { groupNodeDefinition } from './group-node.ts';

/** One graph as it runs: the root, or the inside of one instance of a subgraph or group node. */
export interface Scope {
  /** Put before inner ids: "" or "12:" or "12:34:". */
  readonly prefix: string;
  readonly graph: GraphIndex;
  /** The definitions that its nodes may be instances of: its own and those around it. */
  readonly subgraphs: ReadonlyMap<string, JsonObject>;
  /** Values that the outside sets on inner nodes: node id → setting → value. */
  readonly overrides: ReadonlyMap<string, ReadonlyMap<string, JsonValue>>;
  /** Values of the instance's own inputs that nothing is linked to, by input index. */
  readonly inputValues: ReadonlyMap<number, JsonValue>;
  readonly parent?: { readonly scope: Scope; readonly instance: GraphNode };
  /** Made on first use; absent for a node that has no inside. */
  inside(node: GraphNode): Scope | undefined;
}

/** The scope of a whole file. */
export function createRootScope(root: JsonObject, catalog: NodeCatalog): Scope {
  const extra = root['extra'];
  const groups = isJsonObject(extra) ? extra['groupNodes'] : undefined;
  const indexes = new Map<JsonObject, GraphIndex>();
  const file: File = {
    catalog,
    groupNodes: isJsonObject(groups) ? groups : {},
    indexOf: (definition) => {
      const index = indexes.get(definition) ?? indexGraph(definition, catalog);
      indexes.set(definition, index);
      return index;
    },
  };
  return createScope(file, {
    prefix: '',
    graph: file.indexOf(root),
    outer: new Map(),
    overrides: new Map(),
    inputValues: new Map(),
    depth: 0,
  });
}

/** How a node is named in the payload. */
export function payloadId(scope: Scope, node: GraphNode): string {
  return scope.prefix + node.id;
}

/** What all scopes of a file share. */
interface File {
  readonly catalog: NodeCatalog;
  /** Group node definitions of the file, by name. */
  readonly groupNodes: JsonObject;
  indexOf(definition: JsonObject): GraphIndex;
}

interface ScopeParts extends Pick<
  Scope,
  'prefix' | 'graph' | 'overrides' | 'inputValues' | 'parent'
> {
  readonly outer: Scope['subgraphs'];
  readonly depth: number;
}

/** Deeper nesting than anybody draws; guards against definitions that contain themselves. */
const MAX_DEPTH = 32;

function createScope(file: File, { outer, depth, ...parts }: ScopeParts): Scope {
  const made = new Map<GraphNode, Scope | undefined>();
  const own = parts.graph.subgraphs;
  const scope: Scope = {
    ...parts,
    subgraphs: own.size === 0 ? outer : new Map([...outer, ...own]),
    inside: (node) => {
      if (made.has(node)) return made.get(node);
      const inner = depth >= MAX_DEPTH ? undefined : openInstance(file, scope, node, depth);
      made.set(node, inner);
      return inner;
    },
  };
  return scope;
}

function openInstance(
  file: File,
  scope: Scope,
  instance: GraphNode,
  depth: number,
): Scope | undefined {
  const shared = {
    prefix: `${payloadId(scope, instance)}:`,
    outer: scope.subgraphs,
    parent: { scope, instance },
    depth: depth + 1,
  };
  const definition = scope.subgraphs.get(instance.type);
  if (definition !== undefined) {
    if (contains(scope, definition)) return undefined;
    const own = scope.overrides.get(instance.id);
    const shown = promotedWidgets(instance.json, definition).map((widget) =>
      own?.has(widget.name) === true ? { ...widget, value: own.get(widget.name) ?? null } : widget,
    );
    const graph = file.indexOf(definition);
    return createScope(file, { ...shared, graph, ...spreadPromoted(shown) });
  }
  const name = groupNodeName(instance.type);
  const group = name === undefined ? undefined : file.groupNodes[name];
  if (!isJsonObject(group)) return undefined;
  const { definition: inner, overrides } = groupNodeDefinition(instance.json, group, file.catalog);
  const graph = indexGraph(inner, file.catalog);
  return createScope(file, { ...shared, graph, overrides, inputValues: new Map() });
}

/** True inside of that definition: one that contains itself has no end. */
function contains(scope: Scope, definition: JsonObject): boolean {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent?.scope) {
    if (at.graph.definition === definition) return true;
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
