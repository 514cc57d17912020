import { shown } from '../reading/change-value.ts';
import { type Scene, inputOfType, outputOfType } from './scene.ts';
import type { NodeView } from '../../workflow/view/view.ts';

/** Which side of the guidance a text is on. */
export type Side = 'positive' | 'negative';

/** A setting that holds prompt text. */
export interface TextSpot {
  readonly node: NodeView;
  readonly widget: string;
  readonly text: string;
}

/** Nodes that sample, in the order in which they run: they make a LATENT from a model or a guider. */
export function samplersOf(scene: Scene): readonly NodeView[] {
  return scene.nodes.filter(isSampler);
}

/** True for nodes that denoise a latent. */
export function isSampler(node: NodeView): boolean {
  return (
    outputOfType(node, 'LATENT') !== undefined &&
    inputOfType(node, 'LATENT') !== undefined &&
    (inputOfType(node, 'MODEL') !== undefined || inputOfType(node, 'GUIDER') !== undefined)
  );
}

/** The texts that reach the samplers on one side, found by following links, never by title. */
export function textsOf(scene: Scene, side: Side): readonly TextSpot[] {
  const found = new Map<string, TextSpot>();
  for (const sampler of samplersOf(scene)) {
    const entry = guidanceOf(scene, sampler);
    const input =
      entry.inputs.find((slot) => slot.name === side) ?? lonelyConditioning(entry, side);
    if (input === undefined) continue;
    collect(scene, entry, input.name, side, found, new Set());
  }
  return [...found.values()];
}

/** A guider stands between the texts and samplers that take one. */
function guidanceOf(scene: Scene, sampler: NodeView): NodeView {
  const guider = inputOfType(sampler, 'GUIDER');
  return (guider && scene.sourceOf(sampler, guider.name)?.node) ?? sampler;
}

/** BasicGuider has one text and calls it neither positive nor negative. */
function lonelyConditioning(entry: NodeView, side: Side): { readonly name: string } | undefined {
  return side === 'positive' ? inputOfType(entry, 'CONDITIONING') : undefined;
}

function collect(
  scene: Scene,
  node: NodeView,
  input: string,
  side: Side,
  found: Map<string, TextSpot>,
  seen: Set<string>,
): void {
  const source = scene.sourceOf(node, input);
  if (source === undefined) return;
  const trail = `${source.node.id}/${String(source.output)}`;
  if (seen.has(trail)) return;
  seen.add(trail);
  // The text of a zeroed conditioning has no effect, so it is not the text of this side.
  if (source.node.classType === 'ConditioningZeroOut') return;
  for (const spot of textSpots(scene, source.node))
    found.set(`${spot.node.id}/${spot.widget}`, spot);
  const inputs = source.node.inputs.filter((slot) => slot.type === 'CONDITIONING');
  const outputs = source.node.outputs.filter((slot) => slot.type === 'CONDITIONING');
  // A node with both sides keeps them apart: its positive output comes from its positive input.
  const hasSides = inputs.some((slot) => slot.name === 'negative') && outputs.length > 1;
  const output = source.node.outputs[source.output]?.name.toLowerCase();
  const ownSide = output === 'positive' || output === 'negative' ? output : side;
  for (const slot of inputs) {
    if (hasSides && slot.name !== ownSide) continue;
    collect(scene, source.node, slot.name, side, found, seen);
  }
}

/** Text settings of an encoder; one that is fed by another node is followed to that node's text. */
function textSpots(scene: Scene, node: NodeView): readonly TextSpot[] {
  return node.widgets.flatMap((widget) => {
    if (widget.spec?.multiline !== true && widget.name !== 'text') return [];
    if (widget.isLinked) {
      const source = scene.sourceOf(node, widget.name)?.node;
      const text = source?.widgets.find((other) => typeof other.value === 'string');
      if (source === undefined || text === undefined) return [];
      return [{ node: source, widget: text.name, text: shown(text.value) }];
    }
    return typeof widget.value === 'string'
      ? [{ node, widget: widget.name, text: widget.value }]
      : [];
  });
}
