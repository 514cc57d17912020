/** How the reducers put items into the lists of a session: by a copy, or into lists that nobody else has. */
export interface SessionLists {
  /** Where the newest item with that id is; -1 where there is none. */
  find<T>(list: readonly T[], id: string, idOf: (item: T) => string): number;
  append<T>(list: readonly T[], item: T): readonly T[];
  /** Puts an item with the same id in the place of another. */
  replace<T>(list: readonly T[], index: number, item: T): readonly T[];
}

/** For a session in use: a list that somebody holds never changes. */
export const COPIED_LISTS: SessionLists = {
  // From the end: it is nearly always one of the newest.
  find: (list, id, idOf) => list.findLastIndex((item) => idOf(item) === id),
  append: (list, item) => [...list, item],
  replace: (list, index, item) => list.with(index, item),
};

interface Positions {
  readonly of: Map<string, number>;
  /** How many items of the list are in it. */
  covered: number;
}

/**
 * For a replay, in which nobody sees a state but the last one: each list is copied once and then grows in its place,
 * so that ten thousand edits cost ten times as much as a thousand. One list has one kind of id.
 */
export function createOwnLists(): SessionLists {
  const owned = new WeakMap<readonly unknown[], Positions>();
  const own = <T>(list: readonly T[]): T[] => {
    // Made here and seen by nobody else.
    if (owned.has(list)) return list as T[];
    const copy = [...list];
    owned.set(copy, { of: new Map(), covered: 0 });
    return copy;
  };
  return {
    find: (list, id, idOf) => {
      const positions = owned.get(list);
      if (positions === undefined) return COPIED_LISTS.find(list, id, idOf);
      for (; positions.covered < list.length; positions.covered += 1) {
        const item = list[positions.covered];
        if (item !== undefined) positions.of.set(idOf(item), positions.covered);
      }
      return positions.of.get(id) ?? -1;
    },
    append: (list, item) => {
      const mine = own(list);
      mine.push(item);
      return mine;
    },
    replace: (list, index, item) => {
      const mine = own(list);
      mine[index] = item;
      return mine;
    },
  };
}
