import type { HardwareGpu } from '../../../contract/machine/hardware.schema.ts';
import type { UsedModel } from '../read-workload.ts';

/** What the card makes of the number formats that the workflow's models come in; nothing where all is well. */
export function adviseOnPrecision(
  card: HardwareGpu | undefined,
  models: readonly UsedModel[],
): readonly string[] {
  if (card === undefined) return [];
  return FORMATS.flatMap(({ format, name, isIn }) => {
    const used = models.filter(isIn);
    const support = card.precisions[format];
    if (used.length === 0) return [];
    const generation = card.generation === undefined ? '' : ` (${card.generation})`;
    const files = used.map((model) => model.name).join(', ');
    if (support === 'storage') {
      return [
        `Your card${generation} has no ${name} hardware: ${files} in ${name} takes less memory but is not faster.`,
      ];
    }
    return support === 'none'
      ? [`Your card${generation} cannot load ${name} models: choose another version of ${files}.`]
      : [];
  });
}

const FORMATS = [
  {
    format: 'fp8',
    name: 'fp8',
    isIn: ({ name, isHalved }: UsedModel): boolean => isHalved || /fp8|e4m3|e5m2/i.test(name),
  },
  {
    format: 'fp4',
    name: 'fp4',
    isIn: ({ name }: UsedModel): boolean => /nvfp4|mxfp4|\bfp4/i.test(name),
  },
] as const;
