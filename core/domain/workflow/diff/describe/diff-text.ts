/** One place where two texts differ; the empty text means nothing was there, or nothing is. */
export interface TextChange {
  readonly removed: string;
  readonly added: string;
}

/** More steps than this would make typing in a long text slow; the middle is then one change. */
const LARGEST_TABLE = 250_000;

/** Where two texts differ, word by word, in reading order; commas and spaces around a change are left out. */
export function diffText(before: string, after: string): readonly TextChange[] {
  const old = tokensOf(before);
  const next = tokensOf(after);
  const shorter = Math.min(old.length, next.length);
  let start = 0;
  while (start < shorter && isSame(old[start], next[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(old.at(-1 - end), next.at(-1 - end))) end += 1;
  const oldMiddle = old.slice(start, old.length - end);
  const newMiddle = next.slice(start, next.length - end);
  const hunks =
    oldMiddle.length * newMiddle.length > LARGEST_TABLE
      ? [{ old: oldMiddle, next: newMiddle }]
      : alignWords(oldMiddle, newMiddle);
  return hunks
    .map((hunk) => ({ removed: sliceOf(before, hunk.old), added: sliceOf(after, hunk.next) }))
    .filter((change) => change.removed !== change.added);
}

interface Token {
  readonly text: string;
  readonly at: number;
}

interface Hunk {
  readonly old: readonly Token[];
  readonly next: readonly Token[];
}

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(/[\p{L}\p{N}_'’]+|[^\s]/gu)].map((match) => ({
    text: match[0],
    at: match.index,
  }));
}

function isSame(a: Token | undefined, b: Token | undefined): boolean {
  return a?.text === b?.text;
}

/** Longest common subsequence over words; what stands between its words, empty where nothing does. */
function alignWords(old: readonly Token[], next: readonly Token[]): readonly Hunk[] {
  const width = next.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = next.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = isSame(old[i], next[j])
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const hunks: Hunk[] = [];
  let [fromOld, fromNext, i, j] = [0, 0, 0, 0];
  while (i < old.length && j < next.length) {
    if (isSame(old[i], next[j])) {
      hunks.push({ old: old.slice(fromOld, i), next: next.slice(fromNext, j) });
      i += 1;
      j += 1;
      [fromOld, fromNext] = [i, j];
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return [...hunks, { old: old.slice(fromOld), next: next.slice(fromNext) }];
}

function sliceOf(text: string, tokens: readonly Token[]): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return '';
  const slice = text.slice(first.at, last.at + last.text.length);
  const bare = slice.replace(/^[\s,.;]+|[\s,.;]+$/g, '');
  return bare === '' ? slice : bare;
}
