import type { Op } from '../../contract/workflow.schema.ts';
import type { NodeView, WidgetView, WorkflowView } from '../workflow/view/view.ts';

type SetWidget = Extract<Op, { readonly op: 'set_widget' }>;

/** Seeds wrap here: ComfyUI takes 0 to 2^64 - 1. */
const SEEDS = 1n << 64n;
const SEED_NAMES: readonly string[] = ['seed', 'noise_seed'];
/** Primitive nodes hold a seed for others under this name. */
const HELD_VALUE = 'value';

/**
 * Sets every seed of the workflow `step` above its present value, where the seed is held: on the node
 * itself, or on the node that is linked to it. Muted and bypassed nodes are left out. The same step
 * always gives the same seeds, so that a variation can be made again.
 */
export function varySeeds(view: WorkflowView, step: number): readonly SetWidget[] {
  const held = new Map<string, SetWidget>();
  for (const node of view.nodes) {
    if (node.mode !== 'active') continue;
    for (const widget of node.widgets) {
      if (!SEED_NAMES.includes(widget.name)) continue;
      const holder = findHolder(view, node, widget);
      const seed = holder === undefined ? undefined : toSeed(holder.widget.value);
      if (holder === undefined || seed === undefined) continue;
      held.set(`${holder.nodeId} ${holder.widget.name}`, {
        op: 'set_widget',
        nodeId: holder.nodeId,
        widget: holder.widget.name,
        value: toNumber((seed + BigInt(step)) % limitOf(holder.widget)),
      });
    }
  }
  return [...held.values()];
}

interface Holder {
  readonly nodeId: string;
  readonly widget: WidgetView;
}

function findHolder(view: WorkflowView, node: NodeView, widget: WidgetView): Holder | undefined {
  if (!widget.isLinked) return { nodeId: node.id, widget };
  const link = node.inputs.find((input) => input.name === widget.name)?.link;
  const source = link === undefined ? undefined : view.node(link.nodeId);
  const value = source?.widgets.find(({ name }) => [HELD_VALUE, ...SEED_NAMES].includes(name));
  return source === undefined || value === undefined || value.isLinked
    ? undefined
    : { nodeId: source.id, widget: value };
}

function toSeed(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

function limitOf({ spec }: WidgetView): bigint {
  const max = toSeed(spec?.max);
  return max === undefined || max < 1n ? SEEDS : max + 1n;
}

function toNumber(seed: bigint): number | bigint {
  const small = Number(seed);
  return Number.isSafeInteger(small) ? small : seed;
}
