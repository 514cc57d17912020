import { request } from 'undici';
import { isJsonArray, isJsonObject } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';

/** Where a ComfyUI usually listens: its own default first, then the desktop app's. */
export const usualAddresses: readonly string[] = [
  'http://127.0.0.1:8188',
  'http://127.0.0.1:8000',
  'http://127.0.0.1:8189',
];

/**
 * Asks all addresses at once and returns the first in order that answers like ComfyUI within
 * `timeoutMs`; a port alone proves nothing.
 */
export async function findComfy(
  addresses: readonly string[],
  timeoutMs = 1_000,
): Promise<string | undefined> {
  const answers = await Promise.all(addresses.map((url) => isComfy(url, timeoutMs)));
  return addresses.find((_, index) => answers[index]);
}

async function isComfy(url: string, timeoutMs: number): Promise<boolean> {
  try {
    const answer = await request(`${url.replace(/\/$/, '')}/system_stats`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = parseExactJson(await answer.body.text());
    return (
      answer.statusCode === 200 &&
      body.ok &&
      isJsonObject(body.value) &&
      isJsonObject(body.value['system']) &&
      isJsonArray(body.value['devices'])
    );
  } catch {
    return false;
  }
}
