import { canonicalJson } from '../../../base/canonical-json.ts';
import { type JsonObject, isJsonObject } from '../../../base/json.ts';

/**
 * The text that a payload's digest is taken of, in the form that `PAYLOAD_FORM` names. Titles and what
 * ComfyUI notes beside a node when it runs it (`is_changed`) are left out, so that a picture's own record
 * gives the same text.
 */
export function toPayloadText(payload: JsonObject): string {
  const nodes = Object.entries(payload).map(([id, node]) => {
    const own = isJsonObject(node) ? node : {};
    return [id, { class_type: own['class_type'] ?? null, inputs: own['inputs'] ?? {} }] as const;
  });
  return canonicalJson(Object.fromEntries(nodes));
}
