import type { Op } from '../../../contract/workflow.schema.ts';
import {
  activeNodes,
  canvases,
  familyOf,
  type FixBuilder,
  framesOf,
  numberOf,
  ownNumber,
  setTo,
} from './fix-scene.ts';

/** Sizes and frame counts that the model can work in, as near as possible to those that were asked for. */
export const gridSize: FixBuilder = (_place, scene) => {
  const { name, grid, temporal } = familyOf(scene);
  const ops = [
    ...canvases(scene).flatMap((node) =>
      ['width', 'height'].flatMap((side): readonly Op[] => {
        const now = ownNumber(node, side) ?? grid;
        const fitting = Math.max(grid, Math.round(now / grid) * grid);
        return fitting === now ? [] : [setTo(node, side, fitting)];
      }),
    ),
    ...(temporal === 1 ? [] : activeNodes(scene)).flatMap((node): readonly Op[] => {
      const widget = framesOf(node);
      const now = numberOf(widget?.value);
      if (widget === undefined || now === undefined) return [];
      const fitting = Math.max(1, Math.round((now - 1) / temporal) * temporal + 1);
      return fitting === now ? [] : [setTo(node, widget.name, fitting)];
    }),
  ];
  return ops.length === 0 ? [] : [{ intent: `Use a size that ${name} can work in`, ops }];
};

/** Latents of 4 and of 16 channels come from different nodes. */
const EMPTY_LATENTS = {
  '4': 'EmptyLatentImage',
  '16': 'EmptySD3LatentImage',
} as const;

/** The empty latent that the model works on, in the place of the one of another family. */
export const matchingLatent: FixBuilder = ({ said }, scene) => {
  const found = /to have (\d+) channels, but got (\d+) channels/i.exec(said);
  const [wanted, got] = [classFor(found?.[1]), classFor(found?.[2])];
  if (wanted === undefined || got === undefined || scene.catalog.get(wanted) === undefined)
    return [];
  const ops = activeNodes(scene)
    .filter(({ classType }) => classType === got)
    .map(({ id }): Op => ({ op: 'replace_node', nodeId: id, classType: wanted }));
  return ops.length === 0 ? [] : [{ intent: 'Use the empty latent of this model', ops }];
};

function classFor(channels: string | undefined): string | undefined {
  return channels === '4' || channels === '16' ? EMPTY_LATENTS[channels] : undefined;
}
