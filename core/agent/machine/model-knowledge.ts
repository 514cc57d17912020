import {
  type KnownModel,
  type KnownModels,
  modelKey,
  publishedSizes,
} from '../../domain/machine/forecast/known-models.ts';
import type { UsedModel } from '../../domain/machine/read-workload.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { LocalModelFile, ModelFiles } from '../../ports/model-files.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import { serverName } from '../runs/server-name.ts';

/** What can be known of the models that a workflow loads. */
export interface ModelKnowledge {
  /** From the head of the file where it is on this machine, else its size as the server tells it, else as it is published. */
  of(used: readonly UsedModel[]): Promise<KnownModels>;
}

type Places = ReadonlyMap<string, readonly string[]>;

/** Folders change seldom, and a forecast is asked for after every edit; the newest server is remembered. */
export function createModelKnowledge({
  link,
  modelFiles,
}: {
  readonly link: ComfyLink;
  readonly modelFiles: ModelFiles;
}): ModelKnowledge {
  let remembered: { readonly comfy: Comfy; readonly places: Places } | undefined;

  const placesOf = async (comfy: Comfy): Promise<Places> => {
    if (remembered?.comfy === comfy) return remembered.places;
    const told = await comfy.modelPlaces();
    if (!told.ok) return new Map();
    remembered = { comfy, places: told.value };
    return told.value;
  };
  const findFile = async (
    comfy: Comfy,
    { folder, name }: UsedModel,
  ): Promise<LocalModelFile | undefined> => {
    const folders = (await placesOf(comfy)).get(folder) ?? [];
    return modelFiles.find({ server: serverName(comfy.connection), folders, name });
  };
  const read = async (file: LocalModelFile): Promise<KnownModel> => {
    const { bytes } = file;
    if (!/\.(?:safetensors|sft)$/i.test(file.path)) return { bytes };
    const header = await modelFiles.header(file);
    const isRead = header.ok && typeof header.value !== 'string';
    return isRead && typeof header.value !== 'string' ? { bytes, header: header.value } : { bytes };
  };

  return {
    of: async (used) => {
      const comfy = link.current;
      const known = new Map(publishedSizes(used));
      if (comfy === undefined) return known;
      const missing: UsedModel[] = [];
      for (const model of new Map(used.map((each) => [modelKey(each), each])).values()) {
        const file = await findFile(comfy, model);
        if (file === undefined) missing.push(model);
        else known.set(modelKey(model), await read(file));
      }
      for (const folder of new Set(missing.map((model) => model.folder))) {
        const files = await comfy.modelFiles(folder);
        // A server that tells no sizes leaves them unknown, and the forecast says so.
        if (!files.ok) continue;
        const wanted = new Set(missing.map(modelKey));
        for (const { name, bytes } of files.value) {
          const key = modelKey({ folder, name });
          if (wanted.has(key)) known.set(key, { bytes });
        }
      }
      return known;
    },
  };
}
