/** `needs[i]` lists the ops that op i cannot do without, directly or through others. */
export type OpNeeds = readonly (readonly number[])[];

/**
 * Ticks or unticks one op and whatever hangs on it: unticking takes along the ops that need it, ticking
 * brings back the ops that it needs. Takes and returns the ops left out, in order.
 */
export function toggleOp(
  leftOut: readonly number[],
  index: number,
  needs: OpNeeds,
): readonly number[] {
  const out = new Set(leftOut);
  if (out.has(index)) {
    for (const needed of reach(index, (at) => needs[at] ?? [])) out.delete(needed);
  } else {
    const dependents = (at: number): readonly number[] =>
      needs.flatMap((list, other) => (list.includes(at) ? [other] : []));
    for (const dependent of reach(index, dependents)) out.add(dependent);
  }
  return [...out].sort((a, b) => a - b);
}

/** Indexes of the ops that are still ticked. */
export function keptOps(count: number, leftOut: readonly number[]): readonly number[] {
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => !leftOut.includes(index),
  );
}

function reach(start: number, next: (index: number) => readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    open.push(...next(at));
  }
  return found;
}
