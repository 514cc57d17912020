import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isFolderKind } from '../folders.ts';
import { emptyReply, jsonReply } from '../http/reply.ts';
import { type Route } from '../http/router.ts';
import { type Practice } from '../practice.ts';

/** Routes that ComfyUI keeps for its own page; none of them below `/api`. */
export function internalRoutes(practice: Practice): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/internal/files/:type',
      isInternal: true,
      handler: async ({ params }) => {
        const type = params['type'] ?? '';
        if (!isFolderKind(type)) return jsonReply({ error: 'Invalid directory type' }, 400);
        return jsonReply(await newestFirst(practice.folders[type]));
      },
    },
    {
      method: 'GET',
      path: '/internal/logs',
      isInternal: true,
      handler: () => jsonReply(practice.log.map(({ t, m }) => `${t} - ${m}`).join('')),
    },
    {
      method: 'GET',
      path: '/internal/logs/raw',
      isInternal: true,
      handler: () =>
        jsonReply({
          entries: practice.log.map(({ t, m }) => ({ t, m })),
          size: { cols: 80, rows: 24 },
        }),
    },
    {
      method: 'PATCH',
      path: '/internal/logs/subscribe',
      isInternal: true,
      handler: () => emptyReply(),
    },
  ];
}

async function newestFirst(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(async ({ name }) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  return files.sort((a, b) => b.at - a.at).map(({ name }) => name);
}
