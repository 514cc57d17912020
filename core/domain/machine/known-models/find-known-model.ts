import { companionRows } from './companion-rows.ts';
import { diffusionRows } from './diffusion-rows.ts';

/** What is known of a published model file; what is absent is not known. */
export interface KnownModel {
  /** Folder under `models` where it goes. */
  readonly folder: string;
  /** Ids of the families that take it; empty where it fits any, or nobody can tell. */
  readonly families: readonly string[];
  /** Size of the file in bytes, rounded. */
  readonly bytes?: number;
  readonly licence?: string;
  /** The page it is published on, without `https://`. */
  readonly source?: string;
}

/**
 * What is known of a file by its published name; the row of the wanted folder comes before others. Undefined for names
 * that nobody published, so that "not known" is never a guess.
 */
export function findKnownModel(file: string, folder?: string): KnownModel | undefined {
  const name = plainName(file);
  const rows = knownRows.filter(({ pattern }) => pattern.test(name));
  return (rows.find(({ model }) => model.folder === folder) ?? rows[0])?.model;
}

/** File name in lower case, without folders and ending. */
function plainName(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  return base.toLowerCase().replace(/\.(?:safetensors|sft|ckpt|pth?|bin|gguf|onnx)$/, '');
}

/** Every row, for tests and for whoever wants to see what is known. */
export const knownRows: readonly {
  readonly pattern: RegExp;
  readonly model: KnownModel;
}[] = `${diffusionRows}\n${companionRows}`
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map(readRow);

function readRow(line: string): { readonly pattern: RegExp; readonly model: KnownModel } {
  const [name = '', folder = '', families = '-', size = '-', licence = '-', source = '-'] = line
    .split('|')
    .map((cell) => cell.trim());
  return {
    pattern: toPattern(name),
    model: {
      folder,
      families: families === '-' ? [] : families.split(/,\s*/),
      ...(size === '-' ? {} : { bytes: Number(size) * 1e9 }),
      ...(licence === '-' ? {} : { licence }),
      ...(source === '-' ? {} : { source }),
    },
  };
}

/** `*` is anything, `?` one letter, `[ab]` one of those. */
function toPattern(name: string): RegExp {
  const text = name
    .toLowerCase()
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${text}$`);
}
