import { type Result, err, ok } from '../../base/result.ts';
import { type Exact, absolute, finishExact, roundBy, toGrid } from './arithmetic.ts';

/** What the setting that a formula is for allows: `clamp(x)` and `snap(x)` go by it. */
export interface SettingLimits {
  readonly min?: Exact;
  readonly max?: Exact;
  /** Values lie `step` apart, counted from `offset`. */
  readonly grid?: { readonly step: Exact; readonly offset: Exact };
}

/** Every function a formula can call, with how to call it. */
export const functionForms = {
  round: 'round(number)',
  floor: 'floor(number)',
  ceil: 'ceil(number)',
  abs: 'abs(number)',
  sqrt: 'sqrt(number)',
  min: 'min(number, number, …)',
  max: 'max(number, number, …)',
  clamp: 'clamp(number, lowest, highest), or clamp(number) for what the setting allows',
  round_to: 'round_to(number, grid)',
  snap: 'snap(number, grid), or snap(number) for the grid of the setting',
} as const;

export type FunctionName = keyof typeof functionForms;

/** True when there is a function of that name. */
export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functionForms, name);
}

/** Calls a function; the error says in words what would have been right. */
export function callFunction(
  name: FunctionName,
  args: readonly Exact[],
  limits: SettingLimits,
): Result<Exact, string> {
  const [value, second, third] = args;
  const wrongCount = err(functionForms[name]);
  if (value === undefined) return wrongCount;
  switch (name) {
    case 'round':
    case 'floor':
    case 'ceil':
      return args.length === 1 ? ok(roundBy(name, value)) : wrongCount;
    case 'abs':
      return args.length === 1 ? ok(absolute(value)) : wrongCount;
    case 'sqrt':
      if (args.length !== 1) return wrongCount;
      return value < 0 ? err('a number that is not below 0') : ok(Math.sqrt(Number(value)));
    case 'min':
      return ok(args.reduce((least, next) => (next < least ? next : least)));
    case 'max':
      return ok(args.reduce((most, next) => (next > most ? next : most)));
    case 'clamp':
      if (args.length === 1) return ok(clamp(value, limits.min, limits.max));
      if (args.length !== 3 || second === undefined || third === undefined) return wrongCount;
      return second > third
        ? err('a lowest value that is not above the highest')
        : ok(clamp(value, second, third));
    case 'round_to':
    case 'snap': {
      if (args.length === 1 && name === 'snap') return ok(snap(value, limits));
      if (args.length !== 2 || second === undefined) return wrongCount;
      return second > 0 ? inRange(toGrid(value, second)) : err('a grid above 0');
    }
  }
}

/** The nearest value on the setting's own grid; as it is when the setting has none. */
export function snap(value: Exact, { grid }: SettingLimits): Exact {
  return grid === undefined ? value : toGrid(value, grid.step, grid.offset);
}

function inRange(value: Exact): Result<Exact, string> {
  return typeof value === 'bigint' || Number.isFinite(value)
    ? ok(value)
    : err('a grid that is not that fine');
}

function clamp(value: Exact, low: Exact | undefined, high: Exact | undefined): Exact {
  if (low !== undefined && value < low) return finishExact(low);
  return high !== undefined && value > high ? finishExact(high) : value;
}
