import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join, posix, resolve, sep } from 'node:path';
import sharp from 'sharp';
import { isJsonObject } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import { isFolderKind, joinInside } from '../folders.ts';
import { type Call } from '../http/call.ts';
import { type FormField, parseForm } from '../http/multipart.ts';
import { crashReply, emptyReply, jsonReply, type Reply } from '../http/reply.ts';
import { bodyReply, type Route } from '../http/router.ts';
import { type Practice } from '../practice.ts';

/** Stores a file; false when the server would die of it. */
type Save = (path: string, bytes: Buffer) => Promise<boolean>;

/** Taking files in. */
export function uploadRoutes(practice: Practice): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/upload/image',
      handler: (call) =>
        upload(practice, call, () => async (path, bytes) => {
          await writeFile(path, bytes);
          return true;
        }),
    },
    {
      method: 'POST',
      path: '/upload/mask',
      handler: (call) => upload(practice, call, (fields) => saveMask(practice, fields)),
    },
  ];
}

async function upload(
  practice: Practice,
  call: Call,
  chooseSave: (fields: readonly FormField[]) => Save,
): Promise<Reply> {
  const body = await call.body();
  if (!body.ok) return bodyReply(body.error);
  const fields = parseForm(call.headers['content-type'], body.value);
  const text = (name: string): string | undefined =>
    fields.find((field) => field.name === name)?.bytes.toString('utf8');
  const type = text('type') ?? 'input';
  if (!isFolderKind(type)) return crashReply();
  const image = fields.find((field) => field.name === 'image');
  if (image === undefined) return emptyReply(400);
  if (image.filename === undefined) return crashReply();
  const subfolder = text('subfolder') ?? '';
  const root = practice.folders[type];
  const folder = subfolder.startsWith('/')
    ? undefined
    : joinInside(root, posix.normalize(subfolder));
  const path = folder === undefined ? undefined : resolve(folder, image.filename);
  if (folder === undefined || path === undefined || !path.startsWith(root + sep)) {
    return emptyReply(400);
  }
  await mkdir(folder, { recursive: true });
  // The server makes the subfolder, but no folder that stands in the file's name.
  if (!existsSync(dirname(path))) return crashReply();
  const overwrites = ['true', '1'].includes(text('overwrite') ?? '');
  const place = await findPlace(folder, image.filename, image.bytes, overwrites);
  if (!place.isStored && !(await chooseSave(fields)(place.path, image.bytes))) return crashReply();
  return jsonReply({ name: place.name, subfolder, type });
}

async function findPlace(
  folder: string,
  filename: string,
  bytes: Buffer,
  overwrites: boolean,
): Promise<{ readonly name: string; readonly path: string; readonly isStored: boolean }> {
  const ending = extname(filename);
  const stem = filename.slice(0, filename.length - ending.length);
  let name = filename;
  let path = join(folder, name);
  for (let i = 1; !overwrites && existsSync(path); i += 1) {
    if ((await readFile(path)).equals(bytes)) return { name, path, isStored: true };
    name = `${stem} (${i})${ending}`;
    path = join(folder, name);
  }
  return { name, path, isStored: false };
}

/** Stores the original's colours with the mask's alpha; a refused original stores nothing and says nothing. */
function saveMask(practice: Practice, fields: readonly FormField[]): Save {
  const reference = fields.find((field) => field.name === 'original_ref')?.bytes.toString('utf8');
  return async (path, bytes) => {
    const parsed = parseExactJson(reference ?? '');
    if (!parsed.ok || !isJsonObject(parsed.value)) return false;
    const { filename, subfolder = '', type = 'output' } = parsed.value;
    if (typeof filename !== 'string' || typeof subfolder !== 'string') return false;
    if (filename.startsWith('/') || filename.includes('..')) return true;
    if (typeof type !== 'string' || !isFolderKind(type)) return true;
    const folder = joinInside(practice.folders[type], subfolder);
    if (folder === undefined) return true;
    const original = join(folder, filename);
    if (!existsSync(original)) return true;
    const base = await sharp(original).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const { width, height } = base.info;
    const alpha = await sharp(bytes).ensureAlpha().extractChannel('alpha').raw().toBuffer();
    // Pillow refuses an alpha of another size, and the server with it.
    if (alpha.length !== width * height) return false;
    const png = await sharp(base.data, { raw: { width, height, channels: base.info.channels } })
      .toColourspace('srgb')
      .joinChannel(alpha, { raw: { width, height, channels: 1 } })
      .png({ compressionLevel: 4 })
      .toBuffer();
    await writeFile(path, png);
    return true;
  };
}
