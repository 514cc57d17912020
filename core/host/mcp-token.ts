import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { isSameSecret } from './browser/check-request.ts';

/** Where this installation's MCP token lies; readable by its person alone. */
export function mcpTokenPath(dataFolder: string): string {
  return join(dataFolder, 'mcp-token');
}

/** The token that MCP clients show; made when there is none. */
export async function readOrMakeMcpToken(dataFolder: string): Promise<string> {
  const kept = await readFile(mcpTokenPath(dataFolder), 'utf8').catch(() => '');
  return isToken(kept.trim()) ? kept.trim() : rotateMcpToken(dataFolder);
}

/** Makes a new token; whoever shows the old one is refused from now on. */
export async function rotateMcpToken(dataFolder: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await mkdir(dataFolder, { recursive: true });
  await writeFileAtomic(mcpTokenPath(dataFolder), `${token}\n`, { mode: 0o600 });
  return token;
}

/** Says whether a text is the token as it is on disk now, so that a new one counts without a restart. */
export function createMcpTokenCheck(dataFolder: string): (given: string) => boolean {
  const path = mcpTokenPath(dataFolder);
  let seen = '';
  let token = '';
  return (given) => {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts === undefined) return false;
    const now = `${String(facts.ino)}/${String(facts.mtimeMs)}/${String(facts.size)}`;
    if (now !== seen) {
      seen = now;
      token = readFileSync(path, 'utf8').trim();
    }
    return isToken(token) && isSameSecret(given, token);
  };
}

function isToken(text: string): boolean {
  return /^[\w-]{32,}$/.test(text);
}
