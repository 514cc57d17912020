import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientNames, findClient } from './clients.ts';
import { backupPath, installEntry, uninstallEntry } from './install-client.ts';

const path = { group: 'mcpServers', name: 'second-unit' };
const entry = { command: 'node', args: ['bridge.js'] };
const mine = '{\n  // my own\n  "mcpServers": { "git": { "command": "git-mcp" } },\n}\n';
let folder: string;
let config: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-install-'));
  config = join(folder, 'deeper', 'config.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function given(text: string): Promise<void> {
  config = join(folder, 'config.json');
  await writeFile(config, text);
}

describe('installEntry', () => {
  it('makes the file where there is none, and undo takes it away again', async () => {
    expect(await installEntry(config, path, entry)).toEqual({ ok: true, value: 'added' });
    expect(JSON.parse(await readFile(config, 'utf8'))).toEqual({
      mcpServers: { 'second-unit': entry },
    });
    expect(await uninstallEntry(config, path, entry)).toEqual({ ok: true, value: 'restored' });
    expect(await readdir(join(folder, 'deeper'))).toEqual([]);
  });

  it('keeps the file as it was beside it, and undo puts back every byte', async () => {
    await given(mine);
    await installEntry(config, path, entry);
    expect(await readFile(backupPath(config), 'utf8')).toBe(mine);
    expect(await readFile(config, 'utf8')).toContain('// my own');
    expect(await uninstallEntry(config, path, entry)).toEqual({ ok: true, value: 'restored' });
    expect(await readFile(config, 'utf8')).toBe(mine);
    expect(await readdir(folder)).toEqual(['config.json']);
  });

  it('undo keeps what was typed since', async () => {
    await given(mine);
    await installEntry(config, path, entry);
    const since = (await readFile(config, 'utf8')).replace('git-mcp', 'git-mcp2');
    await writeFile(config, since);
    expect(await uninstallEntry(config, path, entry)).toEqual({ ok: true, value: 'removed' });
    expect(await readFile(config, 'utf8')).toBe(mine.replace('git-mcp', 'git-mcp2'));
  });

  it('does nothing the second time, and an update keeps the first copy', async () => {
    await given(mine);
    await installEntry(config, path, entry);
    expect(await installEntry(config, path, entry)).toEqual({ ok: true, value: 'unchanged' });
    const newer = { ...entry, command: 'node24' };
    expect(await installEntry(config, path, newer)).toEqual({ ok: true, value: 'replaced' });
    expect(await readFile(backupPath(config), 'utf8')).toBe(mine);
    await uninstallEntry(config, path, newer);
    expect(await readFile(config, 'utf8')).toBe(mine);
  });

  it('puts back an entry of the same name that somebody had made by hand', async () => {
    const own = '{"mcpServers":{"second-unit":{"command":"mine"}}}';
    await given(own);
    await installEntry(config, path, entry);
    await uninstallEntry(config, path, entry);
    expect(await readFile(config, 'utf8')).toBe(own);
  });

  it('changes nothing in a file that is not JSON, and names the line', async () => {
    await given('{\n  "mcpServers": {\n');
    const outcome = await installEntry(config, path, entry);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'file/unreadable' } });
    expect(JSON.stringify(outcome)).toContain('line 3');
    expect(await readdir(folder)).toEqual(['config.json']);
  });
});

describe('findClient', () => {
  it.each(clientNames)('knows where %s keeps its settings', (name) => {
    const client = findClient(name, { APPDATA: 'C:\\Users\\a\\AppData\\Roaming' }, '/home/a');
    expect(client.configPath).toMatch(/\.json$/);
    expect(client.configPath).toMatch(/home|Users/);
  });
});
