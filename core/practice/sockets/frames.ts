import { type JsonObject } from '../../base/json.ts';
import { toAsciiJson } from '../http/reply.ts';

/** Picture format of a preview frame. */
export type FrameFormat = 'JPEG' | 'PNG';

/** A text frame: `{type, data}`. */
export function toTextFrame(type: string, data: JsonObject): string {
  return toAsciiJson({ type, data });
}

/** Binary frame type 1: uint32 type, uint32 format (1 JPEG, 2 PNG), the picture. Big-endian. */
export function toPreviewFrame(format: FrameFormat, picture: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(format === 'JPEG' ? 1 : 2, 4);
  return Buffer.concat([head, picture]);
}

/** Binary frame type 4: uint32 type, uint32 JSON length, JSON, the picture. Big-endian. */
export function toMetadataPreviewFrame(
  format: FrameFormat,
  picture: Uint8Array,
  promptId: string,
  nodeId: string,
): Buffer {
  const json = Buffer.from(
    toAsciiJson({
      node_id: nodeId,
      prompt_id: promptId,
      display_node_id: nodeId,
      parent_node_id: null,
      real_node_id: nodeId,
      image_type: format === 'JPEG' ? 'image/jpeg' : 'image/png',
    }),
  );
  const head = Buffer.alloc(8);
  head.writeUInt32BE(4, 0);
  head.writeUInt32BE(json.length, 4);
  return Buffer.concat([head, json, picture]);
}
