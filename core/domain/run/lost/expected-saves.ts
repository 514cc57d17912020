import { type JsonObject, type JsonValue, isJsonObject } from '../../../base/json.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import { expectedPicture } from '../expected-picture.ts';

/** Where an output node puts its pictures, as far as its payload tells. */
export interface ExpectedSave {
  readonly nodeId: string;
  /** Below the output folder, "/" between parts, "" for the folder itself. */
  readonly subfolder: string;
  /** Matches a file name of this node; its first group is the counter. */
  readonly pattern: RegExp;
  /** The name with a counter; undefined when the clock or the picture decides a part of it. */
  readonly fileName?: (counter: number) => string;
  /** How many pictures one run saves; undefined when that cannot be told. */
  readonly count?: number;
}

/** What a run leaves on the server's disk. */
export interface ExpectedSaves {
  readonly saves: readonly ExpectedSave[];
  /** True when finding all of these is finding everything that the run was to make. */
  readonly isEverything: boolean;
}

/**
 * The pictures that a run would have saved, by the rules of ComfyUI's `get_save_image_path` (0.3.64):
 * `prefix_00001_.png`, counted on per folder and prefix. Only pictures of "SaveImage" carry the run's id.
 */
export function expectedSaves(payload: JsonObject, catalog: NodeCatalog): ExpectedSaves {
  const saves: ExpectedSave[] = [];
  let isEverything = true;
  for (const [nodeId, node] of Object.entries(payload)) {
    const classType = isJsonObject(node) ? node['class_type'] : undefined;
    if (typeof classType !== 'string' || !isJsonObject(node)) continue;
    const save = classType === 'SaveImage' ? toSave(payload, nodeId, node['inputs']) : undefined;
    if (save !== undefined) saves.push(save);
    // An unknown class may be an output too.
    else if (catalog.get(classType)?.isOutput !== false) isEverything = false;
  }
  return {
    saves,
    isEverything:
      isEverything && saves.length > 0 && saves.every(({ count }) => count !== undefined),
  };
}

const OPEN_TOKEN = /%(?:year|month|day|hour|minute|second|batch_num|width|height)%/;

function toSave(
  payload: JsonObject,
  nodeId: string,
  inputs: JsonValue | undefined,
): ExpectedSave | undefined {
  const prefix = isJsonObject(inputs) ? inputs['filename_prefix'] : undefined;
  if (typeof prefix !== 'string' || prefix === '') return undefined;
  const { width, height, count } = expectedPicture(payload, nodeId);
  const filled = prefix
    .replaceAll('\\', '/')
    .replaceAll('%width%', width === undefined ? '%width%' : String(width))
    .replaceAll('%height%', height === undefined ? '%height%' : String(height));
  const parts = filled.split('/').filter((part) => part !== '' && part !== '.');
  const stem = parts.pop();
  if (stem === undefined || parts.includes('..') || stem === '..') return undefined;
  const subfolder = parts.join('/');
  // A folder named after the minute cannot be looked into.
  if (OPEN_TOKEN.test(subfolder)) return undefined;
  return {
    nodeId,
    subfolder,
    pattern: toPattern(stem),
    ...(OPEN_TOKEN.test(stem)
      ? {}
      : { fileName: (counter) => `${stem}_${String(counter).padStart(5, '0')}_.png` }),
    ...(count === undefined ? {} : { count }),
  };
}

function toPattern(stem: string): RegExp {
  const fixed = stem.split(new RegExp(OPEN_TOKEN, 'g')).map(escapePattern);
  return new RegExp(`^${fixed.join('.+')}_(\\d+)_\\.png$`);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
