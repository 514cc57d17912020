import { type JsonObject, type JsonValue, isJsonObject } from '../../../base/json.ts';
import { isSameJson } from '../patch/same-json.ts';

/** A value on three sides; undefined: not there. */
export interface Sides {
  readonly base: JsonValue | undefined;
  readonly ours: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

/** Told where both sides changed a value differently; ours is kept there. */
export type OnClash = (path: readonly string[], sides: Sides) => void;

/**
 * Three-way merge of one value: what only one side changed is taken from it, objects key by key, lists of
 * equal length place by place. Keys stay in our order, theirs follow.
 */
export function mergeJson(
  { base, ours, theirs }: Sides,
  onClash: OnClash,
  path: readonly string[] = [],
): JsonValue | undefined {
  if (isSameJson(theirs, base) || isSameJson(theirs, ours)) return ours;
  if (isSameJson(ours, base)) return theirs;
  if (isJsonObject(ours) && isJsonObject(theirs)) {
    return mergeObjects(isJsonObject(base) ? base : {}, ours, theirs, onClash, path);
  }
  if (isList(base) && isList(ours) && isList(theirs)) {
    if (base.length === ours.length && base.length === theirs.length) {
      return ours.map(
        (value, index) =>
          mergeJson({ base: base[index], ours: value, theirs: theirs[index] }, onClash, [
            ...path,
            String(index),
          ]) ?? null,
      );
    }
  }
  onClash(path, { base, ours, theirs });
  return ours;
}

function mergeObjects(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  onClash: OnClash,
  path: readonly string[],
): JsonObject {
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const sides = { base: own(base, key), ours: own(ours, key), theirs: own(theirs, key) };
      const value = mergeJson(sides, onClash, [...path, key]);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** A key of an object itself, never of its prototype. */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
