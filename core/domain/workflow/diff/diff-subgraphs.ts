import { type JsonObject } from '../../../base/json.ts';
import { type DiffEntry } from '../../../contract/workflow.schema.ts';
import { type NodeCatalog } from '../catalog.ts';
import { storedNodes, toIdText } from '../reading/graph-format.ts';
import { ROOT_SCOPE, scopesOf } from '../patch/scopes.ts';
import { viewGraph } from '../reading/view-graph.ts';
import { diffControls } from './diff-controls.ts';
import { diffViews } from './views/diff-views.ts';

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
  const entries: DiffEntry[] = [];
  for (const [id, prefix] of firstPaths(after, next)) {
    const previous = old.get(id);
    const current = next.get(id);
    if (previous === undefined || current === undefined || previous === current) continue;
    const inner = [
      ...diffViews(viewGraph(previous, catalog, old), viewGraph(current, catalog, next)),
      ...diffControls(previous, current, catalog),
    ];
    entries.push(...inner.map((entry) => withPrefix(entry, prefix)));
  }
  return entries;
}

/** Each definition that is in use, with the path to the first node that uses it, outer ones first. */
function firstPaths(
  root: JsonObject,
  scopes: ReadonlyMap<string, JsonObject>,
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const queue: (readonly [JsonObject, string])[] = [[root, '']];
  for (const [graph, prefix] of queue) {
    for (const node of storedNodes(graph)) {
      const type = node['type'];
      const definition = typeof type === 'string' ? scopes.get(type) : undefined;
      if (typeof type !== 'string' || type === ROOT_SCOPE || definition === undefined) continue;
      if (paths.has(type)) continue;
      const path = `${prefix}${toIdText(node['id']) ?? ''}:`;
      paths.set(type, path);
      queue.push([definition, path]);
    }
  }
  return paths;
}

function withPrefix(entry: DiffEntry, prefix: string): DiffEntry {
  if (entry.kind === 'document-changed') return entry;
  if (entry.kind === 'link-added' || entry.kind === 'link-removed') {
    return {
      ...entry,
      from: { ...entry.from, nodeId: prefix + entry.from.nodeId },
      to: { ...entry.to, nodeId: prefix + entry.to.nodeId },
    };
  }
  return { ...entry, nodeId: prefix + entry.nodeId };
}
