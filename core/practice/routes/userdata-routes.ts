import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type JsonObject, type JsonValue } from '../../base/json.ts';
import { joinInside } from '../folders.ts';
import { contentTypeOf } from '../http/content-type.ts';
import { emptyReply, jsonReply, type Reply, textReply } from '../http/reply.ts';
import { bodyReply, type Route } from '../http/router.ts';
import { sendFile } from '../http/send-file.ts';
import { type Practice } from '../practice.ts';

/** Files that the page keeps for the artist: saved workflows and the like. */
export function userdataRoutes(practice: Practice): readonly Route[] {
  const root = practice.folders.user;
  const inside = (path: string): string | undefined => joinInside(root, path);
  return [
    {
      method: 'GET',
      path: '/userdata',
      handler: async ({ query }) => {
        const dir = query.get('dir') ?? '';
        if (dir === '') return textReply('Directory not provided', 400);
        const folder = inside(dir);
        if (folder === undefined) return textReply('Invalid directory', 403);
        if (!existsSync(folder)) return textReply('Directory not found', 404);
        const isFull = isTrue(query.get('full_info'));
        const isSplit = isTrue(query.get('split'));
        const files = await listFiles(folder, isTrue(query.get('recurse')));
        const listed = files.map(async (path): Promise<JsonValue> => {
          const name = toSlashes(relative(folder, path));
          if (isFull) return describeFile(path, name);
          return isSplit ? [name, ...name.split('/')] : name;
        });
        return jsonReply(await Promise.all(listed));
      },
    },
    {
      method: 'GET',
      path: '/v2/userdata',
      handler: async ({ query }) => {
        const folder = inside(query.get('path') ?? '');
        if (folder === undefined) return textReply('Invalid path', 403);
        if (!existsSync(folder)) return textReply('Directory not found', 404);
        return jsonReply(await listEntries(folder, root));
      },
    },
    {
      method: 'GET',
      path: '/userdata/:file',
      handler: async (call) => {
        const path = inside(call.params['file'] ?? '');
        if (path === undefined) return emptyReply(403);
        const headers = { 'Content-Type': contentTypeOf(path) };
        return (await sendFile(call, path, headers)) ?? emptyReply(404);
      },
    },
    {
      method: 'POST',
      path: '/userdata/:file',
      handler: async (call) => {
        const name = call.params['file'] ?? '';
        const path = inside(name);
        if (path === undefined) return emptyReply(403);
        if (call.query.get('overwrite') === 'false' && existsSync(path)) return alreadyThere();
        const body = await call.body();
        if (!body.ok) return bodyReply(body.error);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, body.value);
        return jsonReply(
          isTrue(call.query.get('full_info')) ? await describeFile(path, name) : name,
        );
      },
    },
    {
      method: 'DELETE',
      path: '/userdata/:file',
      handler: async ({ params }) => {
        const path = inside(params['file'] ?? '');
        if (path === undefined) return emptyReply(403);
        if (!existsSync(path)) return emptyReply(404);
        await rm(path);
        return emptyReply(204);
      },
    },
    {
      method: 'POST',
      path: '/userdata/:file/move/:dest',
      handler: async ({ params, query }) => {
        const name = params['dest'] ?? '';
        const from = inside(params['file'] ?? '');
        const to = inside(name);
        if (from === undefined || to === undefined) return emptyReply(403);
        if (!existsSync(from)) return emptyReply(404);
        if (query.get('overwrite') === 'false' && existsSync(to)) return alreadyThere();
        await mkdir(dirname(to), { recursive: true });
        await rename(from, to);
        return jsonReply(isTrue(query.get('full_info')) ? await describeFile(to, name) : name);
      },
    },
  ];
}

function alreadyThere(): Reply {
  return textReply('File already exists', 409);
}

async function describeFile(path: string, name: string): Promise<JsonObject> {
  const info = await stat(path);
  return {
    path: name,
    size: info.size,
    modified: info.mtimeMs / 1000,
    created: info.ctimeMs / 1000,
  };
}

async function listEntries(folder: string, root: string): Promise<readonly JsonValue[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async (entry): Promise<JsonValue> => {
        const full = join(folder, entry.name);
        const path = toSlashes(relative(root, full));
        if (entry.isDirectory()) return { name: entry.name, path, type: 'directory' };
        const { size, mtimeMs } = await stat(full);
        return { name: entry.name, path, type: 'file', size, modified: mtimeMs / 1000 };
      }),
  );
}

async function listFiles(folder: string, recurses: boolean): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: recurses });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function isTrue(text: string | null): boolean {
  return text?.toLowerCase() === 'true';
}

function toSlashes(path: string): string {
  return path.split(sep).join('/');
}
