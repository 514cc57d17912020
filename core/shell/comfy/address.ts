import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';

/** Where a ComfyUI server is, taken apart for the two protocols. */
export interface ComfyAddress {
  /** What may be shown and logged: no credentials, no trailing slash. */
  readonly url: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** What a proxy wants in front of every route, e.g. "/user/anna/proxy/8188"; "" when nothing. */
  readonly basePath: string;
  /** Sent with every request; holds credentials when the address had some. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads what an artist types as an address: a missing scheme is http, credentials become a header. */
export function parseComfyAddress(text: string): Result<ComfyAddress, AppError> {
  const trimmed = text.trim();
  const withScheme = trimmed.includes('://') ? trimmed : `http://${trimmed}`;
  const parsed = URL.parse(withScheme);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol) || parsed.hostname === '') {
    return err(appError('comfy/invalid-address', { url: withoutCredentials(trimmed) }));
  }
  const basePath = parsed.pathname.replace(/\/+$/, '');
  return ok({
    url: `${parsed.origin}${basePath}`,
    origin: parsed.origin,
    basePath,
    headers: credentialHeaders(parsed),
  });
}

/** The address of the server's WebSocket for one client id. */
export function socketUrl(address: ComfyAddress, clientId: string): string {
  const origin = address.origin.replace(/^http/, 'ws');
  return `${origin}${address.basePath}/ws?clientId=${encodeURIComponent(clientId)}`;
}

function credentialHeaders(url: URL): Readonly<Record<string, string>> {
  if (url.username === '' && url.password === '') return {};
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//');
}
