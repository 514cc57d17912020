import { stringifyExactJson } from '../../../base/exact-json.ts';
import type { JsonValue } from '../../../base/json.ts';
import type { InputSpec } from '../../workflow/catalog.ts';

/** What is to happen to a number. */
export type Change =
  | { readonly kind: 'to'; readonly value: number | bigint }
  | { readonly kind: 'percent-to'; readonly value: number }
  | { readonly kind: 'by'; readonly delta: number }
  | { readonly kind: 'times'; readonly factor: number }
  | {
      readonly kind: 'pace';
      readonly direction: 1 | -1;
      readonly amount: 'small' | 'plain' | 'large';
    }
  | { readonly kind: 'limit'; readonly which: 'min' | 'max' | 'default' };

/** A new value, or what would have been right. `note` says how far it is from what was asked, and why. */
export type ChangedValue =
  | { readonly ok: true; readonly value: number | bigint; readonly note?: string }
  | { readonly ok: false; readonly reason: string; readonly offers: readonly number[] };

type Paces = readonly [small: number, plain: number, large: number];

/** Changes a number within what the node takes: between min and max, on the step, whole where it must be. */
export function changeValue(
  current: JsonValue,
  change: Change,
  spec: InputSpec | undefined,
  paces: Paces | undefined,
): ChangedValue {
  const max = Number(spec?.max ?? Infinity);
  if (change.kind === 'to' && typeof change.value === 'number' && max <= 1 && change.value > 1) {
    const fraction = change.value <= 100 ? change.value / 100 : 1;
    return {
      ok: false,
      reason: `it goes from ${shown(spec?.min ?? 0)} to ${shown(max)}`,
      offers: [fraction, max],
    };
  }
  const wanted = wantedValue(toFinite(current), change, spec, paces);
  if (typeof wanted === 'bigint') return clampExact(wanted, spec);
  if (wanted === undefined) return { ok: false, reason: 'it has no such limit', offers: [] };
  const isWhole = spec?.type === 'INT';
  const min = Number(spec?.min ?? -Infinity);
  const clamped = Math.min(max, Math.max(min, wanted));
  const value = toStep(clamped, spec, isWhole, min, max);
  const note = noteOn(change, wanted, clamped, value);
  return { ok: true, value, ...(note === undefined ? {} : { note }) };
}

/** A number as artists write it: no digits that rounding left behind. */
export function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return stringifyExactJson(value);
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return String(value);
  return String(Number(value.toPrecision(12)));
}

function toFinite(value: JsonValue): number {
  const number =
    typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : 0;
}

function wantedValue(
  current: number,
  change: Change,
  spec: InputSpec | undefined,
  paces: Paces | undefined,
): number | bigint | undefined {
  switch (change.kind) {
    case 'to':
      return change.value;
    case 'percent-to':
      return Number(spec?.max ?? Infinity) <= 1 || current <= 2
        ? change.value / 100
        : (current * change.value) / 100;
    case 'by':
      return current + change.delta;
    case 'times':
      return current * change.factor;
    case 'pace':
      return current + change.direction * paceOf(current, change, spec, paces);
    case 'limit': {
      const value = change.which === 'default' ? spec?.default : spec?.[change.which];
      return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
    }
  }
}

/** Small steps for small numbers: at most half of what is there goes, at most as much again comes. */
function paceOf(
  current: number,
  change: Extract<Change, { kind: 'pace' }>,
  spec: InputSpec | undefined,
  paces: Paces | undefined,
): number {
  const index = change.amount === 'small' ? 0 : change.amount === 'plain' ? 1 : 2;
  const size = Math.abs(current);
  const least = spec?.type === 'INT' ? 1 : (spec?.step ?? 0.01);
  const pace = paces?.[index] ?? size * ([0.1, 0.2, 0.5] as const)[index];
  const most = size === 0 ? pace : change.direction < 0 ? size / 2 : size;
  const fitting = Math.max(least, Math.min(pace, most));
  return spec?.type === 'INT' ? Math.round(fitting) : fitting;
}

function clampExact(value: bigint, spec: InputSpec | undefined): ChangedValue {
  const max = spec?.max === undefined ? value : BigInt(spec.max);
  if (value <= max) return { ok: true, value };
  return { ok: true, value: max, note: `the highest it takes is ${String(max)}` };
}

function toStep(
  value: number,
  spec: InputSpec | undefined,
  isWhole: boolean,
  min: number,
  max: number,
): number {
  const round = spec?.options['round'];
  const step = typeof round === 'number' ? round : (spec?.step ?? (isWhole ? 1 : 0));
  if (step <= 0) return isWhole ? Math.round(value) : value;
  const base = Number.isFinite(min) && isWhole ? min % step : 0;
  const stepped = tidy(Math.round((value - base) / step) * step + base);
  if (stepped > max) return tidy(stepped - step);
  return stepped < min ? tidy(stepped + step) : stepped;
}

function tidy(value: number): number {
  return Number(value.toFixed(6));
}

function noteOn(
  change: Change,
  wanted: number,
  clamped: number,
  value: number,
): string | undefined {
  if (clamped < wanted) return `the highest it takes is ${shown(value)}`;
  if (clamped > wanted) return `the lowest it takes is ${shown(value)}`;
  // Relative changes are rounded as a matter of course; a number that was named is not.
  if (change.kind === 'to' && tidy(wanted) !== value) return `${shown(wanted)} is not on its grid`;
  return undefined;
}
