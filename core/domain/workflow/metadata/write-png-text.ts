import { encodePngChunk, isPng, pngChunks } from './png-chunks.ts';

/**
 * Puts tEXt chunks (keyword, text) behind a PNG's header, as ComfyUI does with `prompt` and `workflow`.
 * Characters beyond ASCII become JSON escapes, so the text must be JSON. Bytes that are no PNG come back
 * as they are.
 */
export function insertPngText(
  bytes: Uint8Array,
  entries: readonly (readonly [keyword: string, text: string])[],
): Uint8Array {
  const header = isPng(bytes) ? pngChunks(bytes)[0] : undefined;
  if (header?.type !== 'IHDR') return bytes;
  const added = entries.map(([keyword, text]) =>
    encodePngChunk('tEXt', toAscii(`${keyword}\0${escapeJson(text)}`)),
  );
  const length = added.reduce((sum, chunk) => sum + chunk.length, bytes.length);
  const result = new Uint8Array(length);
  result.set(bytes.subarray(0, header.end));
  let at = header.end;
  for (const chunk of added) {
    result.set(chunk, at);
    at += chunk.length;
  }
  result.set(bytes.subarray(header.end), at);
  return result;
}

/** Writes every character beyond ASCII as the JSON escape that Python's `json.dumps` writes. */
export function escapeJson(text: string): string {
  return text.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function toAscii(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, index) => text.charCodeAt(index) & 0xff);
}
