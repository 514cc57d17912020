/**
 * An immutable list of fixed length whose copies share all but the few small blocks on the way to what
 * differs: changing one of 5,000 items copies five blocks of 8.
 */
export interface PersistentList<T> {
  readonly size: number;
  get(index: number): T | undefined;
  /** A list with another item at `index`, which must be below `size`. */
  with(index: number, item: T): PersistentList<T>;
  toArray(): T[];
  /** Indexes at which another version of this list differs by identity, ascending; shared blocks cost nothing. */
  changesTo(other: PersistentList<T>): readonly number[];
}

/** Makes the list from an array. */
export function createPersistentList<T>(items: readonly T[]): PersistentList<T> {
  let level: Block<T>[] = inBlocks(items);
  let shift = 0;
  while (level.length > 1) {
    level = inBlocks(level);
    shift += BITS;
  }
  return new BlockList(items.length, shift, level[0] ?? []);
}

const BITS = 3;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

/** Items on the lowest level, blocks above; which it is follows from the level. */
type Block<T> = readonly (T | Block<T>)[];

class BlockList<T> implements PersistentList<T> {
  readonly size: number;
  readonly #shift: number;
  readonly #top: Block<T>;

  constructor(size: number, shift: number, top: Block<T>) {
    this.size = size;
    this.#shift = shift;
    this.#top = top;
  }

  get(index: number): T | undefined {
    if (index >= this.size) return undefined;
    let block: Block<T> = this.#top;
    for (let shift = this.#shift; shift > 0; shift -= BITS) {
      block = block[(index >>> shift) & MASK] as Block<T>;
    }
    return block[index & MASK] as T;
  }

  with(index: number, item: T): PersistentList<T> {
    return new BlockList(this.size, this.#shift, replace(this.#top, this.#shift, index, item));
  }

  toArray(): T[] {
    const all: T[] = [];
    collect(this.#top, this.#shift, all);
    return all;
  }

  changesTo(other: PersistentList<T>): readonly number[] {
    const changes: number[] = [];
    if (other instanceof BlockList && other.size === this.size) {
      compare(this.#top, (other as BlockList<T>).#top, this.#shift, 0, changes);
      return changes;
    }
    const longer = Math.max(this.size, other.size);
    for (let at = 0; at < longer; at += 1) {
      if (this.get(at) !== other.get(at)) changes.push(at);
    }
    return changes;
  }
}

function inBlocks<T>(parts: Block<T>): Block<T>[] {
  const blocks: Block<T>[] = [];
  for (let at = 0; at < parts.length; at += WIDTH) blocks.push(parts.slice(at, at + WIDTH));
  return blocks;
}

function replace<T>(block: Block<T>, shift: number, index: number, item: T): Block<T> {
  const slot = (index >>> shift) & MASK;
  if (shift === 0) return block.with(slot, item);
  return block.with(slot, replace(block[slot] as Block<T>, shift - BITS, index, item));
}

function collect<T>(block: Block<T>, shift: number, all: T[]): void {
  if (shift === 0) for (const item of block) all.push(item as T);
  else for (const child of block) collect(child as Block<T>, shift - BITS, all);
}

function compare<T>(
  a: Block<T>,
  b: Block<T>,
  shift: number,
  from: number,
  changes: number[],
): void {
  if (a === b) return;
  for (let slot = 0; slot < a.length; slot += 1) {
    const at = from + (slot << shift);
    if (a[slot] === b[slot]) continue;
    if (shift === 0) changes.push(at);
    else compare(a[slot] as Block<T>, b[slot] as Block<T>, shift - BITS, at, changes);
  }
}
