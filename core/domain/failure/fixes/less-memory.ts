import type { Op } from '../../../contract/workflow.schema.ts';
import type { NodeView } from '../../workflow/view/view.ts';
import {
  activeNodes,
  canvases,
  failingNode,
  type FailurePlace,
  familyOf,
  type FixBuilder,
  type FixProposal,
  type FixScene,
  framesOf,
  numberOf,
  ownNumber,
  setTo,
  textChoices,
} from './fix-scene.ts';
import { readCapacity } from '../catalogue/memory.ts';

/** Below this side a picture says nothing any more; pixels. */
const SMALLEST_SIDE = 256;
const SMALLEST_CLIP = 9;

/** What needs less of the graphics card: tiles where it decodes, then fewer at once, fewer frames, a smaller size. */
export const lessVram: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  const lead = leadOf(place);
  const isAtDecode = node !== undefined && /^VAE(?:De|En)code/.test(node.classType);
  const tiles = tiled(lead, isAtDecode ? [node] : [], scene);
  return [...tiles, ...fewerAtOnce(lead, node, scene), ...lighter(lead, scene)];
};

/** What needs less of the machine's own memory. */
export const lessMemory: FixBuilder = (place, scene) =>
  fewerAtOnce('Needs too much memory', failingNode(place, scene), scene);

/** Tiles from the start, so that the attempt without them is saved. */
export const tileDecode: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  const decoders = activeNodes(scene).filter(({ classType }) => classType === 'VAEDecode');
  return tiled('The whole picture does not fit', node === undefined ? decoders : [node], scene);
};

/** "Does not fit in 24 GB", or in words where the size is not known. */
function leadOf({ capacityGb, said }: FailurePlace): string {
  const capacity = capacityGb ?? readCapacity(said);
  return capacity === undefined
    ? 'Does not fit on the graphics card'
    : `Does not fit in ${String(capacity)} GB`;
}

function tiled(
  lead: string,
  nodes: readonly NodeView[],
  { catalog }: FixScene,
): readonly FixProposal[] {
  const swaps = nodes.flatMap((node): readonly Op[] => {
    const tiledClass = `${node.classType}Tiled`;
    if (catalog.get(tiledClass) !== undefined) {
      return [{ op: 'replace_node', nodeId: node.id, classType: tiledClass }];
    }
    const size = ownNumber(node, 'tile_size');
    return size !== undefined && size >= 256 ? [setTo(node, 'tile_size', size / 2)] : [];
  });
  const what = nodes.some(({ classType }) => /Encode/.test(classType)) ? 'encode' : 'decode';
  return swaps.length === 0 ? [] : [{ intent: `${lead}: tile the ${what}`, ops: swaps }];
}

function fewerAtOnce(
  lead: string,
  failing: NodeView | undefined,
  scene: FixScene,
): readonly FixProposal[] {
  const sized = canvases(scene);
  const batches = activeNodes(scene).filter((node) => (ownNumber(node, 'batch_size') ?? 1) > 1);
  const proposals: FixProposal[] = [];
  const amount = failing === undefined ? undefined : ownNumber(failing, 'amount');
  if (failing !== undefined && amount !== undefined && amount > 1) {
    const fewer = Math.max(1, Math.floor(amount / 4));
    proposals.push({
      intent: `${lead}: ${String(fewer)} copies instead of ${String(amount)}`,
      ops: [setTo(failing, 'amount', fewer)],
    });
  }
  if (batches.length > 0) {
    proposals.push({
      intent: `${lead}: one picture at a time`,
      ops: batches.map((node) => setTo(node, 'batch_size', 1)),
    });
  }
  const clips = activeNodes(scene).flatMap((node) => {
    const widget = framesOf(node);
    const frames = numberOf(widget?.value) ?? 1;
    const fewer = fewerFrames(frames, familyOf(scene).temporal);
    return widget !== undefined && fewer < frames ? [{ node, widget, frames, fewer }] : [];
  });
  const [clip] = clips;
  if (clip !== undefined) {
    proposals.push({
      intent: `${lead}: ${String(clip.fewer)} frames instead of ${String(clip.frames)}`,
      ops: clips.map(({ node, widget, fewer }) => setTo(node, widget.name, fewer)),
    });
  }
  const smaller = sized.flatMap((node) => shrink(node, scene));
  const [first] = sized;
  if (smaller.length > 0 && first !== undefined) {
    const [width, height] = ['width', 'height'].map((side) => sideAfter(smaller, first, side));
    proposals.push({
      intent: `${lead}: ${width ?? ''} × ${height ?? ''} pixels`,
      ops: smaller,
    });
  }
  return proposals;
}

/** About 60 % of the frames, of the form n·temporal+1 that video models need. */
function fewerFrames(frames: number, temporal: number): number {
  if (frames <= SMALLEST_CLIP) return frames;
  const wanted = frames * 0.6;
  return temporal > 1
    ? Math.max(temporal + 1, Math.floor((wanted - 1) / temporal) * temporal + 1)
    : Math.max(SMALLEST_CLIP, Math.floor(wanted));
}

function shrink(node: NodeView, scene: FixScene): readonly Op[] {
  const { grid } = familyOf(scene);
  return ['width', 'height'].flatMap((side) => {
    const now = ownNumber(node, side) ?? 0;
    const next = Math.max(SMALLEST_SIDE, Math.round((now * 0.75) / grid) * grid);
    return next < now ? [setTo(node, side, next)] : [];
  });
}

function sideAfter(ops: readonly Op[], node: NodeView, side: string): string {
  const op = ops.find(
    (candidate) =>
      candidate.op === 'set_widget' && candidate.nodeId === node.id && candidate.widget === side,
  );
  return String(op?.op === 'set_widget' ? numberOf(op.value) : ownNumber(node, side));
}

/** The same model in half the memory, where its loader can do that. */
function lighter(lead: string, scene: FixScene): readonly FixProposal[] {
  const ops = activeNodes(scene).flatMap((node) => {
    const widget = node.widgets.find(({ name }) => name === 'weight_dtype');
    return widget?.value === 'default' && textChoices(widget).includes('fp8_e4m3fn')
      ? [setTo(node, 'weight_dtype', 'fp8_e4m3fn')]
      : [];
  });
  return ops.length === 0 ? [] : [{ intent: `${lead}: hold the model in fp8`, ops }];
}
