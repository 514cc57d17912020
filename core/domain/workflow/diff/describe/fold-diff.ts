import { type DiffEntry } from '../../../../contract/workflow.schema.ts';

type EntryOf<K extends DiffEntry['kind']> = Extract<DiffEntry, { kind: K }>;

/** What is told in one sentence. */
export type FoldedDiff =
  | { readonly kind: 'entry'; readonly entry: DiffEntry }
  | {
      readonly kind: 'rewired';
      readonly removed: EntryOf<'link-removed'>;
      readonly added: EntryOf<'link-added'>;
    }
  | {
      readonly kind: 'resized';
      readonly width: EntryOf<'widget-changed'>;
      readonly height: EntryOf<'widget-changed'>;
    };

/** Joins entries that artists see as one change, keeping the order; see `describeDiff`. */
export function foldDiff(entries: readonly DiffEntry[]): readonly FoldedDiff[] {
  const removedNodes = new Set(
    entries.filter((entry) => entry.kind === 'node-removed').map((entry) => entry.nodeId),
  );
  const addedLinks = new Map<string, EntryOf<'link-added'>>();
  const removedLinks = new Map<string, EntryOf<'link-removed'>>();
  const sizes = new Map<string, EntryOf<'widget-changed'>>();
  const numbered = numberTwins(entries);
  for (const entry of numbered) {
    if (entry.kind === 'link-added') addedLinks.set(inputKey(entry), entry);
    else if (entry.kind === 'link-removed') removedLinks.set(inputKey(entry), entry);
    else if (isSizeChange(entry)) sizes.set(`${entry.nodeId} ${entry.widget}`, entry);
  }
  return numbered.flatMap((entry): readonly FoldedDiff[] => {
    if (entry.kind === 'link-removed') {
      const isImplied =
        removedNodes.has(entry.from.nodeId) ||
        removedNodes.has(entry.to.nodeId) ||
        addedLinks.has(inputKey(entry));
      return isImplied ? [] : [{ kind: 'entry', entry }];
    }
    if (entry.kind === 'link-added') {
      const removed = removedLinks.get(inputKey(entry));
      if (removed !== undefined && !removedNodes.has(removed.from.nodeId)) {
        return [{ kind: 'rewired', removed, added: entry }];
      }
    }
    if (isSizeChange(entry)) {
      const width = sizes.get(`${entry.nodeId} width`);
      const height = sizes.get(`${entry.nodeId} height`);
      if (width !== undefined && height !== undefined) {
        // Told where the width stands; the height is in the same sentence.
        return entry === width ? [{ kind: 'resized', width, height }] : [];
      }
    }
    return [{ kind: 'entry', entry }];
  });
}

function isSizeChange(entry: DiffEntry): entry is EntryOf<'widget-changed'> {
  return (
    entry.kind === 'widget-changed' &&
    (entry.widget === 'width' || entry.widget === 'height') &&
    entry.from !== undefined &&
    entry.to !== undefined
  );
}

function inputKey(entry: EntryOf<'link-added'> | EntryOf<'link-removed'>): string {
  return `${entry.to.nodeId} ${entry.to.input}`;
}

/** Two nodes of one title would read as one: their ids are added to the titles. */
function numberTwins(entries: readonly DiffEntry[]): readonly DiffEntry[] {
  const idsByTitle = new Map<string, Set<string>>();
  const note = ({ nodeId, nodeTitle }: { nodeId: string; nodeTitle: string }): void => {
    const ids = idsByTitle.get(nodeTitle) ?? new Set();
    idsByTitle.set(nodeTitle, ids.add(nodeId));
  };
  for (const entry of entries) {
    if (entry.kind === 'link-added' || entry.kind === 'link-removed') {
      note(entry.from);
      note(entry.to);
    } else if ('nodeTitle' in entry) note(entry);
  }
  return numberNodes(entries, (title) => (idsByTitle.get(title)?.size ?? 0) > 1);
}

/** Adds the id to the titles that `isTwin` says could be read as another node's. */
export function numberNodes(
  entries: readonly DiffEntry[],
  isTwin: (title: string) => boolean,
): readonly DiffEntry[] {
  const numbered = <T extends { readonly nodeId: string; readonly nodeTitle: string }>(
    ref: T,
  ): T => (isTwin(ref.nodeTitle) ? { ...ref, nodeTitle: `${ref.nodeTitle} #${ref.nodeId}` } : ref);
  return entries.map((entry) => {
    if (entry.kind === 'link-added' || entry.kind === 'link-removed') {
      return { ...entry, from: numbered(entry.from), to: numbered(entry.to) };
    }
    return 'nodeTitle' in entry ? numbered(entry) : entry;
  });
}
