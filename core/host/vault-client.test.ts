import { expect, it } from 'vitest';
import type { VaultRequest } from '../contract/vault.ts';
import { createVaultClient } from './vault-client.ts';

it('gives each question its own answer, and leaves other messages alone', async () => {
  const posted: VaultRequest[] = [];
  const vault = createVaultClient((request) => posted.push(request));
  const answers = [vault.seal('one'), vault.open('two')];
  expect(vault.receive({ type: 'connect' })).toBe(false);
  const [first, second] = posted.map(({ id }) => id);
  expect(vault.receive({ type: 'vault', id: second, text: null })).toBe(true);
  expect(vault.receive({ type: 'vault', id: first, text: 'sealed' })).toBe(true);
  expect(await Promise.all(answers)).toEqual(['sealed', undefined]);
  expect(posted.map(({ action, text }) => [action, text])).toEqual([
    ['seal', 'one'],
    ['open', 'two'],
  ]);
});
