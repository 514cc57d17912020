import { type JsonValue, jsonEquals } from '../../../../base/json.ts';
import { type Result, err, ok } from '../../../../base/result.ts';
import { type InputSpec } from '../../catalog.ts';
import { nearestNames } from '../../nearest-name.ts';

/** Why a value does not fit a setting: what would, in words, and which values come closest. */
export interface ValueMisfit {
  readonly expected: string;
  readonly allowed?: readonly JsonValue[];
}

/**
 * The value as the setting takes it, or why it does not. Texts that are exactly a number or a switch are
 * read as such; nothing is rounded, clamped or guessed.
 */
export function checkValue(spec: InputSpec, value: JsonValue): Result<JsonValue, ValueMisfit> {
  if (spec.choices !== undefined) return checkChoice(spec, spec.choices, value);
  switch (spec.type) {
    case 'INT':
      return checkNumber(spec, toWholeNumber(value));
    case 'FLOAT':
      return checkNumber(spec, toNumber(value));
    case 'BOOLEAN':
      if (typeof value === 'boolean') return ok(value);
      if (value === 'true' || value === 'false') return ok(value === 'true');
      return err({ expected: 'on or off (true or false)', allowed: [true, false] });
    case 'STRING':
      if (typeof value === 'string') return ok(value);
      if (typeof value === 'number' || typeof value === 'bigint') return ok(String(value));
      return err({ expected: 'a text' });
    case 'COMBO':
      // The server did not list the choices; it checks them itself.
      return isScalar(value) ? ok(value) : err({ expected: 'one of the choices of this setting' });
    default:
      return ok(value);
  }
}

/** More near values than this do not help anybody choose. */
const SHOWN_CHOICES = 8;

function checkChoice(
  spec: InputSpec,
  choices: readonly JsonValue[],
  value: JsonValue,
): Result<JsonValue, ValueMisfit> {
  const exact = choices.find((choice) => jsonEquals(choice, value));
  if (exact !== undefined) return ok(exact);
  const wanted = isScalar(value) ? toSlashes(String(value)) : undefined;
  const same = choices.find((choice) => isScalar(choice) && wanted === toSlashes(String(choice)));
  if (same !== undefined) return ok(same);
  // Files in subfolders, and "name [output]", are not listed and still load.
  if (spec.hasUpload === true && typeof value === 'string' && value !== '') return ok(value);
  if (choices.length === 0) {
    return err({ expected: 'a choice that ComfyUI lists, and it lists none at the moment' });
  }
  const near = nearestNames(wanted ?? '', choices.filter(isScalar).map(String), SHOWN_CHOICES);
  const allowed =
    near.length === 0
      ? choices.slice(0, SHOWN_CHOICES)
      : choices.filter((choice) => isScalar(choice) && near.includes(String(choice)));
  return err({
    expected:
      choices.length === 1 ? 'the one choice there is' : `one of ${String(choices.length)} choices`,
    allowed,
  });
}

function checkNumber(
  spec: InputSpec,
  value: number | bigint | undefined,
): Result<JsonValue, ValueMisfit> {
  const { min = -Infinity, max = Infinity } = spec;
  return value !== undefined && value >= min && value <= max
    ? ok(value)
    : err({ expected: expectedNumber(spec) });
}

function expectedNumber({ type, min, max }: InputSpec): string {
  const kind = type === 'INT' ? 'a whole number' : 'a number';
  if (min !== undefined && max !== undefined)
    return `${kind} from ${String(min)} to ${String(max)}`;
  if (min !== undefined) return `${kind}, ${String(min)} or more`;
  return max === undefined ? kind : `${kind}, at most ${String(max)}`;
}

function toWholeNumber(value: JsonValue): number | bigint | undefined {
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value.trim())) {
    return toSafest(BigInt(value));
  }
  if (typeof value === 'bigint') return toSafest(value);
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

function toNumber(value: JsonValue): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  const number =
    typeof value === 'string' && /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value.trim())
      ? Number(value)
      : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function toSafest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function isScalar(value: JsonValue): value is string | number | bigint | boolean {
  return value !== null && typeof value !== 'object';
}

function toSlashes(text: string): string {
  return text.replaceAll('\\', '/');
}
