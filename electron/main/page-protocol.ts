import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { CONTENT_SECURITY_POLICY } from './security.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Answers requests for the page's files out of `folder`, under our content security policy. */
export function createPageHandler(
  folder: string,
  extraPages: Readonly<Record<string, string>>,
): (request: { readonly url: string }) => Promise<Response> {
  const root = normalize(folder);
  return async ({ url }) => {
    const pathname = decode(new URL(url).pathname);
    const extra = Object.hasOwn(extraPages, pathname) ? extraPages[pathname] : undefined;
    if (extra !== undefined) return answer(extra, '.html');
    const path = normalize(join(root, pathname === '/' ? 'index.html' : pathname));
    if (!path.startsWith(root + sep) || !Object.hasOwn(mediaTypes, extname(path))) return notHere();
    try {
      return answer(await readFile(path), extname(path));
    } catch {
      return notHere();
    }
  };
}

function answer(body: string | Uint8Array<ArrayBuffer>, extension: string): Response {
  return new Response(body, {
    headers: {
      'content-type': mediaTypes[extension] ?? 'application/octet-stream',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
    },
  });
}

/** An address that cannot be decoded names nothing. */
function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '/nothing';
  }
}

function notHere(): Response {
  return new Response('Nothing here.', { status: 404 });
}
