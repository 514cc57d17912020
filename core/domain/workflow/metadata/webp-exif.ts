import { decodeLatin1, decodeUtf8 } from './decode-text.ts';

/** True when the bytes begin as a WebP file does. */
export function isWebp(bytes: Uint8Array): boolean {
  return (
    decodeLatin1(bytes.subarray(0, 4)) === 'RIFF' && decodeLatin1(bytes.subarray(8, 12)) === 'WEBP'
  );
}

/** The text values of the first directory of a WebP's EXIF block; ComfyUI writes `key:json` in each. */
export function webpExifTexts(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 12;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at + 4, true);
    const data = bytes.subarray(at + 8, Math.min(at + 8 + length, bytes.length));
    if (decodeLatin1(bytes.subarray(at, at + 4)) === 'EXIF') return tiffTexts(withoutMarker(data));
    // Chunks are padded to an even length.
    at += 8 + length + (length % 2);
  }
  return [];
}

/** Some writers put "Exif\0\0" before the block, as JPEG has it. */
function withoutMarker(data: Uint8Array): Uint8Array {
  return decodeLatin1(data.subarray(0, 4)) === 'Exif' ? data.subarray(6) : data;
}

/** EXIF's number for "ASCII text". */
const TEXT_TYPE = 2;

function tiffTexts(data: Uint8Array): readonly string[] {
  if (data.length < 8) return [];
  const order = decodeLatin1(data.subarray(0, 2));
  if (order !== 'II' && order !== 'MM') return [];
  const little = order === 'II';
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const start = view.getUint32(4, little);
  if (start + 2 > data.length) return [];
  const count = view.getUint16(start, little);
  const texts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const entry = start + 2 + index * 12;
    if (entry + 12 > data.length) break;
    if (view.getUint16(entry + 2, little) !== TEXT_TYPE) continue;
    const length = view.getUint32(entry + 4, little);
    // Four bytes or fewer stand in the entry itself.
    const from = length <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    if (from + length > data.length) continue;
    const value = data.subarray(from, from + length);
    const text = decodeUtf8(value) ?? decodeLatin1(value);
    texts.push(text.replace(/\0+$/, ''));
  }
  return texts;
}
