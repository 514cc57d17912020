import {
  chmod,
  lstat,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sealer, createSecrets } from './create-secrets.ts';

const flip = (text: string): string => Array.from(text).reverse().join('');
const keychain: Sealer = { seal: async (text) => flip(text), open: async (text) => flip(text) };
const locked: Sealer = { seal: async () => undefined, open: async () => undefined };

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  path = join(folder, 'secrets.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe('secrets', () => {
  it('come back as they were, and are gone once removed', async () => {
    const secrets = createSecrets(path);
    await Promise.all([secrets.write('a', 'one'), secrets.write('__proto__', 'two')]);
    const again = createSecrets(path);
    expect(await again.read('a')).toEqual({ kind: 'found', secret: 'one' });
    expect(await again.read('toString')).toEqual({ kind: 'none' });
    await again.remove('a');
    expect(await again.read('a')).toEqual({ kind: 'none' });
  });

  it.skipIf(process.platform === 'win32')(
    'lie in a file that only its owner may read, also where one was open to others (not on Windows)',
    async () => {
      await writeFile(path, '{"schemaVersion":1,"secrets":{}}');
      await chmod(path, 0o644);
      await createSecrets(path).write('a', 'one');
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'that cannot be read at the moment are lost, and are not written over (no links on Windows)',
    async () => {
      await symlink(path, path);
      const secrets = createSecrets(path);
      expect(await secrets.read('a')).toEqual({ kind: 'lost' });
      expect(await secrets.write('b', 'two')).toMatchObject({ ok: false });
      expect((await lstat(path)).isSymbolicLink()).toBe(true);
    },
  );

  it('are never in clear on the disk where there is a keychain', async () => {
    const secrets = createSecrets(path, keychain);
    await secrets.write('a', 'kestrel');
    expect(await readFile(path, 'utf8')).not.toContain('kestrel');
    expect(await secrets.read('a')).toEqual({ kind: 'found', secret: 'kestrel' });
  });

  it('that the keychain does not open are lost, not empty', async () => {
    await createSecrets(path, keychain).write('a', 'kestrel');
    expect(await createSecrets(path, locked).read('a')).toEqual({ kind: 'lost' });
    expect(await createSecrets(path).read('a')).toEqual({ kind: 'lost' });
  });

  it('are kept in the file where the keychain does not work', async () => {
    const secrets = createSecrets(path, locked);
    await secrets.write('a', 'kestrel');
    expect(await secrets.read('a')).toEqual({ kind: 'found', secret: 'kestrel' });
  });

  it('of a damaged file are kept aside, and new ones can be written', async () => {
    await writeFile(path, '{"schemaVersion":1,"secr');
    const secrets = createSecrets(path);
    expect(await secrets.read('a')).toEqual({ kind: 'none' });
    expect(await secrets.write('a', 'one')).toMatchObject({ ok: true });
    expect((await readdir(folder)).sort()).toEqual(['secrets.json', 'secrets.json.damaged']);
  });
});
