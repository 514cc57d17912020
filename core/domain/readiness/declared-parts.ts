import { type JsonObject, type JsonValue, isJsonObject } from '../../base/json.ts';
import type { WorkflowDocument } from '../workflow/document.ts';
import { objectsIn } from '../workflow/view/graph-format.ts';

/** The pack that a workflow says a node came from (`properties.cnr_id`, `aux_id`, `ver`). */
export interface DeclaredPack {
  /** Name in the Comfy registry, or `owner/repository`. */
  readonly id: string;
  readonly version?: string;
}

/** A model file that a workflow says it needs (`properties.models`, the page's "missing models"). */
export interface DeclaredModel {
  readonly name: string;
  readonly url?: string;
  readonly directory?: string;
}

/** What a workflow itself tells about what it needs: packs by node class, models by file name. */
export interface DeclaredParts {
  readonly packs: ReadonlyMap<string, DeclaredPack>;
  readonly models: ReadonlyMap<string, DeclaredModel>;
}

/** Reads what the file declares, subgraphs included. The exported form declares nothing. */
export function readDeclaredParts({ format, root }: WorkflowDocument): DeclaredParts {
  const packs = new Map<string, DeclaredPack>();
  const models = new Map<string, DeclaredModel>();
  const readGraph = (graph: JsonObject): void => {
    noteModels(graph['models'], models);
    for (const node of objectsIn(graph['nodes'])) {
      const properties = isJsonObject(node['properties']) ? node['properties'] : {};
      const pack = readPack(properties);
      const type = textOf(node['type']);
      if (pack !== undefined && type !== undefined) packs.set(type, pack);
      noteModels(properties['models'], models);
    }
    const definitions = isJsonObject(graph['definitions']) ? graph['definitions'] : {};
    for (const inner of objectsIn(definitions['subgraphs'])) readGraph(inner);
  };
  if (format === 'graph') readGraph(root);
  return { packs, models };
}

function readPack(properties: JsonObject): DeclaredPack | undefined {
  const id = textOf(properties['cnr_id']) ?? textOf(properties['aux_id']);
  const version = textOf(properties['ver']);
  if (id === undefined) return undefined;
  return { id, ...(version === undefined || version === 'unknown' ? {} : { version }) };
}

function noteModels(list: JsonValue | undefined, models: Map<string, DeclaredModel>): void {
  for (const entry of objectsIn(list)) {
    const name = textOf(entry['name']);
    const url = textOf(entry['url']);
    const directory = textOf(entry['directory']);
    if (name === undefined) continue;
    models.set(baseName(name), {
      name,
      // Only a place on the web is shown as one.
      ...(url !== undefined && /^https?:\/\//.test(url) ? { url } : {}),
      ...(directory === undefined ? {} : { directory }),
    });
  }
}

/** The file's own name in lower case, by which files are matched whatever folder they lie in. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).toLowerCase();
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
