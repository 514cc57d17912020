import type { ServerAccess } from '../../ports/server-access.ts';
import { splitAddress } from '../../shell/comfy/address.ts';

/**
 * What lets us in at the address of `COMFYUI_URL`, for machines without a keychain or a window; undefined
 * for every other address. Credentials in the address itself, a token, and the one certificate to take.
 */
export function accessFromEnvironment(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
): ServerAccess | undefined {
  const named = environment['COMFYUI_URL'] ?? '';
  const split = named === '' ? undefined : splitAddress(named);
  if (split?.ok !== true || split.value.url !== url) return undefined;
  const { credentials } = split.value;
  const token = environment['COMFYUI_TOKEN'] ?? '';
  const fingerprint = environment['COMFYUI_FINGERPRINT'] ?? '';
  if (credentials === undefined && token === '' && fingerprint === '') return undefined;
  return {
    headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    ...(credentials === undefined ? {} : { credentials }),
    ...(fingerprint === '' ? {} : { fingerprint: fingerprint.toUpperCase() }),
  };
}
