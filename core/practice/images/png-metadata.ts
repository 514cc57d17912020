import { crc32 } from 'node:zlib';
import { type JsonObject } from '../../base/json.ts';
import { toAsciiJson } from '../http/reply.ts';

/** Adds the tEXt chunks of ComfyUI: `prompt`, and one per key of extra_pnginfo ("workflow"). */
export function insertMetadata(png: Buffer, payload: JsonObject, pngInfo: JsonObject): Uint8Array {
  const chunks = Object.entries({ prompt: payload, ...pngInfo }).map(([key, value]) => {
    const body = Buffer.from(`tEXt${key}\0${toAsciiJson(value)}`, 'latin1');
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length - 4);
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, tail]);
  });
  // Behind the signature (8 bytes) and IHDR (25 bytes).
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}
