import { readdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';

/** Kinds of folders that files go into and are viewed from. */
export type FolderKind = 'input' | 'output' | 'temp';

/** Where the practice server keeps files. */
export interface Folders {
  readonly root: string;
  readonly input: string;
  readonly output: string;
  readonly temp: string;
  readonly user: string;
}

/** Makes the folders below `root` when they are not there. */
export async function createFolders(root: string): Promise<Folders> {
  const folders = {
    root,
    input: join(root, 'input'),
    output: join(root, 'output'),
    temp: join(root, 'temp'),
    user: join(root, 'user', 'default'),
  };
  await Promise.all(Object.values(folders).map((path) => mkdir(path, { recursive: true })));
  return folders;
}

/** Narrows to a folder that files may be viewed from. */
export function isFolderKind(kind: string): kind is FolderKind {
  return kind === 'input' || kind === 'output' || kind === 'temp';
}

/** Joins a path below a folder; undefined when it would leave the folder. */
export function resolveInside(folder: string, ...parts: readonly string[]): string | undefined {
  const path = resolve(join(folder, ...parts.map(toLocal)));
  return path === folder || path.startsWith(folder + sep) ? path : undefined;
}

/** Joins as Python's os.path.join: an absolute part starts over. Undefined when it leaves the folder. */
export function joinInside(folder: string, part: string): string | undefined {
  const path = part.startsWith('/') ? resolve(part) : resolve(folder, toLocal(part));
  return path === folder || path.startsWith(folder + sep) ? path : undefined;
}

/** Splits "name.png [input]" into its name and folder. */
export function parseAnnotatedName(name: string): {
  readonly name: string;
  readonly kind: FolderKind | undefined;
} {
  const match = /^(.*?)\s*\[(input|output|temp)\]$/.exec(name);
  const kind = match?.[2];
  return match === null || kind === undefined || !isFolderKind(kind)
    ? { name, kind: undefined }
    : { name: match[1] ?? '', kind };
}

/** The file that a LoadImage value names; undefined when there is none or it is outside. */
export function findInputFile(folders: Folders, value: string): string | undefined {
  const { name, kind } = parseAnnotatedName(value);
  const path = resolveInside(folders[kind ?? 'input'], name);
  const info = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  return info?.isFile() === true ? path : undefined;
}

/** Names of the pictures at the top of the input folder, sorted, as LoadImage offers them. */
export function listInputFiles(folders: Folders): readonly string[] {
  return readdirSync(folders.input, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(png|jpe?g|webp|gif|bmp|tiff?|avif)$/i.test(entry.name))
    .map((entry) => basename(entry.name))
    .sort();
}

function toLocal(part: string): string {
  return part.replaceAll('\\', '/');
}
