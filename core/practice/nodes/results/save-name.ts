import { mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { resolveInside } from '../../folders.ts';
import { NodeFailure } from '../node-failure.ts';

/** Where the next files of a save node go. */
export interface SavePlace {
  readonly folder: string;
  /** Below the output folder, "/" between parts, "" for the folder itself. */
  readonly subfolder: string;
  /** Name of the nth file; `%batch_num%` is filled in. */
  fileName(index: number, extension: string): string;
}

/** What goes into the tokens of a prefix. */
export interface PrefixFacts {
  readonly width: number;
  readonly height: number;
  readonly today: Date;
}

/**
 * Finds the next free counter for a prefix, as folder_paths.get_save_image_path: tokens %width%,
 * %height%, %year%, %month%, %day%, %hour%, %minute%, %second%; a prefix may have folders but not
 * leave the output folder.
 */
export async function findSavePlace(
  root: string,
  prefix: string,
  facts: PrefixFacts,
): Promise<SavePlace> {
  const filled = fillTokens(prefix, facts);
  const path = filled.startsWith('/') ? undefined : resolveInside(root, filled);
  if (path === undefined || path === root) throw outside(root, filled);
  const folder = filled.endsWith('/') ? path : dirname(path);
  const name = filled.endsWith('/') ? '' : basename(path);
  await mkdir(folder, { recursive: true });
  const counter = nextCounter(await readdir(folder), name);
  return {
    folder,
    subfolder: relative(root, folder).split(sep).join('/'),
    fileName: (index, extension) => {
      const number = String(counter + index).padStart(5, '0');
      return `${name.replaceAll('%batch_num%', String(index))}_${number}_.${extension}`;
    },
  };
}

/** Joins a place and a name to a path. */
export function pathIn(place: SavePlace, name: string): string {
  return join(place.folder, name);
}

function fillTokens(prefix: string, facts: PrefixFacts): string {
  const { today } = facts;
  const two = (value: number): string => String(value).padStart(2, '0');
  const values: Readonly<Record<string, string>> = {
    '%width%': String(facts.width),
    '%height%': String(facts.height),
    '%year%': String(today.getFullYear()),
    '%month%': two(today.getMonth() + 1),
    '%day%': two(today.getDate()),
    '%hour%': two(today.getHours()),
    '%minute%': two(today.getMinutes()),
    '%second%': two(today.getSeconds()),
  };
  const filled = Object.entries(values).reduce(
    (text, [token, value]) => text.replaceAll(token, value),
    prefix,
  );
  // The page itself fills %date:yyyy-MM-dd%; the server never sees it, so a payload that has it is read alike.
  return filled.replace(/%date:([^%]*)%/g, (_, pattern: string) =>
    pattern
      .replaceAll('yyyy', String(today.getFullYear()))
      .replaceAll('yy', two(today.getFullYear() % 100))
      .replaceAll('MM', two(today.getMonth() + 1))
      .replaceAll('dd', two(today.getDate()))
      .replaceAll('hh', two(today.getHours()))
      .replaceAll('mm', two(today.getMinutes()))
      .replaceAll('ss', two(today.getSeconds())),
  );
}

function nextCounter(files: readonly string[], name: string): number {
  const used = files
    .filter((file) => file.startsWith(`${name}_`))
    .map((file) => Number.parseInt(file.slice(name.length + 1).split('_')[0] ?? '', 10))
    .filter((counter) => !Number.isNaN(counter));
  return Math.max(0, ...used) + 1;
}

function outside(root: string, prefix: string): NodeFailure {
  return new NodeFailure(
    `**** ERROR: Saving image outside the output folder is not allowed.\n full_output_folder: ${prefix}\n         output_dir: ${root}`,
    'Exception',
  );
}
