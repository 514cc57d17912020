import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** True when a request names this machine as its host: a page elsewhere that rebinds its name to us does not. */
export function hasLoopbackHost(request: IncomingMessage): boolean {
  return LOOPBACK.test(request.headers.host ?? '');
}

/** True when a request has no Origin, or one that is this very server. */
export function hasOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host ?? ''}`;
}

/** Compares secrets in a time that does not tell how much was right. */
export function isSameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
