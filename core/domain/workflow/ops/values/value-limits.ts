import { type SettingLimits } from '../../../expression/formula-functions.ts';
import { type InputSpec } from '../../catalog.ts';

/**
 * The range and the grid that the page holds a number to: whole numbers lie `step` apart, counted from
 * `min % step`; others are rounded to `round`, or to as many decimals as `step` has (ComfyUI's widgets.ts).
 */
export function valueLimits(spec: InputSpec): SettingLimits {
  const range = {
    ...(spec.min === undefined ? {} : { min: spec.min }),
    ...(spec.max === undefined ? {} : { max: spec.max }),
  };
  const grid = gridOf(spec);
  return grid === undefined ? range : { ...range, grid };
}

function gridOf({ type, min, step, options }: InputSpec): SettingLimits['grid'] {
  if (type === 'INT') {
    const wanted = step ?? 1;
    const own = Number.isInteger(wanted) && wanted > 0 ? wanted : 1;
    const offset = min === undefined ? 0 : typeof min === 'bigint' ? min % BigInt(own) : min % own;
    return { step: own, offset };
  }
  if (type !== 'FLOAT') return undefined;
  const { round } = options;
  if (round === false) return undefined;
  if (typeof round === 'number' && round > 0) return { step: round, offset: 0 };
  const own = step ?? 0;
  if (!(own > 0)) return undefined;
  const decimals = Math.max(-Math.floor(Math.log10(own)), 0);
  return { step: Number((0.1 ** decimals).toPrecision(12)), offset: 0 };
}
