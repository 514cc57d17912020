import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type JsonValue } from '../../base/json.ts';
import { filesOf, modelFolders, modelMetadata, sizeOf } from '../catalog/model-folders.ts';
import { emptyReply, jsonReply } from '../http/reply.ts';
import { type Route } from '../http/router.ts';
import { type Practice } from '../practice.ts';

/** When the practice models were "downloaded", Unix seconds. */
const MODELS_DATE = 1_700_000_000;

/** Which models there are, and what their headers say. */
export function modelRoutes(practice: Practice): readonly Route[] {
  const folders = modelFolders.filter(({ key }) => key !== 'configs' && key !== 'custom_nodes');
  const pathsOf = (places: readonly string[]): readonly string[] =>
    places.map((place) => join(practice.folders.root, 'models', place));
  return [
    {
      method: 'GET',
      path: '/models',
      handler: () => jsonReply(modelFolders.map(({ key }) => key)),
    },
    {
      method: 'GET',
      path: '/models/:folder',
      handler: async ({ params }) => {
        const files = filesOf(await practice.info(), params['folder'] ?? '');
        return files === undefined ? emptyReply(404) : jsonReply(files);
      },
    },
    {
      method: 'GET',
      path: '/experiment/models',
      handler: () =>
        jsonReply(folders.map(({ key, places }) => ({ name: key, folders: pathsOf(places) }))),
    },
    {
      method: 'GET',
      path: '/experiment/models/:folder',
      handler: async ({ params }) => {
        const key = params['folder'] ?? '';
        const files = filesOf(await practice.info(), key);
        if (files === undefined || !folders.some((folder) => folder.key === key)) {
          return emptyReply(404);
        }
        const places = pathsOf(folders.find((folder) => folder.key === key)?.places ?? []);
        return jsonReply(await Promise.all(files.map((name) => describeFile(name, places))));
      },
    },
    {
      method: 'GET',
      path: '/view_metadata/:folder',
      handler: ({ params, query }) => {
        const name = `${params['folder'] ?? ''}/${query.get('filename') ?? ''}`;
        const metadata = Object.hasOwn(modelMetadata, name) ? modelMetadata[name] : undefined;
        return metadata === undefined ? emptyReply(404) : jsonReply(metadata);
      },
    },
    {
      method: 'GET',
      path: '/embeddings',
      handler: async () => {
        const files = filesOf(await practice.info(), 'embeddings') ?? [];
        return jsonReply(files.map((name) => name.replace(/\.[^.]+$/, '')));
      },
    },
    {
      method: 'GET',
      path: '/internal/folder_paths',
      isInternal: true,
      handler: () =>
        jsonReply(
          Object.fromEntries(modelFolders.map(({ key, places }) => [key, pathsOf(places)])),
        ),
    },
  ];
}

/** A file that somebody put there has its own size and date; all others are made up. */
async function describeFile(name: string, places: readonly string[]): Promise<JsonValue> {
  for (const [pathIndex, place] of places.entries()) {
    const found = await stat(join(place, name)).catch(() => undefined);
    if (found === undefined) continue;
    const [modified, created] = [found.mtimeMs / 1000, found.birthtimeMs / 1000];
    return { name, pathIndex, modified, created, size: found.size };
  }
  const made = { modified: MODELS_DATE, created: MODELS_DATE, size: sizeOf(name) };
  return { name, pathIndex: 0, ...made };
}
