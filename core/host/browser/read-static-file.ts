import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** A file of the page with its media type. */
export interface StaticFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** Reads a file of the built page; undefined for what is not there or would be outside `folder`. */
export async function readStaticFile(
  folder: string,
  pathname: string,
): Promise<StaticFile | undefined> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const path = normalize(join(folder, decoded === '/' ? 'index.html' : decoded));
  const mediaType = mediaTypes[extname(path)];
  if (!path.startsWith(normalize(folder) + sep) || mediaType === undefined) return undefined;
  try {
    return { bytes: await readFile(path), mediaType };
  } catch {
    return undefined;
  }
}
