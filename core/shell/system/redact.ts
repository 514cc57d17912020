import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';

const HIDDEN = '[hidden]';
const SECRET_KEY = /token|authorization|password|passwd|secret|api[-_]?key|credential|cookie/i;
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  [/([?&#](?:token|key|api_key|access_token|auth)=)[^&#\s"']+/gi, `$1${HIDDEN}`],
  // user:password@host
  [/(\/\/)[^/\s@"']+@/g, `$1${HIDDEN}@`],
  [/\b(sk|hf|ghp|comfyui)[-_][\w-]{16,}/g, HIDDEN],
];

/** The same data without anything that lets somebody in: by the key's name, and inside texts. */
export function redact(data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      SECRET_KEY.test(key) ? HIDDEN : redactValue(value),
    ]),
  );
}

/** One text, e.g. a stack, without secrets. */
export function redactText(text: string): string {
  return SECRET_TEXTS.reduce((rest, [pattern, hidden]) => rest.replace(pattern, hidden), text);
}

function redactValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redactText(value);
  if (isJsonArray(value)) return value.map(redactValue);
  return isJsonObject(value) ? redact(value) : value;
}
