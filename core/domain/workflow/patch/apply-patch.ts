import { type JsonObject, type JsonValue, isJsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { type DocumentPatch, type PatchEntry } from '../../../contract/workflow.schema.ts';
import { type WorkflowDocument } from '../document.ts';
import {
  COLLECTIONS,
  type KeyedList,
  entityId,
  listOfArray,
  listOfObject,
  objectOfList,
} from './keyed-list.ts';
import { isSameJson } from './same-json.ts';
import { ROOT_SCOPE, scopesOf, withScopes } from './scopes.ts';
import { nodeOf, stateOf, withNodes } from '../store/graph-state.ts';

/**
 * Replays a patch. Everything that it replaces must be exactly what it was made for, else
 * `change/does-not-fit` and the document stays as it is; what it does not touch stays the same object.
 */
export function applyPatch(
  document: WorkflowDocument,
  patch: DocumentPatch,
): Result<WorkflowDocument, AppError> {
  if (patch.entries.length === 0) return ok(document);
  const replaced = replacedNodes(document, patch);
  if (replaced !== undefined) return ok(withNodes(document, replaced));
  return document.format === 'api' ? applyToApi(document, patch) : applyToSaved(document, patch);
}

function applyToApi(
  document: WorkflowDocument,
  { entries }: DocumentPatch,
): Result<WorkflowDocument, AppError> {
  if (entries.some(({ scope }) => scope !== ROOT_SCOPE)) return misfit(NO_SUBGRAPH);
  const root = applyToKeys(document.root, entries);
  return root.ok ? ok({ ...document, root: root.value }) : root;
}

function applyToSaved(
  document: WorkflowDocument,
  patch: DocumentPatch,
): Result<WorkflowDocument, AppError> {
  const scopes = scopesOf(document.root);
  const changed = new Map<string, JsonObject>();
  for (const [scope, entries] of Map.groupBy(patch.entries, (entry) => entry.scope)) {
    const graph = scopes.get(scope);
    if (graph === undefined) return misfit(NO_SUBGRAPH);
    const next = applyToGraph(graph, entries);
    if (!next.ok) return next;
    changed.set(scope, next.value);
  }
  return ok({ ...document, root: withScopes(document.root, changed) });
}

/** The patch that takes back what this one does. */
export function reversePatch(patch: DocumentPatch): DocumentPatch {
  return {
    entries: patch.entries.map(({ before, after, ...address }) => ({
      ...address,
      ...(after === undefined ? {} : { before: after }),
      ...(before === undefined ? {} : { after: before }),
    })),
  };
}

/** The nodes that a patch puts in the place of others, when that is all it does and all of it fits. */
function replacedNodes(
  document: WorkflowDocument,
  { entries }: DocumentPatch,
): ReadonlyMap<string, JsonObject> | undefined {
  if (entries.some(({ collection, scope }) => collection !== 'node' || scope !== ROOT_SCOPE)) {
    return undefined;
  }
  const state = stateOf(document);
  if (!state.index.isUnique) return undefined;
  const replaced = new Map<string, JsonObject>();
  for (const { id, before, after } of entries) {
    const current = replaced.get(id) ?? nodeOf(state, id);
    if (current === undefined || !isSameJson(current, before)) return undefined;
    if (!isJsonObject(after)) return undefined;
    if (document.format === 'graph' && !isSameEntity(after, id)) return undefined;
    replaced.set(id, after);
  }
  return replaced;
}

/** True when the index of ids, which is not made anew, finds it as it found what was there. */
function isSameEntity(node: JsonObject, id: string): boolean {
  return entityId(node) === id && typeof node['type'] === 'string';
}

const NO_SUBGRAPH = 'the subgraph that it is in is not there';

function misfit(what: string): Result<never, AppError> {
  return err(appError('change/does-not-fit', { what }));
}

function applyToGraph(
  graph: JsonObject,
  entries: readonly PatchEntry[],
): Result<JsonObject, AppError> {
  const next: Record<string, JsonValue> = { ...graph };
  const own = Map.groupBy(entries, (entry) => entry.collection);
  for (const { key, collection } of COLLECTIONS) {
    const changes = own.get(collection);
    if (changes === undefined) continue;
    const list = listOfArray(graph[key]);
    if (list === undefined) return misfit(`its ${key} are missing or cannot be told apart`);
    const result = applyToList(list, changes);
    if (!result.ok) return result;
    next[key] = result.value.map(([, value]) => value);
  }
  return applyToKeys(next, own.get('key') ?? []);
}

function applyToKeys(
  object: JsonObject,
  entries: readonly PatchEntry[],
): Result<JsonObject, AppError> {
  const result = applyToList(listOfObject(object), entries);
  return result.ok ? ok(objectOfList(result.value)) : result;
}

function applyToList(list: KeyedList, entries: readonly PatchEntry[]): Result<KeyedList, AppError> {
  const values = new Map(list);
  for (const { collection, id, before, after } of entries) {
    if (before === undefined) continue;
    const current = values.get(id);
    if (current === undefined) return misfit(`${collection} ${id} is not there`);
    if (!isSameJson(current, before)) return misfit(`${collection} ${id} is not as it was`);
    if (after === undefined) values.delete(id);
    else values.set(id, after);
  }
  const kept = [...values];
  const added = entries
    .flatMap(({ collection, id, before, after, index = Infinity }) =>
      before === undefined && after !== undefined ? [{ collection, id, after, index }] : [],
    )
    .toSorted((a, b) => a.index - b.index);
  const ordered: (readonly [string, JsonValue])[] = [];
  let taken = 0;
  for (const { collection, id, after, index } of added) {
    if (values.has(id)) return misfit(`${collection} ${id} is there already`);
    values.set(id, after);
    const upTo = taken + Math.max(0, index - ordered.length);
    for (const each of kept.slice(taken, upTo)) ordered.push(each);
    taken = upTo;
    ordered.push([id, after]);
  }
  return ok([...ordered, ...kept.slice(taken)]);
}
