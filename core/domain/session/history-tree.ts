import {
  type HistoryEntry,
  OPENED_ENTRY,
  type OpenWorkflow,
} from '../../contract/session.schema.ts';
import type { DocumentPatch } from '../../contract/workflow.schema.ts';
import { applyPatch, reversePatch } from '../workflow/patch/apply-patch.ts';
import type { WorkflowDocument } from '../workflow/document.ts';
import { COPIED_LISTS, type SessionLists } from './session-lists.ts';

/** Where the workflow is now: the newest applied entry, or `OPENED_ENTRY`. */
export function currentEntryId({ history, position }: OpenWorkflow): string {
  return history[position - 1]?.entryId ?? OPENED_ENTRY;
}

/** Every entry of every branch; nothing that was done is ever dropped while the workflow is open. */
export function allEntries({ history, branches = [] }: OpenWorkflow): readonly HistoryEntry[] {
  return [...history, ...branches];
}

/**
 * Puts an applied patch on top of the history; what could have been redone becomes a branch. Undefined
 * when the patch does not fit.
 */
export function pushHistory(
  workflow: OpenWorkflow,
  entry: Omit<HistoryEntry, 'entryId' | 'parentId'>,
  lists: SessionLists = COPIED_LISTS,
): OpenWorkflow | undefined {
  const { history, position, branches = [] } = workflow;
  // Before anything is put anywhere: a patch that does not fit leaves everything as it is.
  const moved = step(workflow, entry.patch, position + 1);
  if (moved === undefined) return undefined;
  const left = history.slice(position);
  const numbered = {
    ...entry,
    entryId: String(history.length + branches.length + 1),
    parentId: currentEntryId(workflow),
  };
  if (left.length === 0) return { ...moved, history: lists.append(history, numbered) };
  let kept: readonly HistoryEntry[] = branches;
  for (const each of left) kept = lists.append(kept, each);
  return { ...moved, history: [...history.slice(0, position), numbered], branches: kept };
}

/** Applies a patch as one new revision; undefined when it does not fit. */
export function step(
  workflow: OpenWorkflow,
  patch: DocumentPatch,
  position: number,
): OpenWorkflow | undefined {
  const next = applyPatch({ format: workflow.format, root: workflow.document }, patch);
  if (!next.ok) return undefined;
  return { ...workflow, document: next.value.root, revision: workflow.revision + 1, position };
}

/** Where `goToEntry` came to, and the entries that it took back and brought back on the way. */
export interface WentTo {
  readonly workflow: OpenWorkflow;
  readonly undone: readonly HistoryEntry[];
  readonly redone: readonly HistoryEntry[];
}

/**
 * Goes to any entry as one new revision: back to where its branch left the present line, then along it.
 * Redo then goes on along the newest entries of that branch. Undefined when there is no such entry, or it
 * is where the workflow is already.
 */
export function goToEntry(workflow: OpenWorkflow, entryId: string): WentTo | undefined {
  if (entryId === currentEntryId(workflow)) return undefined;
  const entries = allEntries(workflow);
  const path = pathTo(entryId, entries);
  if (path === undefined) return undefined;
  const { history, position } = workflow;
  const applied = history.slice(0, position);
  const shared = countShared(applied, path);
  const undone = applied.slice(shared).toReversed();
  const redone = path.slice(shared);
  let document: WorkflowDocument = { format: workflow.format, root: workflow.document };
  for (const patch of [
    ...undone.map((entry) => reversePatch(entry.patch)),
    ...redone.map((entry) => entry.patch),
  ]) {
    const next = applyPatch(document, patch);
    if (!next.ok) return undefined;
    // As it is: putting its nodes together at every step would cost more than the steps.
    document = next.value;
  }
  const isOnLine = countShared(history, path) === path.length;
  const line = isOnLine ? history : [...path, ...newestBehind(entryId, entries)];
  const onLine = new Set(line);
  const rest = entries.filter((entry) => !onLine.has(entry));
  return {
    workflow: {
      ...workflow,
      document: document.root,
      revision: workflow.revision + 1,
      history: line,
      position: path.length,
      ...(isOnLine ? {} : { branches: rest }),
    },
    undone,
    redone,
  };
}

/** The entries from the opened workflow to this one, oldest first; undefined when one is not there. */
export function pathTo(
  entryId: string,
  entries: readonly HistoryEntry[],
): readonly HistoryEntry[] | undefined {
  const byId = new Map(entries.map((entry) => [entry.entryId, entry]));
  const path: HistoryEntry[] = [];
  let id = entryId;
  while (id !== OPENED_ENTRY) {
    const entry = byId.get(id);
    // A parent is always older; anything else would go round in circles.
    if (entry === undefined || path.length >= entries.length) return undefined;
    path.push(entry);
    id = entry.parentId;
  }
  return path.toReversed();
}

function newestBehind(entryId: string, entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const newestChild = new Map<string, HistoryEntry>();
  for (const entry of entries) {
    const other = newestChild.get(entry.parentId);
    if (other === undefined || Number(other.entryId) < Number(entry.entryId)) {
      newestChild.set(entry.parentId, entry);
    }
  }
  const line: HistoryEntry[] = [];
  let next = newestChild.get(entryId);
  while (next !== undefined) {
    line.push(next);
    next = newestChild.get(next.entryId);
  }
  return line;
}

function countShared(a: readonly HistoryEntry[], b: readonly HistoryEntry[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    if (a[index]?.entryId !== b[index]?.entryId) return index;
  }
  return length;
}
