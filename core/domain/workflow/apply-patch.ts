import { type JsonObject, type JsonValue, isJsonObject } from '../../base/json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { type DocumentPatch, type PatchEntry } from '../../contract/workflow.schema.ts';
import { type WorkflowDocument } from './document.ts';
import {
  COLLECTIONS,
  type KeyedList,
  entityId,
  listOfArray,
  listOfObject,
  objectOfList,
} from './patch/keyed-list.ts';
import { isSameJson } from './patch/same-json.ts';
import { ROOT_SCOPE, scopesOf, withScopes } from './patch/scopes.ts';
import { nodeOf, stateOf, withNodes } from './store/graph-state.ts';

/**
 * Replays a patch. Everything that it replaces must be exactly what it was made for, else
 * `change/does-not-fit` and the document stays as it is; what it does not touch stays the same object.
 */
export function applyPatch(
  document: WorkflowDocument,
  patch: DocumentPatch,
): Result<WorkflowDocument, AppError> {
  if (patch.entries.length === 0) return ok(document);
  const replaced = document.format === 'graph' ? replacedNodes(document, patch) : undefined;
  if (replaced !== undefined) return ok(withNodes(document, replaced));
  const scopes =
    document.format === 'api' ? new Map([['', document.root]]) : scopesOf(document.root);
  const changed = new Map<string, JsonObject>();
  for (const [scope, entries] of Map.groupBy(patch.entries, (entry) => entry.scope)) {
    const graph = scopes.get(scope);
    if (graph === undefined) return misfit(entries[0]);
    const next =
      document.format === 'api' ? applyToKeys(graph, entries) : applyToGraph(graph, entries);
    if (!next.ok) return next;
    changed.set(scope, next.value);
  }
  const root =
    document.format === 'api'
      ? (changed.get('') ?? document.root)
      : withScopes(document.root, changed);
  return ok({ ...document, root });
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
    if (current === undefined || before === undefined || !isJsonObject(after)) return undefined;
    const isFit = entityId(after) === id && typeof after['type'] === 'string';
    if (!isFit || !isSameJson(current, before)) return undefined;
    replaced.set(id, after);
  }
  return replaced;
}

function misfit(entry: PatchEntry | undefined): Result<never, AppError> {
  const what =
    entry === undefined
      ? 'a part of it is not there'
      : `${entry.collection} ${entry.id} is ${entry.before === undefined ? 'there already' : 'not as it was'}`;
  return err(appError('change/does-not-fit', { what }));
}

function applyToGraph(
  graph: JsonObject,
  entries: readonly PatchEntry[],
): Result<JsonObject, AppError> {
  let next: Record<string, JsonValue> = { ...graph };
  for (const { key, collection } of COLLECTIONS) {
    const own = entries.filter((entry) => entry.collection === collection);
    if (own.length === 0) continue;
    const list = listOfArray(graph[key]);
    if (list === undefined) return misfit(own[0]);
    const result = applyToList(list, own);
    if (!result.ok) return result;
    next[key] = result.value.map(([, value]) => value);
  }
  const keys = entries.filter((entry) => entry.collection === 'key');
  if (keys.length > 0) {
    const result = applyToKeys(next, keys);
    if (!result.ok) return result;
    next = { ...result.value };
  }
  return ok(next);
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
  for (const entry of entries) {
    if (entry.before === undefined) continue;
    const current = values.get(entry.id);
    if (current === undefined || !isSameJson(current, entry.before)) return misfit(entry);
    if (entry.after === undefined) values.delete(entry.id);
    else values.set(entry.id, entry.after);
  }
  const kept = [...values];
  const added = entries
    .filter((entry) => entry.before === undefined && entry.after !== undefined)
    .toSorted((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity));
  const ordered: (readonly [string, JsonValue])[] = [];
  let taken = 0;
  for (const entry of added) {
    if (values.has(entry.id) || entry.after === undefined) return misfit(entry);
    values.set(entry.id, entry.after);
    const gap = Math.max(0, (entry.index ?? Infinity) - ordered.length);
    const upTo = Math.min(kept.length, taken + gap);
    while (taken < upTo) {
      const next = kept[taken];
      if (next !== undefined) ordered.push(next);
      taken += 1;
    }
    ordered.push([entry.id, entry.after]);
  }
  return ok([...ordered, ...kept.slice(taken)]);
}
