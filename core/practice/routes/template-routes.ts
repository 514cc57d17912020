import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseExactJson } from '../../base/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json.ts';
import { encodeJpeg } from '../images/codec.ts';
import { toPicture } from '../images/picture.ts';
import { composeScene } from '../images/practice-scene.ts';
import { jsonReply, noSuchFileReply, type Reply } from '../http/reply.ts';
import { type Route } from '../http/router.ts';
import { sendFile } from '../http/send-file.ts';
import { type Practice } from '../practice.ts';

const THUMBNAIL = { width: 320, height: 200 } as const;

/** What comfyui-workflow-templates serves for a real server: a list, the workflows, a picture for each. */
export function templateRoutes(practice: Practice): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/templates/index.json',
      handler: async () => {
        const templates = await listTemplates(practice.templatesDir);
        const category = { moduleName: 'default', title: 'Practice', type: 'image', templates };
        return jsonReply(templates.length === 0 ? [] : [category]);
      },
    },
    {
      method: 'GET',
      path: '/templates/:file',
      handler: async (call) => {
        const file = basename(call.params['file'] ?? '');
        if (practice.templatesDir === undefined) return noSuchFileReply();
        if (/-\d\.jpeg$/.test(file)) return drawThumbnail(file);
        const path = join(practice.templatesDir, file);
        const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' };
        const reply = file.endsWith('.json') ? await sendFile(call, path, headers) : undefined;
        return reply ?? noSuchFileReply();
      },
    },
  ];
}

async function listTemplates(folder: string | undefined): Promise<readonly JsonValue[]> {
  if (folder === undefined) return [];
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  return Promise.all(
    files.sort().map(async (file): Promise<JsonValue> => {
      const name = file.replace(/\.json$/, '');
      const info = infoOf(await readFile(join(folder, file), 'utf8'));
      return {
        name,
        title: info['name'] ?? name,
        description: info['description'] ?? '',
        mediaType: 'image',
        mediaSubtype: 'jpeg',
      };
    }),
  );
}

/** `extra.info` of a saved workflow: its name and what it is for. */
function infoOf(text: string): JsonObject {
  const parsed = parseExactJson(text);
  const extra = parsed.ok && isJsonObject(parsed.value) ? parsed.value['extra'] : undefined;
  const info = isJsonObject(extra) ? extra['info'] : undefined;
  return isJsonObject(info) ? info : {};
}

async function drawThumbnail(file: string): Promise<Reply> {
  const name = file.replace(/-\d\.jpeg$/, '');
  const { width, height } = THUMBNAIL;
  const scene = composeScene(
    {
      parts: ['thumbnail'],
      positive: name,
      negative: '',
      seed: name,
      steps: 30,
      cfg: 7,
      denoise: 1,
      leftover: 0,
    },
    0,
  );
  const frame = scene.draw(width, height);
  const body = await encodeJpeg(toPicture(width, height, 3, [frame]), frame, width);
  return { status: 200, headers: { 'Content-Type': 'image/jpeg' }, body };
}
