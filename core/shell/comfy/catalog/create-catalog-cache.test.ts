import { expect, it } from 'vitest';
import { createManualClock } from '../../../../tests/fakes/ports/manual-clock.ts';
import { ok } from '../../../base/result.ts';
import type { NodeCatalog } from '../../../domain/workflow/catalog.ts';
import type { ComfyAnswer } from '../net/create-wire.ts';
import { type CatalogStore, type KeptAnswer, digestOf } from './catalog-store.ts';
import { createCatalogCache } from './create-catalog-cache.ts';

const bytes = new TextEncoder().encode('{"A": {"input": {}, "output": [], "name": "A"}}');
const answer = (status: number, etag?: string): ComfyAnswer => ({
  status,
  mediaType: 'application/json',
  bytes: status === 304 ? new Uint8Array() : bytes,
  ...(etag === undefined ? {} : { etag }),
});

function createWorld(kept?: KeptAnswer) {
  const asked: (string | undefined)[] = [];
  const saved: KeptAnswer[] = [];
  const confirmed: number[] = [];
  const store: CatalogStore = {
    load: async () => kept,
    save: async (_url, told) => void saved.push(told),
    confirm: async (_url, readAt) => void confirmed.push(readAt),
    settled: async () => undefined,
  };
  const next = { answer: answer(200, '"v1"') };
  const cache = createCatalogCache({
    url: 'http://box',
    clock: createManualClock(5_000),
    store,
    ask: async (unlessEtag) => {
      asked.push(unlessEtag);
      return ok(next.answer);
    },
    read: (told) => ok(JSON.parse(new TextDecoder().decode(told.bytes)) as Record<string, never>),
  });
  return { cache, asked, saved, confirmed, next };
}

it('asks with the tag of the answer at hand, and takes "unchanged" for the same classes', async () => {
  const { cache, asked, saved, confirmed, next } = createWorld();
  const read: NodeCatalog[] = [];
  cache.onRead((catalog) => read.push(catalog));
  const first = await cache.load(false);
  next.answer = answer(304);
  const second = await cache.load(true);
  expect(asked).toEqual([undefined, '"v1"']);
  expect(second.ok && first.ok && second.value === first.value).toBe(true);
  expect(read[1]).toBe(read[0]);
  expect(saved.map(({ etag, readAt }) => [etag, readAt])).toEqual([['"v1"', 5_000]]);
  expect(confirmed).toEqual([5_000]);
});

it('gives what is kept at once, and asks the server meanwhile with the kept tag', async () => {
  const kept = { bytes, digest: digestOf(bytes), etag: '"v0"', readAt: 7 };
  const { cache, asked, confirmed, next } = createWorld(kept);
  next.answer = answer(200);
  const told = new Promise((resolve) => cache.onRead(resolve));
  const quick = await cache.loadQuickly();
  expect(quick.ok && quick.value.get('A')).toBeTruthy();
  expect(await cache.kept()).toMatchObject({ readAt: 7 });
  expect(quick.ok && (await told) === quick.value).toBe(true);
  expect(asked).toEqual(['"v0"']);
  expect(confirmed).toEqual([5_000]);
});
