/**
 * The circles in a graph of "who needs whom", each once, as ids in feeding order. Linear in nodes and
 * links for graphs with few circles.
 */
export function findCycles(
  needs: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const left = new Set(needs.keys());
  const users = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [id, sources] of needs) {
    const known = sources.filter((source) => needs.has(source));
    open.set(id, known.length);
    for (const source of known) {
      const list = users.get(source) ?? [];
      list.push(id);
      users.set(source, list);
    }
  }
  // What needs nothing that is left can run; what remains hangs on a circle.
  const peel = (start: Iterable<string>): void => {
    const ready = [...start];
    for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
      if (!left.delete(id)) continue;
      for (const user of users.get(id) ?? []) {
        const count = (open.get(user) ?? 0) - 1;
        open.set(user, count);
        if (count <= 0) ready.push(user);
      }
    }
  };
  peel([...left].filter((id) => open.get(id) === 0));
  const cycles: (readonly string[])[] = [];
  for (let first = left.values().next(); first.done !== true; first = left.values().next()) {
    const cycle = traceCycle(first.value, needs, left);
    cycles.push(cycle);
    for (const id of cycle) open.set(id, 0);
    peel(cycle);
  }
  return cycles;
}

/** Walks from a node to what it needs until a node comes round again; every node left needs one. */
function traceCycle(
  start: string,
  needs: ReadonlyMap<string, readonly string[]>,
  left: ReadonlySet<string>,
): readonly string[] {
  const path: string[] = [];
  const place = new Map<string, number>();
  let id: string | undefined = start;
  while (id !== undefined && !place.has(id)) {
    place.set(id, path.length);
    path.push(id);
    id = needs.get(id)?.find((source) => left.has(source));
  }
  return path.slice(id === undefined ? 0 : place.get(id)).reverse();
}
