import type { Problem } from '../../../../contract/workflow.schema.ts';
import { settingLabel } from '../../view/setting-label.ts';
import { about } from '../graph/graph-problems.ts';
import type { ModelFlow } from './model-flow.ts';
import type { PayloadNode } from '../payload-facts.ts';

/** Names under which nodes keep a number of frames. */
const FRAMES = ['length', 'num_frames', 'video_frames', 'frames'] as const;

/** Sizes and frame counts of empty latents that the model which works on them cannot keep, with the nearest that it can. */
export function sizeProblems(
  nodes: ReadonlyMap<string, PayloadNode>,
  { partners }: ModelFlow,
): readonly Problem[] {
  return [...nodes.values()].flatMap((node) => {
    const [use] = partners.get(node.id) ?? [];
    if (use === undefined || !isCanvas(node)) return [];
    const { name, grid, spatial, temporal } = use.family;
    const sides = (['width', 'height'] as const).flatMap((input): readonly Problem[] => {
      const value = numberAt(node, input);
      if (value === undefined || value % grid === 0) return [];
      const nearest = Math.max(grid, Math.round(value / grid) * grid);
      const isCut = value % spatial !== 0;
      const what = isCut
        ? `so it comes out as ${Math.floor(value / spatial) * spatial}`
        : 'so edges may come out less clean';
      return about(node, {
        type: 'off_grid',
        severity: isCut ? 'warning' : 'note',
        input,
        message: `${settingLabel(input)} on ${node.title} is ${value}; ${name} works in steps of ${grid}, ${what}. The nearest is ${nearest}.`,
        suggestions: [nearest],
      });
    });
    const frames = FRAMES.find((input) => numberAt(node, input) !== undefined);
    const count = frames === undefined ? undefined : numberAt(node, frames);
    if (frames === undefined || count === undefined || temporal === 1) return sides;
    if ((count - 1) % temporal === 0) return sides;
    const nearest = Math.max(1, Math.round((count - 1) / temporal) * temporal + 1);
    return [
      ...sides,
      ...about(node, {
        type: 'off_grid',
        severity: 'warning',
        input: frames,
        message: `${settingLabel(frames)} on ${node.title} is ${count}; ${name} makes frames in steps of ${temporal} and one more. The nearest is ${nearest}.`,
        suggestions: [nearest],
      }),
    ];
  });
}

/** A node that makes a latent out of a size, not out of a picture. */
function isCanvas(node: PayloadNode): boolean {
  return (
    node.nodeClass?.outputs.some(({ type }) => type === 'LATENT') === true &&
    /^Empty/.test(node.classType)
  );
}

function numberAt(node: PayloadNode, input: string): number | undefined {
  const value = Object.hasOwn(node.inputs, input) ? node.inputs[input] : undefined;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}
