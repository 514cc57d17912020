import { expect, it } from 'vitest';
import { createAssets } from './create-assets.ts';

const bytes = (value: number) =>
  ({ kind: 'bytes', bytes: new Uint8Array([value]), mediaType: 'image/jpeg' }) as const;

it('gives back the newest preview of a run and the one before it, and none older', async () => {
  const assets = createAssets(() => undefined);
  const [first, second, third] = [1, 2, 3].map((value) => assets.register(bytes(value), 'run'));
  expect(await assets.read(first ?? '')).toMatchObject({ ok: false });
  expect(await assets.read(second ?? '')).toMatchObject({ value: { bytes: new Uint8Array([2]) } });
  expect(await assets.read(third ?? '')).toMatchObject({ value: { bytes: new Uint8Array([3]) } });
});

it('keeps previews of the latest runs only, however many a night brings', async () => {
  const assets = createAssets(() => undefined);
  const ids = Array.from({ length: 1_000 }, (_, run) => {
    assets.register(bytes(0), `run ${String(run)}`);
    return assets.register(bytes(1), `run ${String(run)}`);
  });
  const read = await Promise.all(ids.map((id) => assets.read(id)));
  const kept = read.map(({ ok }) => ok);
  expect(kept.at(-1)).toBe(true);
  expect(kept.filter(Boolean).length).toBeLessThanOrEqual(64);
  expect(kept[0]).toBe(false);
});
