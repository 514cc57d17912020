import { settingLabel } from '../view/setting-label.ts';
import type { InputView, NodeView, WorkflowView } from '../view/view.ts';
import { mainPath, settingValue, upstreamOf } from './trace.ts';

/** What the workflow does as a whole. */
export function describePurpose(view: WorkflowView, running: readonly NodeView[]): string {
  const count = `It has ${plural(running.length, 'node')}`;
  const samples = running.some(isSampler);
  const picture = running.find((node) => /^LoadImage/.test(node.classType));
  if (samples && picture !== undefined) {
    return `This workflow starts from a picture and renders a new one. ${count}.`;
  }
  if (samples) {
    const isVideo = running.some((node) => /video|animated|webm/i.test(node.classType));
    return `This workflow makes ${isVideo ? 'a video' : 'a picture'} from text. ${count}.`;
  }
  if (picture !== undefined) return `This workflow changes a picture without a model. ${count}.`;
  return `This workflow does not sample anything. ${count} of ${plural(view.nodes.length, 'node')}.`;
}

/** The files that it loads. */
export function describeLoads(running: readonly NodeView[]): string | undefined {
  const loads = running.flatMap((node) =>
    node.widgets.flatMap(({ name, value, isLinked }) =>
      !isLinked && typeof value === 'string' && MODEL_FILE.test(value)
        ? [`${withArticle(settingLabel(name))} “${value}”`]
        : [],
    ),
  );
  const files = running.flatMap((node) => {
    const image = node.widgets.find((widget) => widget.spec?.hasUpload === true)?.value;
    return typeof image === 'string' && image !== '' ? [`the file “${image}”`] : [];
  });
  const all = [...new Set([...loads, ...files])];
  return all.length === 0 ? undefined : `It loads ${listed(all, 8)}.`;
}

/** What the pictures are steered by. */
export function describeTexts(view: WorkflowView, running: readonly NodeView[]): readonly string[] {
  const samplers = running.filter((node) =>
    node.inputs.some((input) => STEERING.has(input.name) && input.link !== undefined),
  );
  const wanted = new Set<string>();
  const avoided = new Set<string>();
  for (const sampler of samplers) {
    for (const input of sampler.inputs) {
      const source = input.link === undefined ? undefined : view.node(input.link.nodeId);
      if (source === undefined || !STEERING.has(input.name)) continue;
      const isAvoided = input.name === 'negative';
      for (const node of upstreamOf(view, source, steersAlong(isAvoided))) {
        for (const text of textsOf(view, node)) (isAvoided ? avoided : wanted).add(text);
      }
    }
  }
  // A ControlNet node hands on both sides; a text is named once, for the side that it steers first.
  for (const text of wanted) avoided.delete(text);
  return [
    ...(wanted.size > 0 ? [`It asks for ${listed([...wanted].map(quoted), 3)}.`] : []),
    ...(avoided.size > 0 ? [`It avoids ${listed([...avoided].map(quoted), 3)}.`] : []),
  ];
}

/** Size and number of the pictures it starts from nothing with. */
export function describeSize(view: WorkflowView, running: readonly NodeView[]): string | undefined {
  const canvas = running.find((node) => /^Empty.*(Latent|Image)/.test(node.classType));
  if (canvas === undefined) return undefined;
  const width = settingValue(view, canvas, 'width');
  const height = settingValue(view, canvas, 'height');
  if (typeof width !== 'number' || typeof height !== 'number') return undefined;
  const batch = settingValue(view, canvas, 'batch_size');
  const length = settingValue(view, canvas, 'length');
  const frames = typeof length === 'number' && length > 1 ? `, ${length} frames long` : '';
  const many = typeof batch === 'number' && batch > 1 ? `, ${batch} at a time` : '';
  return `The size is ${width} × ${height}${frames}${many}.`;
}

/** How it samples, one sentence for each sampler. */
export function describeSampling(
  view: WorkflowView,
  running: readonly NodeView[],
): readonly string[] {
  return running.filter(isSampler).map((node) => {
    const said = SAMPLING_SETTINGS.flatMap(([name, word]) => {
      const value = settingValue(view, node, name);
      if (typeof value === 'object' || value === undefined) return [];
      return [`${word} ${String(value)}`];
    });
    return `${node.title} works with ${listed(said, 8)}.`;
  });
}

/** What feeds the result, from the first loader to the last node. */
export function describeFlow(view: WorkflowView, running: readonly NodeView[]): string | undefined {
  const outputs = running.filter((node) => node.nodeClass?.isOutput === true);
  const end = outputs.find((node) => !node.classType.startsWith('Preview')) ?? outputs[0];
  if (end === undefined) return undefined;
  const titles = mainPath(view, end).map((node) => node.title);
  if (titles.length < 2) return undefined;
  const shown =
    titles.length <= 8 ? titles : [...titles.slice(0, 3), '…', ...titles.slice(titles.length - 4)];
  return `The main way through is ${shown.join(' → ')}.`;
}

/** Where results go. */
export function describeResults(running: readonly NodeView[]): string {
  const outputs = running.filter((node) => node.nodeClass?.isOutput === true);
  if (outputs.length === 0) return 'Nothing in it saves or shows a result yet.';
  const named = outputs.map((node) => {
    const prefix = node.widgets.find((widget) => widget.name === 'filename_prefix')?.value;
    return typeof prefix === 'string' ? `${node.title} (files named “${prefix}”)` : node.title;
  });
  return `Results come out at ${listed([...new Set(named)], 4)}.`;
}

/** What does not take part. */
export function describeIdle(view: WorkflowView): string | undefined {
  const muted = view.nodes.filter((node) => node.mode === 'muted').map((node) => node.title);
  const bypassed = view.nodes.filter((node) => node.mode === 'bypassed').map((node) => node.title);
  const parts = [
    ...(muted.length > 0 ? [`muted: ${listed(muted, 5)}`] : []),
    ...(bypassed.length > 0 ? [`bypassed: ${listed(bypassed, 5)}`] : []),
  ];
  return parts.length === 0 ? undefined : `Some nodes do not take part now; ${parts.join('; ')}.`;
}

/** True for a node that runs step by step. */
function isSampler(node: NodeView): boolean {
  const names = new Set(node.widgets.map((widget) => widget.name));
  return names.has('steps') && (names.has('scheduler') || names.has('sampler_name'));
}

const MODEL_FILE = /\.(safetensors|sft|ckpt|pth?|bin|gguf|onnx)$/i;
const STEERING: ReadonlySet<string> = new Set(['positive', 'negative', 'guider', 'conditioning']);
const SAMPLING_SETTINGS: readonly (readonly [string, string])[] = [
  ['steps', 'steps'],
  ['cfg', 'CFG'],
  ['sampler_name', 'sampler'],
  ['scheduler', 'scheduler'],
  ['denoise', 'denoise'],
  ['seed', 'seed'],
  ['noise_seed', 'seed'],
];

/** Follows only what carries text, and on a node with both sides only the side that was asked for. */
function steersAlong(isAvoided: boolean): (node: NodeView, input: InputView) => boolean {
  return (node, input) => {
    if (!/CONDITIONING|GUIDER|STRING|\*/.test(input.type)) return false;
    const hasSides = node.inputs.some((other) => other.name === 'negative');
    return !hasSides || (input.name === 'negative') === isAvoided;
  };
}

function textsOf(view: WorkflowView, node: NodeView): readonly string[] {
  return node.widgets.flatMap((widget) => {
    if (widget.spec?.multiline !== true) return [];
    const value = settingValue(view, node, widget.name);
    return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
  });
}

function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `“${line.length > 120 ? `${line.slice(0, 117).trimEnd()}…` : line}”`;
}

function listed(items: readonly string[], most: number): string {
  const rest = items.length - most;
  const shown = rest > 0 ? [...items.slice(0, most), `${rest} more`] : [...items];
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

function withArticle(label: string): string {
  return `the ${/^[A-Z][a-z]+( |$)/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
