import { type Result, ok } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { DiscoveredServer } from '../../contract/machine/machine.schema.ts';
import type { ServerAccess } from '../../ports/server-access.ts';
import { parseComfyAddress } from '../comfy/address.ts';
import { createComfyHttp } from '../comfy/create-comfy-http.ts';
import { createComfyRequests } from '../comfy/create-comfy-requests.ts';
import type { Candidate } from './candidate.ts';

/** How one server is asked. */
export interface ProbeOptions {
  readonly access?: ServerAccess | undefined;
  readonly timeoutMs: number;
  /** Cuts the questions off. */
  readonly over?: Promise<void>;
}

/** Asks one address what it is: a ComfyUI with its version, card, queue and answering time, or why not. */
export async function probeServer(
  { url, source }: Pick<Candidate, 'url' | 'source'>,
  { access, timeoutMs, over }: ProbeOptions,
): Promise<Result<DiscoveredServer, AppError>> {
  const address = parseComfyAddress(url, access);
  if (!address.ok) return address;
  const http = createComfyHttp(address.value);
  void over?.then(() => http.dispose());
  const requests = createComfyRequests(http, timeoutMs);
  const stats = await requests.systemStats();
  // The first answer also paid for the connection; the second tells how far away the server is.
  const began = performance.now();
  const remaining = stats.ok ? await requests.remaining() : undefined;
  const pingMs = performance.now() - began;
  http.dispose();
  if (!stats.ok) return stats;
  const gpu = stats.value.devices[0]?.name;
  return ok({
    url: address.value.url,
    version: stats.value.comfyVersion,
    source,
    ...(gpu === undefined ? {} : { gpu }),
    ...(remaining?.ok === true
      ? { queueLength: remaining.value, pingMs: Math.round(pingMs * 10) / 10 }
      : {}),
  });
}
