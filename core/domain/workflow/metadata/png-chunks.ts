/** One chunk of a PNG: its four-letter type and where its data lies. */
export interface PngChunk {
  readonly type: string;
  /** Offset of the length field, where the chunk begins. */
  readonly start: number;
  readonly data: Uint8Array;
  /** Offset behind the checksum. */
  readonly end: number;
}

/** True when the bytes begin as every PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** The chunks of a PNG in file order; a file that breaks off gives those that are whole. */
export function pngChunks(bytes: Uint8Array): readonly PngChunk[] {
  const chunks: PngChunk[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = SIGNATURE.length;
  while (start + OVERHEAD <= bytes.length) {
    const length = view.getUint32(start);
    const end = start + OVERHEAD + length;
    if (end > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    chunks.push({ type, start, data: bytes.subarray(start + 8, end - 4), end });
    if (type === 'IEND') break;
    start = end;
  }
  return chunks;
}

/** True for a PNG that was written to its end. */
export function isWholePng(bytes: Uint8Array): boolean {
  return isPng(bytes) && pngChunks(bytes).at(-1)?.type === 'IEND';
}

/** Makes one chunk: length, type, data, and the checksum of the PNG specification. */
export function encodePngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(OVERHEAD + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index += 1) chunk[4 + index] = type.charCodeAt(index);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

const SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and checksum around the data. */
const OVERHEAD = 12;

const CRC_TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (CRC_TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
