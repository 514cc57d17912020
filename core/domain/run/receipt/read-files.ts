import { type JsonValue, isJsonObject } from '../../../base/json.ts';
import type { ReceiptInput } from '../../../contract/run/receipt.schema.ts';
import { modelFolderOf } from '../../machine/model-folder.ts';
import type { ReceiptNode } from './payload-nodes.ts';

/** A model file that a payload names. */
export interface NamedModel {
  readonly name: string;
  /** Null where nothing says which. */
  readonly folder: string | null;
  readonly nodeTitles: readonly string[];
}

const MODEL_FILE = /\.(?:safetensors|sft|ckpt|pt2?|pth|bin|gguf|onnx)$/i;
const MEDIA_FILE =
  /\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|exr|hdr|mp4|mov|mkv|webm|wav|mp3|flac|ogg)$/i;
/** What choices say that stand for "none of them". */
const NOTHING = /^(?:none|disabled|auto)?$/i;
/** Longer texts are prompts, whatever they end in. */
const MOST = 300;

/** The model files that a payload loads, each once. */
export function readModelNames(nodes: ReadonlyMap<string, ReceiptNode>): readonly NamedModel[] {
  const models = new Map<string, NamedModel>();
  for (const { classType, nodeTitle, inputs } of nodes.values()) {
    for (const [input, value] of Object.entries(inputs)) {
      const named = modelIn(classType, input, value);
      if (named === undefined) continue;
      const key = `${named.folder ?? ''}\n${named.name}`;
      const titles = models.get(key)?.nodeTitles ?? [];
      const nodeTitles = titles.includes(nodeTitle) ? titles : [...titles, nodeTitle];
      models.set(key, { ...named, nodeTitles });
    }
  }
  return [...models.values()];
}

function modelIn(
  classType: string,
  input: string,
  value: JsonValue,
): Omit<NamedModel, 'nodeTitles'> | undefined {
  if (typeof value === 'string') {
    if (NOTHING.test(value) || value.length > MOST) return undefined;
    const folder = modelFolderOf(classType, input);
    return folder === undefined && !MODEL_FILE.test(value)
      ? undefined
      : { name: value, folder: folder ?? null };
  }
  // One row of a loader for several LoRAs, e.g. {"on": true, "lora": "x.safetensors", "strength": 1}.
  if (!isJsonObject(value) || value['on'] === false) return undefined;
  const lora = value['lora'];
  return typeof lora === 'string' && MODEL_FILE.test(lora)
    ? { name: lora, folder: 'loras' }
    : undefined;
}

/** The pictures, clips and sounds that a payload reads, by the names under which ComfyUI knows them. */
export function readInputNames(nodes: ReadonlyMap<string, ReceiptNode>): readonly ReceiptInput[] {
  return [...nodes.values()].flatMap(({ nodeId, nodeTitle, classType, inputs }) =>
    /^(?:Save|Preview)/.test(classType)
      ? []
      : Object.values(inputs).flatMap((value) =>
          typeof value === 'string' && value.length <= MOST && MEDIA_FILE.test(plainName(value))
            ? [{ nodeId, nodeTitle, filename: value }]
            : [],
        ),
  );
}

/** Where ComfyUI keeps an input file: "shots/plate.png [output]" is in a folder that is not the usual one. */
export function toInputFile(filename: string): {
  readonly filename: string;
  readonly subfolder: string;
  readonly folder: 'input' | 'output' | 'temp';
} {
  const path = plainName(filename).replaceAll('\\', '/');
  const cut = path.lastIndexOf('/');
  const marked = /\[(input|output|temp)\]$/.exec(filename)?.[1];
  return {
    filename: path.slice(cut + 1),
    subfolder: cut < 0 ? '' : path.slice(0, cut),
    folder: marked === 'output' || marked === 'temp' ? marked : 'input',
  };
}

function plainName(value: string): string {
  return value.replace(/\s*\[(?:input|output|temp)\]$/, '');
}
