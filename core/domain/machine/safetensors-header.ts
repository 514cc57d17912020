import { parseExactJson } from '../../base/exact-json.ts';
import { type JsonObject, isJsonArray, isJsonObject } from '../../base/json.ts';
import { decodeUtf8 } from '../workflow/metadata/decode-text.ts';

/** What the head of a safetensors file tells about the rest. */
export interface SafetensorsHeader {
  /** Bytes that the whole file must have. */
  readonly fileBytes: number;
  readonly weightBytes: number;
  /** Bytes of each number format, e.g. {"F16": 1200}. */
  readonly formats: Readonly<Record<string, number>>;
  /** Bytes of what a checkpoint holds, by the names of its parts. */
  readonly parts: { readonly model: number; readonly textEncoder: number; readonly vae: number };
  readonly isLora: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Why a file is none: too short to hold its own head, or something else under that name. */
export type HeaderProblem = 'too-short' | 'not-safetensors';

/** A head of more bytes than this is no head: ComfyUI's reader refuses it as well. */
export const MAX_HEADER = 100 * 1024 * 1024;

/**
 * Reads the first bytes of a file: eight bytes of length, then JSON. `bytes` may be longer or the whole file.
 * The number of bytes to read first is in the first eight.
 */
export function parseSafetensorsHeader(bytes: Uint8Array): SafetensorsHeader | HeaderProblem {
  const length = headerLength(bytes);
  if (length === undefined) return 'too-short';
  if (length > MAX_HEADER || length < 2) return 'not-safetensors';
  if (bytes.byteLength < 8 + length) return 'too-short';
  const parsed = parseExactJson(decodeUtf8(bytes.subarray(8, 8 + length)) ?? '');
  if (!parsed.ok || !isJsonObject(parsed.value)) return 'not-safetensors';
  return readTensors(parsed.value, length);
}

/** How many bytes of JSON follow the first eight; undefined when not even those are there. */
export function headerLength(bytes: Uint8Array): number | undefined {
  if (bytes.byteLength < 8) return undefined;
  return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
}

function readTensors(header: JsonObject, length: number): SafetensorsHeader {
  const formats: Record<string, number> = {};
  const parts = { model: 0, textEncoder: 0, vae: 0 };
  let end = 0;
  let weightBytes = 0;
  let isLora = false;
  for (const [name, tensor] of Object.entries(header)) {
    if (name === '__metadata__' || !isJsonObject(tensor)) continue;
    const offsets = isJsonArray(tensor['data_offsets']) ? tensor['data_offsets'].map(Number) : [];
    const [from = 0, to = 0] = offsets;
    const size = to - from;
    const format = typeof tensor['dtype'] === 'string' ? tensor['dtype'] : '?';
    formats[format] = (formats[format] ?? 0) + size;
    parts[partOf(name)] += size;
    weightBytes += size;
    end = Math.max(end, to);
    isLora ||= /lora_(?:up|down|A|B)\b/.test(name);
  }
  return {
    fileBytes: 8 + length + end,
    weightBytes,
    formats,
    parts,
    isLora,
    metadata: textsOf(header['__metadata__']),
  };
}

function partOf(name: string): 'model' | 'textEncoder' | 'vae' {
  if (/^(?:first_stage_model|vae)\./.test(name)) return 'vae';
  if (/^(?:conditioner\.embedders|cond_stage_model|text_encoders)\./.test(name))
    return 'textEncoder';
  return 'model';
}

function textsOf(metadata: JsonObject[string] | undefined): Readonly<Record<string, string>> {
  if (!isJsonObject(metadata)) return {};
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}
