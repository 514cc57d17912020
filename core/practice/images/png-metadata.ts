import { stringifyExactJson } from '../../base/exact-json.ts';
import { type JsonObject } from '../../base/json.ts';
import { insertPngText } from '../../domain/workflow/metadata/write-png-text.ts';

/** Adds the tEXt chunks of ComfyUI: `prompt`, and one per key of extra_pnginfo ("workflow"). */
export function insertMetadata(png: Buffer, payload: JsonObject, pngInfo: JsonObject): Uint8Array {
  const entries = Object.entries({ prompt: payload, ...pngInfo });
  return insertPngText(
    png,
    entries.map(([key, value]) => [key, stringifyExactJson(value)]),
  );
}
