import { stringifyExactJson } from './exact-json.ts';
import { type JsonValue, isJsonArray, isJsonObject } from './json.ts';

/**
 * One text for equal values: keys in ascending order of their UTF-16 code units, no white space, numbers and
 * texts as the exact writer writes them (so an integral float is written like the integer it equals).
 */
export function canonicalJson(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return stringifyExactJson(value);
  const parts = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const child: JsonValue | undefined = value[key];
      return child === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(child)}`];
    });
  return `{${parts.join(',')}}`;
}
