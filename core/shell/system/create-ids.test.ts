import { expect, it } from 'vitest';
import { createDigest } from './create-digest.ts';
import { createIds } from './create-ids.ts';

it('makes readable ids that sort in the order they were made, within and across milliseconds', () => {
  let now = 1_795_199_084_677;
  const ids = createIds({ now: () => now });
  const made = Array.from({ length: 500 }, (_, index) => {
    if (index % 50 === 0) now += 1;
    if (index === 300) now -= 1_000;
    return ids.next('turn');
  });
  expect(new Set(made).size).toBe(500);
  expect(made.toSorted()).toEqual(made);
  for (const id of made) expect(id).toMatch(/^turn-[0-9a-z]{13}$/);
});

it('makes lower-case UUIDs as ComfyUI wants them', () => {
  expect(createIds().uuid()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

it('digests the UTF-8 bytes of a text', () => {
  expect(createDigest()('abc')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(createDigest()('ü')).not.toBe(createDigest()('u'));
});
