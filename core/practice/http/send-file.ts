import { readFile, stat } from 'node:fs/promises';
import { type Call } from './call.ts';
import { emptyReply, type Reply } from './reply.ts';

/** Answers with a file as aiohttp's FileResponse: ETag, Last-Modified, 304, Range. Undefined when there is no such file. */
export async function sendFile(
  call: Call,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Reply | undefined> {
  const info = await stat(path, { bigint: true }).catch(() => undefined);
  if (info?.isFile() !== true) return undefined;
  const etag = `"${info.mtimeNs.toString(16)}-${info.size.toString(16)}"`;
  // aiohttp rounds up to a whole second, so that its own date counts as fresh later.
  const modified = new Date(Math.ceil(Number(info.mtimeMs) / 1000) * 1000).toUTCString();
  const described = { ...headers, Etag: etag, 'Last-Modified': modified };
  if (isFresh(call, etag, Number(info.mtimeMs))) return emptyReply(304, described);
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const full = { ...described, 'Accept-Ranges': 'bytes' };
  const range = call.headers.range;
  if (range === undefined) return { status: 200, headers: full, body: bytes };
  const span = readRange(range, bytes.length);
  if (span === undefined) return { status: 200, headers: full, body: bytes };
  if (span === 'outside') {
    return emptyReply(416, { ...full, 'Content-Range': `bytes */${bytes.length}` });
  }
  return {
    status: 206,
    headers: { ...full, 'Content-Range': `bytes ${span.from}-${span.to}/${bytes.length}` },
    body: bytes.subarray(span.from, span.to + 1),
  };
}

function isFresh(call: Call, etag: string, modifiedMs: number): boolean {
  const match = call.headers['if-none-match'];
  if (match !== undefined) {
    return match === '*' || match.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(call.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && modifiedMs <= since;
}

function readRange(
  range: string,
  size: number,
): { readonly from: number; readonly to: number } | 'outside' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const from = Math.max(0, size - Number(match[2]));
    return from < size ? { from, to: size - 1 } : 'outside';
  }
  const from = Number(match[1]);
  const to = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return from < size && from <= to ? { from, to } : 'outside';
}
