import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createRecordedComfy } from '../../../tests/fakes/recorded-comfy.ts';
import { findComfy } from './find-comfy.ts';

it('finds the first address that answers like ComfyUI, past silence and other services', async () => {
  const silent = createServer((socket) => socket.resume());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const silentUrl = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
  const [other, first, second] = await Promise.all([
    createRecordedComfy(),
    createRecordedComfy(),
    createRecordedComfy(),
  ]);
  other.answer('GET /system_stats', { body: '{}' });
  const found = await findComfy(['nonsense://', silentUrl, other.url, first.url, second.url], 300);
  expect(found).toBe(first.url);
  expect(await findComfy([other.url], 300)).toBeUndefined();
  await Promise.all([other.close(), first.close(), second.close()]);
  await new Promise((resolve) => silent.close(resolve));
});
