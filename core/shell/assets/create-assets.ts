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
/** Runs and shown texts whose bytes are kept: a preview is some 100 kB, and a night has hundreds of runs. */
const MAX_SLOTS = 64;

/** Makes the picture desk: ids for files of ComfyUI, and for the newest live preview of each run. */
export function createAssets(findComfy: FindComfy): Assets {
  const sources = new Map<string, AssetSource>();
  /** The newest preview of each slot and the one before it, the slot used last at the end. */
  const slots = new Map<string, readonly string[]>();
  let previews = 0;
  const idOf = (source: AssetSource, slot: string): string => {
    if (source.kind === 'bytes') {
      previews += 1;
      return `preview-${hash(slot)}-${String(previews)}`;
    }
    const { server, folder, subfolder, filename } = source;
    return `file-${hash([server, folder, subfolder, filename].join('\n'))}`;
  };
  const forget = (assetIds: readonly string[]): void => {
    for (const assetId of assetIds) sources.delete(assetId);
  };
  const keepInSlot = (slot: string, assetId: string): void => {
    const before = slots.get(slot) ?? [];
    // A page may still be loading the one before; only older ones go.
    forget(before.slice(0, -1));
    slots.delete(slot);
    slots.set(slot, [...before.slice(-1), assetId]);
    const [oldest] = slots.size > MAX_SLOTS ? slots : [];
    if (oldest === undefined) return;
    forget(oldest[1]);
    slots.delete(oldest[0]);
  };
  return {
    register: (source, slot = '') => {
      const assetId = idOf(source, slot);
      sources.delete(assetId);
      sources.set(assetId, source);
      if (source.kind === 'bytes') keepInSlot(slot, assetId);
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
