import type { LayoutBox, LayoutWire } from './canvas.ts';

/** Nodes by their index in the given list, in the order in which things flow. */
export interface Flow {
  /** Columns from the left: one more than the furthest node that feeds it. */
  readonly depths: readonly number[];
  /** What feeds a node, and what it feeds, without the wires that close a circle. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

/** Reads the wires; in a circle, the wire that comes back to an earlier node of the list does not count. */
export function flowOrder(boxes: readonly LayoutBox[], wires: readonly LayoutWire[]): Flow {
  const indexOf = new Map(boxes.map(({ id }, index) => [id, index]));
  const feeds = boxes.map((): number[] => []);
  const fedBy = boxes.map((): number[] => []);
  const seen = new Set<string>();
  for (const { from, to } of wires) {
    const [source, target] = [indexOf.get(from), indexOf.get(to)];
    const key = `${String(source)}>${String(target)}`;
    if (source === undefined || target === undefined || source === target || seen.has(key))
      continue;
    seen.add(key);
    feeds[source]?.push(target);
    fedBy[target]?.push(source);
  }
  const rank = rankNodes(feeds, fedBy);
  const isForward = (source: number, target: number): boolean =>
    (rank[source] ?? 0) < (rank[target] ?? 0);
  const before = fedBy.map((list, target) => list.filter((source) => isForward(source, target)));
  const after = feeds.map((list, source) => list.filter((target) => isForward(source, target)));
  return { depths: depthsOf(rank, before, after), before, after };
}

/** The groups of nodes that hang together, each in the order of the list. */
export function connectedParts({ before, after }: Flow): readonly (readonly number[])[] {
  const part = new Array<number>(before.length).fill(-1);
  const parts: number[][] = [];
  for (let start = 0; start < part.length; start += 1) {
    if (part[start] !== -1) continue;
    const own: number[] = [];
    const open = [start];
    part[start] = parts.length;
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      own.push(index);
      for (const next of [...(before[index] ?? []), ...(after[index] ?? [])]) {
        if (part[next] !== -1) continue;
        part[next] = parts.length;
        open.push(next);
      }
    }
    parts.push(own.sort((a, b) => a - b));
  }
  return parts;
}

/** A node's turn: after all that feed it; where a circle holds all back, the first of the list goes on. */
function rankNodes(
  feeds: readonly (readonly number[])[],
  fedBy: readonly (readonly number[])[],
): readonly number[] {
  const waiting = fedBy.map((list) => list.length);
  const rank = new Array<number>(feeds.length).fill(-1);
  let turn = 0;
  let scan = 0;
  const ready = waiting.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let at = 0; turn < feeds.length;) {
    let index = ready[at];
    if (index === undefined) {
      while (rank[scan] !== -1) scan += 1;
      index = scan;
    } else at += 1;
    if (rank[index] !== -1) continue;
    rank[index] = turn;
    turn += 1;
    for (const next of feeds[index] ?? []) {
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (waiting[next] === 0) ready.push(next);
    }
  }
  return rank;
}

/** Loaders and the like, which nothing feeds, stand right before the first node that they feed. */
function depthsOf(
  rank: readonly number[],
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
): readonly number[] {
  const order = rank.map((_, index) => index).sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0));
  const depths = new Array<number>(rank.length).fill(0);
  for (const index of order) {
    let depth = 0;
    for (const source of before[index] ?? []) depth = Math.max(depth, (depths[source] ?? 0) + 1);
    depths[index] = depth;
  }
  for (const index of order) {
    const users = after[index] ?? [];
    if ((before[index] ?? []).length > 0 || users.length === 0) continue;
    let depth = Infinity;
    for (const user of users) depth = Math.min(depth, (depths[user] ?? 0) - 1);
    depths[index] = Math.max(0, depth);
  }
  return depths;
}
