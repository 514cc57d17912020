import { describe, expect, it } from 'vitest';
import { createPersistentList } from './persistent-list.ts';

const sizes = [0, 1, 15, 16, 17, 256, 257, 5000];

describe('createPersistentList', () => {
  it.each(sizes)('gives %i items back in their order', (size) => {
    const items = Array.from({ length: size }, (_, index) => ({ index }));
    const list = createPersistentList(items);
    expect(list.size).toBe(size);
    expect(list.toArray()).toEqual(items);
    expect(items.every((item, index) => list.get(index) === item)).toBe(true);
    expect(list.get(size)).toBeUndefined();
  });

  it('leaves the list as it was when one item is changed, and finds just that change', () => {
    const items = Array.from({ length: 5000 }, (_, index) => index);
    const list = createPersistentList(items);
    for (const at of [0, 15, 16, 255, 256, 4095, 4096, 4999]) {
      const changed = list.with(at, -1);
      expect(changed.toArray()).toEqual(items.with(at, -1));
      expect(list.get(at)).toBe(at);
      expect(list.changesTo(changed)).toEqual([at]);
      expect(changed.changesTo(list)).toEqual([at]);
      expect(changed.with(7, -2).changesTo(list)).toEqual(
        [...new Set([7, at])].sort((a, b) => a - b),
      );
    }
    expect(list.changesTo(list)).toEqual([]);
  });

  it('compares lists that were made apart, also of another length', () => {
    const list = createPersistentList([1, 2, 3]);
    expect(list.changesTo(createPersistentList([1, 5, 3]))).toEqual([1]);
    expect(list.changesTo(createPersistentList([1, 2]))).toEqual([2]);
  });
});
