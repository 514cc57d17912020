import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { McpClientState } from '../../contract/mcp.schema.ts';
import { type ClientName, findClient } from './clients.ts';
import { removeEntry } from './edit-entry.ts';
import { backupPath } from './install-client.ts';

/** Where a client keeps its settings here, and whether Second Unit is in them; changes nothing. */
export async function lookAtClient(client: ClientName): Promise<McpClientState> {
  const { title, configPath, entryPath, afterwards } = findClient(client);
  const facts = { client, title, configPath, afterwards, backupPath: backupPath(configPath) };
  let text: string;
  try {
    text = await readFile(configPath, 'utf8');
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing) return { ...facts, state: 'unreadable' };
    return { ...facts, state: existsSync(dirname(configPath)) ? 'not-connected' : 'absent' };
  }
  const without = removeEntry(text, entryPath);
  if (!without.ok) return { ...facts, state: 'unreadable' };
  return { ...facts, state: without.value === text ? 'not-connected' : 'connected' };
}
