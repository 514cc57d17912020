import { type JsonObject, type JsonValue, isJsonObject } from '../../../../base/json.ts';
import type { NodeCatalog } from '../../catalog.ts';
import { groupNodeName } from '../../view/frontend-only.ts';
import { promotedWidgets } from '../../widgets/promoted-widgets.ts';
import { type GraphIndex, indexGraph } from './graph-index.ts';
import type { GraphNode } from './graph-node.ts';
import { type GroupNode, readGroupNode } from './group-node.ts';

/** One graph as it runs: the root, or the inside of one instance of a subgraph or group node. */
export interface Scope {
  /** Put before inner ids: "" or "12:" or "12:34:". */
  readonly prefix: string;
  readonly graph: GraphIndex;
  /** The definitions that its nodes may be instances of: its own and those around it. */
  readonly subgraphs: ReadonlyMap<string, JsonObject>;
  /** Values that the outside sets on inner nodes: node id → setting → value. */
  readonly overrides: Overrides;
  /** Values of the instance's own inputs that nothing is linked to, by input index. */
  readonly inputValues: ReadonlyMap<number, JsonValue>;
  readonly parent?: { readonly scope: Scope; readonly instance: GraphNode };
  /** Absent for a node that has no inside; `endless` inside of a definition that contains itself. */
  inside(node: GraphNode): Scope | 'endless' | undefined;
}

type Overrides = ReadonlyMap<string, ReadonlyMap<string, JsonValue>>;

/** The scope of a whole file. */
export function createRootScope(root: JsonObject, catalog: NodeCatalog): Scope {
  const file = openFile(root, catalog);
  const values = { overrides: new Map(), inputValues: new Map() };
  return createScope(file, { prefix: '', graph: file.indexOf(root), outer: new Map(), ...values });
}

/** How a node is named in the payload. */
export function payloadId(scope: Scope, node: GraphNode): string {
  return scope.prefix + node.id;
}

/** What all scopes of a file share; each definition is read once for all its instances. */
interface File {
  indexOf(definition: JsonObject): GraphIndex;
  groupNode(type: string): GroupNode | undefined;
}

function openFile({ extra }: JsonObject, catalog: NodeCatalog): File {
  const stored = isJsonObject(extra) ? extra['groupNodes'] : undefined;
  const groupNodes = new Map<string, GroupNode>();
  for (const [name, group] of Object.entries(isJsonObject(stored) ? stored : {})) {
    if (isJsonObject(group)) groupNodes.set(name, readGroupNode(group, catalog));
  }
  const indexes = new Map<JsonObject, GraphIndex>();
  return {
    indexOf: (definition) => {
      const index = indexes.get(definition) ?? indexGraph(definition, catalog);
      indexes.set(definition, index);
      return index;
    },
    groupNode: (type) => groupNodes.get(groupNodeName(type) ?? ''),
  };
}

type ScopeParts = Omit<Scope, 'inside' | 'subgraphs'> & { readonly outer: Scope['subgraphs'] };

function createScope(file: File, { outer, ...parts }: ScopeParts): Scope {
  const made = new Map<GraphNode, ReturnType<Scope['inside']>>();
  const own = parts.graph.subgraphs;
  const scope: Scope = {
    ...parts,
    subgraphs: own.size === 0 ? outer : new Map([...outer, ...own]),
    inside: (node) => {
      if (made.has(node)) return made.get(node);
      const inner = openInstance(file, scope, node);
      made.set(node, inner);
      return inner;
    },
  };
  return scope;
}

function openInstance(file: File, scope: Scope, instance: GraphNode): ReturnType<Scope['inside']> {
  const subgraph = scope.subgraphs.get(instance.type);
  const group = subgraph === undefined ? file.groupNode(instance.type) : undefined;
  const definition = subgraph ?? group?.definition;
  if (definition === undefined) return undefined;
  if (contains(scope, definition)) return 'endless';
  return createScope(file, {
    prefix: `${payloadId(scope, instance)}:`,
    graph: file.indexOf(definition),
    outer: scope.subgraphs,
    parent: { scope, instance },
    ...(group === undefined
      ? promotedValues(scope, instance, definition)
      : { overrides: group.valuesOf(instance.json), inputValues: new Map() }),
  });
}

/** True inside of that definition. */
function contains(scope: Scope, definition: JsonObject): boolean {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent?.scope) {
    if (at.graph.definition === definition) return true;
  }
  return false;
}

/** What an instance stores for the settings that it shows; what is around it may set those in turn. */
function promotedValues(
  scope: Scope,
  { id, json }: GraphNode,
  definition: JsonObject,
): Pick<Scope, 'overrides' | 'inputValues'> {
  const outer = scope.overrides.get(id);
  const overrides = new Map<string, Map<string, JsonValue>>();
  const inputValues = new Map<number, JsonValue>();
  for (const { name, value: own, inputIndex, source } of promotedWidgets(json, definition)) {
    const value = outer?.get(name) ?? own;
    if (value === undefined) continue;
    if (inputIndex !== undefined) inputValues.set(inputIndex, value);
    else if (source !== undefined) {
      const ofNode = overrides.get(source.nodeId) ?? new Map<string, JsonValue>();
      overrides.set(source.nodeId, ofNode.set(source.widget, value));
    }
  }
  return { overrides, inputValues };
}
