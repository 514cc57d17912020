import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts';
import { readJson } from '../http/call.ts';
import { crashReply, emptyReply, jsonReply } from '../http/reply.ts';
import { bodyReply, type Route } from '../http/router.ts';
import { type Practice } from '../practice.ts';

/** The page's settings, in one file of the practice folder. */
export function settingsRoutes(practice: Practice): readonly Route[] {
  const path = join(practice.folders.user, 'comfy.settings.json');
  const read = async (): Promise<JsonObject> => {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    const parsed = parseExactJson(text);
    return parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
  };
  const write = async (changes: JsonObject): Promise<void> => {
    await writeFile(path, stringifyExactJson({ ...(await read()), ...changes }, 4));
  };
  return [
    {
      method: 'GET',
      path: '/users',
      handler: () => jsonReply({ storage: 'server', migrated: false }),
    },
    { method: 'GET', path: '/settings', handler: async () => jsonReply(await read()) },
    {
      method: 'GET',
      path: '/settings/:id',
      handler: async ({ params }) => {
        const settings = await read();
        const id = params['id'] ?? '';
        return jsonReply(Object.hasOwn(settings, id) ? (settings[id] ?? null) : null);
      },
    },
    {
      method: 'POST',
      path: '/settings',
      handler: async (call) => {
        const body = await readJson(call);
        if (!body.ok) return bodyReply(body.error);
        if (!isJsonObject(body.value)) return crashReply();
        await write(body.value);
        return emptyReply();
      },
    },
    {
      method: 'POST',
      path: '/settings/:id',
      handler: async (call) => {
        const body = await readJson(call);
        if (!body.ok) return bodyReply(body.error);
        await write({ [call.params['id'] ?? '']: body.value });
        return emptyReply();
      },
    },
  ];
}
