import { type JsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { storedNodes } from '../view/graph-format.ts';
import { type GraphState, graphOf, stateOfGraph } from '../store/graph-state.ts';
import { ROOT_SCOPE, scopesOf, withScopes } from '../patch/scopes.ts';
import { type GraphScope, createGraphScope } from './graph-scope.ts';

/** Where a node is, or would be: "12:34" is `localId` 34 in the definition of instance 12. */
export interface GraphAddress {
  readonly scope: GraphScope;
  readonly localId: string;
  /** What comes before the local id: "" or "12:". */
  readonly prefix: string;
}

/** All graphs of one document; a graph is opened for editing when it is first needed. */
export interface GraphScopes {
  readonly root: GraphScope;
  /** Subgraph definitions by id, as they are after the ops so far. */
  definitions(): ReadonlyMap<string, JsonObject>;
  /** `op/unknown-node`; `op/read-only` when several nodes share the subgraph. */
  locate(nodeId: string): Result<GraphAddress, AppError>;
  /** The edited nodes of the root, when nothing else was edited; else undefined. */
  replaced(): ReadonlyMap<string, JsonObject> | undefined;
  /** The root with every edited graph put back. */
  finish(): JsonObject;
}

/** Opens the graphs of a save-format document. */
export function createGraphScopes(state: GraphState): GraphScopes {
  const root = createGraphScope(state);
  // The root's own nodes may be of another version here; what lies in its definitions is not.
  const graphs = scopesOf(state.shell);
  const opened = new Map<string, GraphScope>([[ROOT_SCOPE, root]]);
  const open = (id: string): GraphScope | undefined => {
    const known = opened.get(id);
    const graph = graphs.get(id);
    if (known !== undefined || graph === undefined || id === ROOT_SCOPE) return known;
    const scope = createGraphScope(stateOfGraph(graph));
    opened.set(id, scope);
    return scope;
  };
  const definitions = new Map([...graphs].filter(([id]) => id !== ROOT_SCOPE));
  let shared: ReadonlySet<string> | undefined;
  return {
    root,
    definitions: () =>
      opened.size === 1
        ? definitions
        : new Map([...definitions].map(([id, graph]) => [id, opened.get(id)?.finish() ?? graph])),
    locate: (nodeId) => {
      const parts = root.nodes.has(nodeId) ? [nodeId] : nodeId.split(':');
      let scope = root;
      for (const part of parts.slice(0, -1)) {
        const type = scope.nodes.get(part)?.['type'];
        const inner = typeof type === 'string' && definitions.has(type) ? open(type) : undefined;
        if (inner === undefined || typeof type !== 'string') {
          return err(appError('op/unknown-node', { nodeId, known: [...root.nodes.keys()] }));
        }
        shared ??= sharedDefinitions(new Map([...graphs, [ROOT_SCOPE, graphOf(state)]]));
        if (shared.has(type)) return err(appError('op/read-only', { nodeId, reason: SHARED }));
        scope = inner;
      }
      const prefix = parts.slice(0, -1).map((part) => `${part}:`);
      return ok({ scope, localId: parts.at(-1) ?? '', prefix: prefix.join('') });
    },
    replaced: () => {
      const isInside = [...opened].some(
        ([id, scope]) => id !== ROOT_SCOPE && scope.replaced()?.size !== 0,
      );
      return isInside ? undefined : root.replaced();
    },
    finish: () => {
      const changed = new Map<string, JsonObject>();
      for (const [id, scope] of opened) {
        const next = scope.finish();
        if (next !== (id === ROOT_SCOPE ? graphOf(state) : graphs.get(id))) changed.set(id, next);
      }
      return withScopes(graphOf(state), changed);
    },
  };
}

const SHARED =
  'it is inside a subgraph that several nodes use, so the change would reach all of them; change the setting on one of those nodes instead';

/** Definitions that more than one node uses, counted over all graphs of the document. */
function sharedDefinitions(graphs: ReadonlyMap<string, JsonObject>): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const graph of graphs.values()) {
    for (const node of storedNodes(graph)) {
      const type = node['type'];
      if (typeof type !== 'string' || !graphs.has(type)) continue;
      if (seen.has(type)) shared.add(type);
      seen.add(type);
    }
  }
  return shared;
}
