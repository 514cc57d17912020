import type { JsonObject } from '../../../../base/json.ts';
import type { WidgetView } from '../../../workflow/view/view.ts';
import type { SettingConcept } from '../../reading/settings.ts';

const VALUES = 5;

/** Five values round the present one, as far apart as a plain "more" goes, within what the node takes. */
export function usualWedge(
  widget: WidgetView | undefined,
  paces: SettingConcept['paces'],
): JsonObject | undefined {
  const now = widget?.value;
  if (typeof now !== 'number' || !Number.isFinite(now)) return undefined;
  const min = Number(widget?.spec?.min ?? -Infinity);
  const max = Number(widget?.spec?.max ?? Infinity);
  const [small, plain] = paces ?? [Math.abs(now) * 0.1, Math.abs(now) * 0.2];
  const isRoomy = now - 2 * plain > min && now - 2 * plain > 0;
  const pace = isRoomy || small === 0 ? plain : small;
  if (pace === 0) return undefined;
  const first = Math.max(min, Math.min(now - 2 * pace, max - (VALUES - 1) * pace));
  const isWhole = widget?.spec?.type === 'INT';
  const values = Array.from({ length: VALUES }, (_, index) => {
    const value = Number((first + index * pace).toPrecision(12));
    return isWhole ? Math.round(value) : value;
  }).filter((value) => value <= max);
  return { values };
}
