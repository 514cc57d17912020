import { type JsonObject, isJsonArray, isJsonObject } from '../../../base/json.ts';

/** The scope name of the root graph; every other scope is a subgraph definition's id. */
export const ROOT_SCOPE = '';

/** The subgraph definitions that stand directly in a graph's `definitions.subgraphs`. */
export function subgraphsOf(scope: JsonObject): readonly JsonObject[] {
  const definitions = scope['definitions'];
  const subgraphs = isJsonObject(definitions) ? definitions['subgraphs'] : undefined;
  return isJsonArray(subgraphs) ? subgraphs.filter(isJsonObject) : [];
}

/** Every graph of a document by scope name, nested definitions too; of two with one id the first counts. */
export function scopesOf(root: JsonObject): ReadonlyMap<string, JsonObject> {
  const scopes = new Map<string, JsonObject>([[ROOT_SCOPE, root]]);
  const collect = (scope: JsonObject): void => {
    for (const subgraph of subgraphsOf(scope)) {
      const id = subgraph['id'];
      if (typeof id !== 'string' || scopes.has(id)) continue;
      scopes.set(id, subgraph);
      collect(subgraph);
    }
  };
  collect(root);
  return scopes;
}

/** Puts changed graphs back into the root; what holds no changed graph stays the same object. */
export function withScopes(root: JsonObject, changed: ReadonlyMap<string, JsonObject>): JsonObject {
  if (changed.size === 0) return root;
  return rebuild(changed.get(ROOT_SCOPE) ?? root, changed);
}

function rebuild(scope: JsonObject, changed: ReadonlyMap<string, JsonObject>): JsonObject {
  const definitions = scope['definitions'];
  if (!isJsonObject(definitions)) return scope;
  const subgraphs = definitions['subgraphs'];
  if (!isJsonArray(subgraphs)) return scope;
  const next = subgraphs.map((subgraph) => {
    if (!isJsonObject(subgraph)) return subgraph;
    const id = subgraph['id'];
    return rebuild((typeof id === 'string' ? changed.get(id) : undefined) ?? subgraph, changed);
  });
  if (next.every((subgraph, index) => subgraph === subgraphs[index])) return scope;
  return { ...scope, definitions: { ...definitions, subgraphs: next } };
}
