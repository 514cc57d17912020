import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseExactJson, stringifyExactJson } from '../../core/base/exact-json.ts';
import { type JsonObject, isJsonArray, isJsonObject } from '../../core/base/json.ts';
import { groupNodeName } from '../../core/domain/workflow/view/frontend-only.ts';

/** A workflow to ask the page about. */
export interface OracleCase {
  readonly name: string;
  readonly workflow: JsonObject;
  /** As it is handed to the page. */
  readonly text: string;
}

/** Makes a case of a workflow. */
export function oracleCase(name: string, workflow: JsonObject): OracleCase {
  return { name, workflow, text: stringifyExactJson(workflow) };
}

/** Every workflow under a folder: `{workflow}` pairs or workflows as such; other files are passed over. */
export function readCases(folder: string): readonly OracleCase[] {
  const paths = statSync(folder).isFile()
    ? [folder]
    : readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.json'))
        .sort()
        .map((path) => join(folder, path));
  return paths.flatMap((path) => {
    const parsed = parseExactJson(readFileSync(path, 'utf8'));
    if (!parsed.ok || !isJsonObject(parsed.value)) return [];
    const inner = parsed.value['workflow'];
    const workflow = isJsonObject(inner) ? inner : parsed.value;
    return isJsonArray(workflow['nodes']) ? [oracleCase(basename(path), workflow)] : [];
  });
}

/** The node types of a workflow that neither the server nor the page itself knows. */
export function unknownTypes(
  workflow: JsonObject,
  isKnown: (type: string) => boolean,
): readonly string[] {
  const known = new Set<string>();
  const types = new Set<string>();
  collect(workflow, types, known);
  return [...types].filter(
    (type) =>
      !isKnown(type) &&
      !known.has(type) &&
      !PAGE_NODES.has(type) &&
      groupNodeName(type) === undefined,
  );
}

/** Page-only nodes that the page has by itself, and those of the extension that the oracle serves. */
const PAGE_NODES: ReadonlySet<string> = new Set([
  'Note',
  'MarkdownNote',
  'PrimitiveNode',
  'Reroute',
  'SetNode',
  'GetNode',
]);

function collect(graph: JsonObject, types: Set<string>, known: Set<string>): void {
  for (const node of isJsonArray(graph['nodes']) ? graph['nodes'] : []) {
    const type = isJsonObject(node) ? node['type'] : undefined;
    if (typeof type === 'string') types.add(type);
  }
  const definitions = graph['definitions'];
  const inner = isJsonObject(definitions) ? definitions['subgraphs'] : undefined;
  for (const subgraph of isJsonArray(inner) ? inner : []) {
    if (!isJsonObject(subgraph)) continue;
    if (typeof subgraph['id'] === 'string') known.add(subgraph['id']);
    collect(subgraph, types, known);
  }
}
