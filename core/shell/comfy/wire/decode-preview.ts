import { isJsonObject } from '../../../base/json.ts';
import { parseExactJson } from '../../../base/exact-json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import type { ComfyEvent } from '../../../ports/comfy.ts';
import { textField } from './json-fields.ts';

type Preview = Extract<ComfyEvent, { readonly kind: 'preview' }>;

const PREVIEW = 1;
const PREVIEW_WITH_METADATA = 4;

/**
 * Decodes a binary frame: a big-endian type, then 1 = uint32 format and picture, 4 = uint32 length,
 * JSON and picture. Type 3 (a node's status text) and unknown types tell nothing about a run's
 * pictures: undefined. A frame that ends too early is refused with the reason.
 */
export function decodePreview(frame: Uint8Array): Result<Preview | undefined, string> {
  if (frame.byteLength < 8) return err(`a binary frame of ${String(frame.byteLength)} bytes`);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const type = view.getUint32(0);
  if (type === PREVIEW) {
    return ok(picture(frame.subarray(8), view.getUint32(4) === 2 ? 'image/png' : 'image/jpeg'));
  }
  return type === PREVIEW_WITH_METADATA ? withMetadata(frame, view.getUint32(4)) : ok(undefined);
}

function picture(bytes: Uint8Array, mediaType: string): Preview | undefined {
  if (bytes.byteLength === 0) return undefined;
  // The socket reuses its buffer, and previews are kept until the next one.
  return { kind: 'preview', mediaType, bytes: bytes.slice() };
}

function withMetadata(frame: Uint8Array, length: number): Result<Preview | undefined, string> {
  const end = 8 + length;
  if (end > frame.byteLength) return err('a preview whose description is cut off');
  const parsed = parseExactJson(new TextDecoder().decode(frame.subarray(8, end)));
  if (!parsed.ok || !isJsonObject(parsed.value)) {
    return err('a preview whose description is damaged');
  }
  const found = picture(frame.subarray(end), textField(parsed.value, 'image_type') ?? 'image/jpeg');
  if (found === undefined) return ok(undefined);
  const promptId = textField(parsed.value, 'prompt_id');
  // Nodes made while running are shown as the node that made them.
  const nodeId = textField(parsed.value, 'display_node_id') ?? textField(parsed.value, 'node_id');
  return ok({
    ...found,
    ...(promptId === undefined ? {} : { promptId }),
    ...(nodeId === undefined ? {} : { nodeId }),
  });
}
