import { type JsonObject } from '../../../base/json.ts';
import { type DiffEntry } from '../../../contract/workflow.schema.ts';
import { type NodeCatalog } from '../catalog.ts';
import { storedNodes, toIdText } from '../view/graph-format.ts';
import { ROOT_SCOPE, scopesOf } from '../patch/scopes.ts';
import { diffParts } from './nodes/diff-parts.ts';
import { partOfGraph } from './nodes/part.ts';

/**
 * What differs inside subgraphs that both workflows have, told once for each definition, under the path of
 * the first node that uses it ("12:34").
 */
export function diffSubgraphs(
  before: JsonObject,
  after: JsonObject,
  catalog: NodeCatalog,
): readonly DiffEntry[] {
  const old = scopesOf(before);
  const next = scopesOf(after);
  return [...firstPaths(next)].flatMap(([id, prefix]) => {
    const previous = old.get(id);
    const current = next.get(id);
    if (previous === undefined || current === undefined) return [];
    const inner = diffParts(
      partOfGraph(previous, catalog, old),
      partOfGraph(current, catalog, next),
    );
    return inner.map((entry) => withPrefix(entry, prefix));
  });
}

/** Each definition that is in use, with the path to the first node that uses it, outer ones first. */
function firstPaths(scopes: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, string> {
  const paths = new Map([[ROOT_SCOPE, '']]);
  // A map's walk also comes by what is added on the way.
  for (const [scope, prefix] of paths) {
    for (const node of storedNodes(scopes.get(scope) ?? {})) {
      const type = node['type'];
      if (typeof type !== 'string' || !scopes.has(type) || paths.has(type)) continue;
      paths.set(type, `${prefix}${toIdText(node['id']) ?? ''}:`);
    }
  }
  paths.delete(ROOT_SCOPE);
  return paths;
}

function withPrefix(entry: DiffEntry, prefix: string): DiffEntry {
  if (entry.kind === 'link-added' || entry.kind === 'link-removed') {
    return {
      ...entry,
      from: { ...entry.from, nodeId: prefix + entry.from.nodeId },
      to: { ...entry.to, nodeId: prefix + entry.to.nodeId },
    };
  }
  return 'nodeId' in entry ? { ...entry, nodeId: prefix + entry.nodeId } : entry;
}
