import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { ServerAccess } from '../../ports/server-access.ts';

/** Where a ComfyUI server is, taken apart for the two protocols. */
export interface ComfyAddress {
  /** What may be shown and logged: no credentials, no trailing slash. */
  readonly url: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** What a proxy wants in front of every route, e.g. "/user/anna/proxy/8188"; "" when nothing. */
  readonly basePath: string;
  /** Sent with every request; may hold secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the only certificate to take; absent: the system decides. */
  readonly pin?: string;
}

/** Reads what an artist types as an address: a missing scheme is http, credentials become a header. */
export function parseComfyAddress(
  text: string,
  access: ServerAccess = { headers: {} },
): Result<ComfyAddress, AppError> {
  const split = splitAddress(text);
  if (!split.ok) return split;
  const { url, credentials = access.credentials } = split.value;
  const { origin, pathname } = new URL(url);
  return ok({
    url,
    origin,
    basePath: pathname.replace(/\/+$/, ''),
    headers: {
      ...access.headers,
      ...(credentials === undefined ? {} : { authorization: basicAuthorization(credentials) }),
    },
    ...(access.fingerprint === undefined ? {} : { pin: access.fingerprint }),
  });
}

/** Takes the credentials out of an address, so that what is left may be shown, logged and stored. */
export function splitAddress(
  text: string,
): Result<{ readonly url: string; readonly credentials?: ServerAccess['credentials'] }, AppError> {
  const trimmed = text.trim();
  const withScheme = trimmed.includes('://') ? trimmed : `http://${trimmed}`;
  const parsed = URL.parse(withScheme);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol) || parsed.hostname === '') {
    return err(appError('comfy/invalid-address', { url: withoutCredentials(trimmed) }));
  }
  const url = `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`;
  if (parsed.username === '' && parsed.password === '') return ok({ url });
  const credentials = { userName: decode(parsed.username), password: decode(parsed.password) };
  return ok({ url, credentials });
}

/** The address of the server's WebSocket for one client id. */
export function socketUrl(address: ComfyAddress, clientId: string): string {
  const origin = address.origin.replace(/^http/, 'ws');
  return `${origin}${address.basePath}/ws?clientId=${encodeURIComponent(clientId)}`;
}

function basicAuthorization({
  userName,
  password,
}: NonNullable<ServerAccess['credentials']>): string {
  return `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
}

/** A lone "%" in a password is a "%". */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Of a text that cannot be read as an address, everything before the last "@" may be a password. */
function withoutCredentials(text: string): string {
  return text.replace(/^([a-z+.-]+:\/\/)?.*@/i, '$1');
}
