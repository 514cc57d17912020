import { parseExactJson } from '../../../base/exact-json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { decodeLatin1, decodeUtf8 } from './decode-text.ts';
import { isPng, pngChunks } from './png-chunks.ts';
import { isWebp, webpExifTexts } from './webp-exif.ts';

/** The JSON texts that ComfyUI puts into a picture; an untrusted file's, so still to be parsed. */
export interface PictureMetadata {
  readonly prompt?: string;
  readonly workflow?: string;
  /** Id of the run of ours that made it. */
  readonly runId?: string;
}

/** The key of `extra_pnginfo` under which a run of ours writes its id into its pictures. */
export const RUN_KEY = 'second_unit';

/**
 * Reads `prompt` and `workflow` out of a PNG (tEXt, uncompressed iTXt) or a WebP (EXIF). Nothing for
 * other files, pictures without them, and pictures that hold them compressed.
 */
export function readPictureMetadata(bytes: Uint8Array): PictureMetadata | undefined {
  const found = new Map<string, string>();
  if (isPng(bytes)) {
    for (const { type, data } of pngChunks(bytes)) {
      const entry =
        type === 'tEXt'
          ? readText(data)
          : type === 'iTXt'
            ? readInternationalText(data)
            : undefined;
      if (entry !== undefined && !found.has(entry[0])) found.set(entry[0], entry[1]);
    }
  } else if (isWebp(bytes)) {
    for (const text of webpExifTexts(bytes)) {
      const colon = text.indexOf(':');
      if (colon > 0) found.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1));
    }
  }
  const prompt = found.get('prompt');
  const workflow = found.get('workflow');
  const runId = readRunId(found.get(RUN_KEY));
  if (prompt === undefined && workflow === undefined && runId === undefined) return undefined;
  return {
    ...(prompt === undefined ? {} : { prompt }),
    ...(workflow === undefined ? {} : { workflow }),
    ...(runId === undefined ? {} : { runId }),
  };
}

function readRunId(text: string | undefined): string | undefined {
  const value = text === undefined ? undefined : parseExactJson(text);
  const run = value?.ok === true && isJsonObject(value.value) ? value.value['run'] : undefined;
  return typeof run === 'string' ? run : undefined;
}

/** tEXt is Latin-1 by its specification; tools that ignore it write UTF-8, which is told by reading. */
function readText(data: Uint8Array): readonly [string, string] | undefined {
  const end = data.indexOf(0);
  if (end <= 0) return undefined;
  const value = data.subarray(end + 1);
  return [
    decodeLatin1(data.subarray(0, end)).toLowerCase(),
    decodeUtf8(value) ?? decodeLatin1(value),
  ];
}

/** keyword, 0, compressed?, method, language, 0, translated keyword, 0, UTF-8 text. */
function readInternationalText(data: Uint8Array): readonly [string, string] | undefined {
  const end = data.indexOf(0);
  if (end <= 0 || data[end + 1] !== 0) return undefined;
  const language = data.indexOf(0, end + 3);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (translated < 0) return undefined;
  const text = decodeUtf8(data.subarray(translated + 1));
  return text === undefined ? undefined : [decodeLatin1(data.subarray(0, end)).toLowerCase(), text];
}
