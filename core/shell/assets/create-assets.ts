import { createHash } from 'node:crypto';
import { err } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import type { AssetSource, Assets } from '../../ports/assets.ts';
import type { Comfy } from '../../ports/comfy.ts';

/** Finds the server that a picture lives on; undefined when it is not the current one. */
export type FindComfy = (url: string) => Pick<Comfy, 'fetchFile'> | undefined;

/** How many pictures can be asked for by id; the oldest are forgotten. */
const MAX_ASSETS = 20_000;

/** Makes the picture desk: ids for files of ComfyUI, and for the newest live preview of each run. */
export function createAssets(findComfy: FindComfy): Assets {
  const sources = new Map<string, AssetSource>();
  const slots = new Map<string, string>();
  let previews = 0;
  const idOf = (source: AssetSource, slot: string): string => {
    if (source.kind === 'bytes') {
      previews += 1;
      return `preview-${hash(slot)}-${String(previews)}`;
    }
    const { server, folder, subfolder, filename } = source;
    return `file-${hash([server, folder, subfolder, filename].join('\n'))}`;
  };
  return {
    register: (source, slot = '') => {
      const assetId = idOf(source, slot);
      sources.delete(assetId);
      sources.set(assetId, source);
      const replaced = slots.get(slot);
      if (source.kind === 'bytes') {
        // A page may still be loading the one before; only older ones go.
        const previous = slots.get(`${slot}\nbefore`);
        if (previous !== undefined) sources.delete(previous);
        if (replaced !== undefined) slots.set(`${slot}\nbefore`, replaced);
        slots.set(slot, assetId);
      }
      const oldest = sources.size > MAX_ASSETS ? sources.keys().next().value : undefined;
      if (oldest !== undefined) sources.delete(oldest);
      return assetId;
    },
    read: async (assetId) => {
      const source = sources.get(assetId);
      if (source === undefined) return err(appError('comfy/output-missing', { filename: assetId }));
      if (source.kind === 'bytes') {
        return ok({ bytes: source.bytes, mediaType: source.mediaType });
      }
      const comfy = findComfy(source.server);
      if (comfy === undefined) return err(appError('comfy/not-connected', {}));
      return comfy.fetchFile(source);
    },
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
