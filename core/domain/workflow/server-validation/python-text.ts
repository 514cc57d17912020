import { isJsonArray, isJsonObject, type JsonValue } from '../../../base/json.ts';

/** Writes a value as Python's `str()` does: texts bare, everything else as its `repr()`. */
export function toPythonText(value: JsonValue, isFloat = false): string {
  return typeof value === 'string' ? value : toPythonRepr(value, isFloat);
}

/** Writes a value as Python's `repr()` does; `isFloat` gives whole numbers their ".0". */
export function toPythonRepr(value: JsonValue, isFloat = false): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return isFloat ? toFloatRepr(value) : toNumberRepr(value);
  if (typeof value === 'string') return toTextRepr(value);
  if (isJsonArray(value)) return `[${value.map((item) => toPythonRepr(item)).join(', ')}]`;
  const entries = Object.entries(value);
  return `{${entries.map(([key, item]) => `${toTextRepr(key)}: ${toPythonRepr(item)}`).join(', ')}}`;
}

/** Names the Python class of a JSON value, as its exceptions do ("NoneType", "dict", …). */
export function toPythonClassName(value: JsonValue): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  return isJsonObject(value) ? 'dict' : 'list';
}

function toNumberRepr(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : toFloatRepr(value);
}

function toFloatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${String(value)}.0` : String(value);
}

function toTextRepr(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}
