import type { JsonObject } from '../../../base/json.ts';
import { type GraphState, nodeOf } from './graph-state.ts';

/** The nodes of a graph by id, in file order, new ones last; what a `ReadonlyMap` offers that is needed. */
export interface NodeTable extends Iterable<readonly [string, JsonObject]> {
  readonly size: number;
  get(id: string): JsonObject | undefined;
  has(id: string): boolean;
  keys(): Iterable<string>;
}

/** A table that can be written to: the version's nodes with changes laid over them. */
export interface EditableNodeTable extends NodeTable {
  set(id: string, node: JsonObject): void;
  delete(id: string): void;
  /** Ids that were set or deleted since the table was made. */
  readonly touched: ReadonlySet<string>;
}

/** Opens a version's nodes for editing without copying them. */
export function createNodeTable(state: GraphState): EditableNodeTable {
  const { positions } = state.index;
  const set = new Map<string, JsonObject>();
  const deleted = new Set<string>();
  const touched = new Set<string>();
  const has = (id: string): boolean => set.has(id) || (positions.has(id) && !deleted.has(id));
  const get = (id: string): JsonObject | undefined =>
    set.get(id) ?? (deleted.has(id) ? undefined : nodeOf(state, id));
  function* keys(): Generator<string> {
    for (const id of positions.keys()) if (has(id)) yield id;
    for (const id of set.keys()) if (!positions.has(id)) yield id;
  }
  return {
    get size() {
      let added = 0;
      for (const id of set.keys()) if (!positions.has(id)) added += 1;
      return positions.size - deleted.size + added;
    },
    get,
    has,
    keys,
    *[Symbol.iterator]() {
      for (const id of keys()) {
        const node = get(id);
        if (node !== undefined) yield [id, node] as const;
      }
    },
    touched,
    set: (id, node) => {
      set.set(id, node);
      deleted.delete(id);
      touched.add(id);
    },
    delete: (id) => {
      set.delete(id);
      if (positions.has(id)) deleted.add(id);
      touched.add(id);
    },
  };
}
