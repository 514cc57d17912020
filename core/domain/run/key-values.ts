import type { JsonValue } from '../../base/json.ts';
import type { NodeView, WidgetView, WorkflowView } from '../workflow/view/view.ts';

/** Settings that tell one run from another, with the word for them. */
const words: Readonly<Record<string, string>> = {
  seed: 'seed',
  noise_seed: 'seed',
  steps: 'steps',
  cfg: 'CFG',
  guidance: 'guidance',
  sampler_name: 'sampler',
  scheduler: 'scheduler',
  denoise: 'denoise',
  width: 'width',
  height: 'height',
  batch_size: 'batch size',
  ckpt_name: 'checkpoint',
  unet_name: 'model',
  lora_name: 'LoRA',
  strength_model: 'LoRA strength',
  vae_name: 'VAE',
  control_net_name: 'ControlNet',
};

/**
 * The values that tell one run from another, e.g. {"KSampler seed": 42}: of active nodes, and only
 * where no link decides the value. Nodes with the same title are told apart by their id.
 */
export function readKeyValues(view: WorkflowView): Readonly<Record<string, JsonValue>> {
  const active = view.nodes.filter(({ mode, isVirtual }) => mode === 'active' && !isVirtual);
  const titles = countTitles(active);
  const entries = active.flatMap((node) =>
    node.widgets.filter(isKeyValue).map(({ name, value }) => {
      const title = (titles.get(node.title) ?? 0) > 1 ? `${node.title} #${node.id}` : node.title;
      return [`${title} ${words[name] ?? name}`, value] as const;
    }),
  );
  return Object.fromEntries(entries);
}

function isKeyValue({ name, isLinked }: WidgetView): boolean {
  return !isLinked && Object.hasOwn(words, name);
}

function countTitles(nodes: readonly NodeView[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { title } of nodes) counts.set(title, (counts.get(title) ?? 0) + 1);
  return counts;
}
