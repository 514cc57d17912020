import { parseComfyAddress } from './address.ts';
import { createComfyHttp } from './create-comfy-http.ts';
import { createComfyRequests } from './create-comfy-requests.ts';

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
  const address = parseComfyAddress(url);
  if (!address.ok) return false;
  const http = createComfyHttp(address.value);
  const stats = await createComfyRequests(address.value, http, timeoutMs).systemStats();
  http.dispose();
  return stats.ok;
}
