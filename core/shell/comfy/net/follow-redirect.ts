import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import type { ComfyAddress } from '../address.ts';

/** Where to ask next: everything of this server is somewhere else now, or only this one file is. */
export type Redirection =
  | { readonly kind: 'moved'; readonly address: ComfyAddress }
  | { readonly kind: 'elsewhere'; readonly path: string };

/**
 * Decides what a proxy's redirect means. The same route under another prefix, or over https, moves the
 * whole server. Another computer is never followed: what lets us in here is not for there. `given` is the
 * address that the artist knows, for what is said about it.
 */
export function followRedirect(
  target: string,
  { method, path }: { readonly method: 'GET' | 'POST'; readonly path: string },
  address: ComfyAddress,
  given: string,
): Result<Redirection, AppError> {
  const from = new URL(`${address.origin}${address.basePath}${path}`);
  const to = URL.parse(target, from.href);
  const refused = appError('comfy/refused', { url: given, status: 302 });
  if (to === null || !['http:', 'https:'].includes(to.protocol)) return err(refused);
  const route = path.split('?')[0] ?? path;
  const isSameRoute = to.pathname.endsWith(route);
  const basePath = isSameRoute ? to.pathname.slice(0, -route.length) : '';
  const url = `${to.origin}${basePath}`;
  if (isSameRoute && url === address.url) return err(refused);
  if (!isOurs(from, to, address)) return err(appError('comfy/moved', { url: given, to: url }));
  if (isSameRoute) {
    return ok({ kind: 'moved', address: { ...address, url, origin: to.origin, basePath } });
  }
  // A page to sign in at, unless it is a file that is kept elsewhere on the same server.
  const isFile = method === 'GET' && route === '/view' && to.origin === address.origin;
  return isFile ? ok({ kind: 'elsewhere', path: `${to.pathname}${to.search}` }) : err(refused);
}

/** The same computer, and never from an encrypted connection to one that is not. */
function isOurs(from: URL, to: URL, { headers }: ComfyAddress): boolean {
  if (to.origin === from.origin) return true;
  if (to.hostname !== from.hostname) return false;
  if (from.protocol === 'https:' && to.protocol === 'http:') return false;
  // Another port may be another person's program: what lets us in goes there only if it is encrypted now.
  return Object.keys(headers).length === 0 || from.protocol !== to.protocol;
}
