import type { JsonValue } from '../../base/json.ts';
import type { InputSpec } from '../workflow/catalog.ts';

/** How the values of a setting are given: as they are, as formulas, or as a range. */
export interface SweepValues {
  readonly values?: readonly JsonValue[] | undefined;
  readonly formulas?: readonly string[] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly step?: number | undefined;
  readonly count?: number | undefined;
}

/** One value of a sweep, as an op takes it. */
export type SweepValue = { readonly value: JsonValue } | { readonly formula: string };

/** Values of a range that says neither a step nor how many. */
const USUAL_COUNT = 5;
/** A range of more is refused by its count; this only keeps it from being listed. */
const MOST = 1_000;

/** Lists the values in the order in which they are rendered; a range includes both ends where the step meets them. */
export function expandValues(
  given: SweepValues,
  spec: InputSpec | undefined,
): readonly SweepValue[] {
  const { from, to } = given;
  return [
    ...(given.values ?? []).map((value) => ({ value })),
    ...(given.formulas ?? []).map((formula) => ({ formula })),
    ...(from === undefined || to === undefined
      ? []
      : range(from, to, given, spec).map((value) => ({ value }))),
  ];
}

function range(
  from: number,
  to: number,
  { step, count }: SweepValues,
  spec: InputSpec | undefined,
): readonly number[] {
  const length = to - from;
  if (step !== undefined && step !== 0 && count === undefined) {
    const steps = Math.min(MOST, Math.floor(Math.abs(length / step) + 1e-9));
    const signed = Math.abs(step) * Math.sign(length);
    return Array.from({ length: steps + 1 }, (_, index) => clean(from + index * signed));
  }
  const number = Math.min(MOST, Math.max(2, count ?? USUAL_COUNT));
  return Array.from({ length: number }, (_, index) => {
    const value = from + (length * index) / (number - 1);
    return spec?.type === 'INT' ? Math.round(value) : clean(value);
  });
}

/** Without the digits that adding up leaves behind. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
