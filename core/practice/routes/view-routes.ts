import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp, { type OutputInfo } from 'sharp';
import { isFolderKind, joinInside, parseAnnotatedName } from '../folders.ts';
import { type Call } from '../http/call.ts';
import { contentTypeOf } from '../http/content-type.ts';
import { emptyReply, type Reply } from '../http/reply.ts';
import { type Route } from '../http/router.ts';
import { sendFile } from '../http/send-file.ts';
import { type Practice } from '../practice.ts';

/** Types that a browser would run; the server sends them as plain bytes. */
const UNSAFE_TYPES: ReadonlySet<string> = new Set([
  'text/html',
  'application/xhtml+xml',
  'text/javascript',
  'text/css',
]);

/** Files by name: as they are, re-encoded small, or one channel. */
export function viewRoutes(practice: Practice): readonly Route[] {
  return [{ method: 'GET', path: '/view', handler: (call) => view(practice, call) }];
}

async function view(practice: Practice, call: Call): Promise<Reply> {
  const { query } = call;
  const asked = query.get('filename');
  if (asked === null) return emptyReply(404);
  const { name, kind } = parseAnnotatedName(asked);
  if (name === '' || name.startsWith('/') || name.includes('..')) return emptyReply(400);
  const type = kind ?? query.get('type') ?? 'output';
  if (!isFolderKind(type)) return emptyReply(400);
  const folder = joinInside(practice.folders[type], query.get('subfolder') ?? '');
  if (folder === undefined) return emptyReply(403);
  const filename = basename(name);
  const path = join(folder, filename);
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile() !== true) return emptyReply(404);
  const headers = { 'Content-Disposition': `filename="${filename}"` };
  const channel = query.get('channel') ?? '';
  const preview = query.get('preview');
  if (preview !== null) return sendPreview(path, preview, channel, headers);
  if (channel === 'rgb' || channel === 'a') return sendChannel(path, channel, headers);
  const guessed = contentTypeOf(filename);
  const contentType = UNSAFE_TYPES.has(guessed) ? 'application/octet-stream' : guessed;
  const reply = await sendFile(call, path, { ...headers, 'Content-Type': contentType });
  return reply ?? emptyReply(404);
}

async function sendPreview(
  path: string,
  preview: string,
  channel: string,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  const parts = preview.split(';');
  const isJpeg = parts[0] === 'jpeg' && !channel.includes('a');
  const asked = parts.at(-1) ?? '';
  const quality = /^\d+$/.test(asked) ? Math.min(100, Math.max(1, Number(asked))) : 90;
  const picture = sharp(path);
  const flat = isJpeg || channel === 'rgb' ? picture.removeAlpha() : picture;
  const encoded = isJpeg ? flat.jpeg({ quality }) : flat.webp({ quality });
  return {
    status: 200,
    headers: { ...headers, 'Content-Type': isJpeg ? 'image/jpeg' : 'image/webp' },
    body: await encoded.toBuffer(),
  };
}

async function sendChannel(
  path: string,
  channel: 'rgb' | 'a',
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  const picture = sharp(path);
  const body =
    channel === 'rgb'
      ? await picture.removeAlpha().png().toBuffer()
      : await alphaOnly(await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true }));
  return { status: 200, headers: { ...headers, 'Content-Type': 'image/png' }, body };
}

/** Black with the file's alpha, as the server builds it for mask editors. */
async function alphaOnly(raw: {
  readonly data: Buffer;
  readonly info: OutputInfo;
}): Promise<Buffer> {
  const { data, info } = raw;
  for (let i = 0; i < data.length; i += 4) data.fill(0, i, i + 3);
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } })
    .png()
    .toBuffer();
}
