import { redactSecrets } from '../../domain/failure/redact-text.ts';
import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';

const HIDDEN = '[hidden]';
const SECRET_KEY = /token|authorization|password|passwd|secret|api[-_]?key|credential|cookie/i;

/** The same data without anything that lets somebody in: by the key's name, and inside texts. */
export function redact(data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      SECRET_KEY.test(key) ? HIDDEN : redactValue(value),
    ]),
  );
}

function redactValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redactSecrets(value);
  if (isJsonArray(value)) return value.map(redactValue);
  return isJsonObject(value) ? redact(value) : value;
}
