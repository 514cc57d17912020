import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The pairing token of this person's core: made once and kept readable by them alone, so that an open
 * page finds its way back after a restart. Delete the file to lock every page out.
 */
export async function readOrMakeToken(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'pairing-token');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (/^[\w-]{32,}$/.test(kept.trim())) return kept.trim();
  const token = randomBytes(24).toString('base64url');
  await mkdir(dataFolder, { recursive: true });
  await writeFile(path, token, { mode: 0o600 });
  return token;
}
