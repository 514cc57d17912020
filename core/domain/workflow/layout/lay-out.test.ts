import { describe, expect, it } from 'vitest';
import type { LayoutBox } from './canvas.ts';
import { layOut } from './lay-out.ts';

const box = (id: string, width = 200, height = 100): LayoutBox => ({ id, width, height });

describe('layOut', () => {
  it('goes from left to right along the wires, loaders right before what they feed', () => {
    const places = layOut(
      ['load', 'text', 'sample', 'vae', 'decode'].map((id) => box(id)),
      [
        { from: 'load', to: 'text' },
        { from: 'text', to: 'sample' },
        { from: 'load', to: 'sample' },
        { from: 'sample', to: 'decode' },
        { from: 'vae', to: 'decode' },
      ],
    );
    const x = (id: string): number => places.get(id)?.[0] ?? -1;
    expect([x('load'), x('text'), x('sample'), x('decode')]).toEqual([0, 260, 520, 780]);
    expect(x('vae')).toBe(x('sample'));
  });

  it('puts what is not connected below, in rows', () => {
    const lone = Array.from({ length: 12 }, (_, at) => box(`n${String(at)}`));
    const places = layOut([box('a'), box('b'), ...lone], [{ from: 'a', to: 'b' }]);
    const tops = new Set(lone.map(({ id }) => places.get(id)?.[1]));
    expect(tops.size).toBe(2);
    expect(Math.min(...[...tops].map((y) => y ?? -1))).toBeGreaterThan(100);
  });

  it('comes to an end with circles, wires to itself and wires to nothing', () => {
    const places = layOut(
      [box('a'), box('b'), box('c')],
      [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
        { from: 'c', to: 'c' },
        { from: 'gone', to: 'c' },
      ],
    );
    expect([...places.keys()].sort()).toEqual(['a', 'b', 'c']);
  });

  it('lays out a chain of 20,000 nodes without running out of stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => box(String(at)));
    const wires = chain.slice(1).map(({ id }) => ({ from: String(Number(id) - 1), to: id }));
    expect(layOut(chain, wires).get('19999')?.[0]).toBe(19_999 * 260);
  });
});
