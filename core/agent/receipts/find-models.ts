import { familyOfFile } from '../../domain/machine/model-families.ts';
import { describePrecision } from '../../domain/machine/describe-precision.ts';
import type { ReceiptModel } from '../../contract/run/receipt.schema.ts';
import type { Comfy, ModelFile } from '../../ports/comfy.ts';
import type { LocalModelFile, ModelFiles } from '../../ports/model-files.ts';

/** A model of a receipt and where it was found. */
export interface FoundModel {
  readonly folder: string | null;
  /** Undefined where it cannot be read from here. */
  readonly file: LocalModelFile | undefined;
  /** What the server says of its size. */
  readonly bytes: number | undefined;
  /** False: the server says that it has none of this name; undefined: nobody says. */
  readonly isListed: boolean | undefined;
}

type NamedModel = Pick<ReceiptModel, 'name' | 'folder'>;

/** Finds the model files of one server; asks it once for each folder. */
export interface ModelFinder {
  find(model: NamedModel): Promise<FoundModel>;
  /** The files of a folder with their sizes; empty where the server does not tell. */
  list(folder: string): Promise<readonly ModelFile[]>;
  /** A file of that folder that can be read here. */
  open(folder: string, name: string): Promise<LocalModelFile | undefined>;
}

/** Makes a finder for as long as the server's folders are not expected to change. */
export function createModelFinder(comfy: Comfy, modelFiles: ModelFiles): ModelFinder {
  const lists = new Map<string, Promise<readonly ModelFile[]>>();
  let places: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  const placesNow = (): Promise<ReadonlyMap<string, readonly string[]>> =>
    (places ??= comfy.modelPlaces().then((told) => (told.ok ? told.value : new Map())));
  const list = (folder: string): Promise<readonly ModelFile[]> => {
    const asked =
      lists.get(folder) ?? comfy.modelFiles(folder).then((files) => (files.ok ? files.value : []));
    lists.set(folder, asked);
    return asked;
  };
  const look = async (
    folder: string,
    name: string,
    bytes: number | undefined,
  ): Promise<LocalModelFile | undefined> => {
    const folders = (await placesNow()).get(folder) ?? [];
    return modelFiles.find({ server: comfy.connection.url ?? '', folders, name, bytes });
  };
  const isNamed = (name: string) => (file: ModelFile) => plain(file.name) === plain(name);
  return {
    list,
    open: async (folder, name) =>
      look(folder, name, (await list(folder)).find(isNamed(name))?.bytes),
    find: async ({ name, folder }) => {
      if (folder !== null) {
        const files = await list(folder);
        const listed = files.find(isNamed(name));
        const isListed = await isInFolder(comfy, folder, name, files);
        const file = await look(folder, name, listed?.bytes);
        return { folder, file, bytes: listed?.bytes ?? file?.bytes, isListed };
      }
      for (const [key] of await placesNow()) {
        const file = await look(key, name, undefined);
        if (file !== undefined) return { folder: key, file, bytes: file.bytes, isListed: true };
      }
      return { folder, file: undefined, bytes: undefined, isListed: undefined };
    },
  };
}

/** Old servers tell names without sizes. */
async function isInFolder(
  comfy: Comfy,
  folder: string,
  name: string,
  files: readonly ModelFile[],
): Promise<boolean | undefined> {
  if (files.length > 0) return files.some((file) => plain(file.name) === plain(name));
  const names = await comfy.models(folder);
  return names.ok ? names.value.some((each) => plain(each) === plain(name)) : undefined;
}

/** What the receipt can say of a model now, without reading more than its head. */
export async function describeModelNow(
  { name, nodeTitles }: ReceiptModel,
  { folder, file, bytes }: FoundModel,
  { comfy, modelFiles }: { readonly comfy: Comfy; readonly modelFiles: ModelFiles },
): Promise<ReceiptModel> {
  const known = { name, folder, nodeTitles, ...(bytes === undefined ? {} : { bytes }) };
  if (file === undefined) {
    const told = folder === null ? undefined : await comfy.modelMetadata(folder, name);
    const family = familyOf(name, told?.ok === true ? told.value : {});
    return { ...known, ...(family === undefined ? {} : { family }), hash: 'unreadable' };
  }
  const read = await modelFiles.header(file);
  const header = read.ok && typeof read.value !== 'string' ? read.value : undefined;
  const family = familyOf(name, header?.metadata ?? {});
  const precision = header === undefined ? undefined : describePrecision(header);
  const sha256 = await modelFiles.knownHash(file);
  return {
    ...known,
    ...(family === undefined ? {} : { family }),
    modifiedAt: file.modifiedAt,
    ...(precision === undefined ? {} : { precision }),
    ...(sha256 === undefined ? { hash: 'pending' } : { sha256, hash: 'known' }),
  };
}

/** What the file says of itself counts more than what it is called. */
function familyOf(name: string, metadata: Readonly<Record<string, string>>): string | undefined {
  return metadata['modelspec.architecture'] ?? familyOfFile(name)?.name;
}

/** Windows servers name subfolders with a backslash. */
function plain(name: string): string {
  return name.replaceAll('\\', '/');
}
