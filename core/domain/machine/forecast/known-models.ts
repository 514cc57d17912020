import { findKnownModel } from '../known-models/find-known-model.ts';
import type { UsedModel } from '../read-workload.ts';
import type { SafetensorsHeader } from '../safetensors-header.ts';

/** What is known of a model file. */
export interface KnownModel {
  /** Of the file. */
  readonly bytes: number;
  /** What its head says; absent where the file cannot be read from here. */
  readonly header?: SafetensorsHeader;
  /** True where nobody saw the file, and its size is the one it is published with. */
  readonly isPublished?: boolean;
}

/** By "folder/name", as far as the server and the disk tell. */
export type KnownModels = ReadonlyMap<string, KnownModel>;

/** What a file takes once it is loaded, by what it holds; bytes. */
export interface LoadedBytes {
  readonly model: number;
  readonly textEncoder: number;
  readonly vae: number;
}

const NOTHING: LoadedBytes = { model: 0, textEncoder: 0, vae: 0 };
/** Kept in half the space: ComfyUI loads 32-bit and 64-bit weights as 16-bit ones. */
const SHRINKS: Readonly<Record<string, number>> = { F32: 0.5, F64: 0.25 };

/** The key of a model among the known ones. */
export function modelKey({ folder, name }: Pick<UsedModel, 'folder' | 'name'>): string {
  return `${folder}/${name}`;
}

/** The sizes that files have where they are published, of those that are known by their names. */
export function publishedSizes(used: readonly UsedModel[]): KnownModels {
  return new Map(
    used.flatMap((model) => {
      const bytes = findKnownModel(model.name, model.folder)?.bytes;
      return bytes === undefined ? [] : [[modelKey(model), { bytes, isPublished: true }]];
    }),
  );
}

/**
 * What a model takes in memory. With its head read, a checkpoint is parted into its model, its text encoder
 * and its VAE, which are not needed at the same time; without, all of it counts as the model.
 */
export function loadedBytes(used: UsedModel, models: KnownModels): LoadedBytes {
  const known = models.get(modelKey(used));
  if (known === undefined) return NOTHING;
  const { header } = known;
  const scale = (header === undefined ? 1 : shrinkOf(header)) * (used.isHalved ? 0.5 : 1);
  const whole = (header?.weightBytes ?? known.bytes) * scale;
  switch (used.part) {
    case 'text-encoder':
      return { ...NOTHING, textEncoder: whole };
    case 'vae':
      return { ...NOTHING, vae: whole };
    case 'checkpoint':
      return header === undefined
        ? { ...NOTHING, model: whole }
        : {
            model: header.parts.model * scale,
            textEncoder: header.parts.textEncoder * scale,
            vae: header.parts.vae * scale,
          };
    case 'model':
    case 'lora':
    case 'controlnet':
      return { ...NOTHING, model: whole };
  }
}

/** How the model that is sampled is kept: by its head where that was read, else by its name. */
export function precisionOf(used: readonly UsedModel[], models: KnownModels): string {
  const main = used.find(({ part }) => part === 'model' || part === 'checkpoint');
  if (main === undefined) return '16-bit';
  if (/\.gguf$/i.test(main.name)) return 'gguf';
  if (main.isHalved) return 'fp8';
  const header = models.get(modelKey(main))?.header;
  if (header !== undefined && header.weightBytes > 0) {
    const share = (pattern: RegExp): number =>
      Object.entries(header.formats).reduce(
        (sum, [format, size]) => sum + (pattern.test(format) ? size : 0),
        0,
      ) / header.weightBytes;
    if (share(/^F8/) > 0.5) return 'fp8';
    return share(/^(?:U8|I8|F4)/) > 0.5 ? 'fp4' : '16-bit';
  }
  if (/fp4|nf4/i.test(main.name)) return 'fp4';
  return /fp8|e4m3|e5m2/i.test(main.name) ? 'fp8' : '16-bit';
}

function shrinkOf({ formats, weightBytes }: SafetensorsHeader): number {
  if (weightBytes === 0) return 1;
  const loaded = Object.entries(formats).reduce(
    (sum, [format, size]) => sum + size * (SHRINKS[format] ?? 1),
    0,
  );
  return loaded / weightBytes;
}
