import type { Op } from '../../../../contract/workflow.schema.ts';
import type { Clause } from '../../reading/clause.ts';
import { bareName, matchChoice } from '../../scene/match-choice.ts';
import { type Outcome, ask, edit } from '../../plan.ts';
import { resolveNodes } from '../../scene/resolve-node.ts';
import { type Scene, inputOfType } from '../../scene/scene.ts';
import { type Tap, newNode, chainEnd, feed, freeIds, takeOver } from '../../scene/splice.ts';
import { samplersOf } from '../../scene/trace.ts';
import { orList, refer } from '../../replying/wording.ts';

const AT = String.raw`(?:\s*(?:,\s*)?(?:at|with|@)?\s*(?:a )?(?:strength|weight)?(?: of)?\s*(?<strength>\d*\.?\d+%?)(?:\s*(?:strength|weight))?)?`;
const TO = String.raw`(?:\s+(?:to|on|for|before|after) (?:the )?(?<node>(?!prompt|positive|negative).+?))?`;
const VERB = String.raw`(?:add|insert|put(?: in)?|load|include|throw in|chuck in|splice in|stack|slap(?: on| in)?|stick(?: on| in)?|whack(?: on| in)?|bung(?: on| in)?|pop(?: on| in)?|throw on|chuck on|give me|i want|apply|use)`;
const PATTERNS = [
  new RegExp(
    `^${VERB} (?:a |an |another |the |my )?(?:new )?(?:lora|lo-ra)s?(?: node| loader)?(?:\\s*(?::|called|named)?\\s*(?<name>(?!at\\b|with\\b|to\\b|on\\b|before\\b|after\\b)[^\\d@].*?))?${AT}${TO}${AT.replace('strength>', 'late>')}$`,
  ),
  new RegExp(
    `^${VERB} (?:a |an |another |the |my )?(?:new )?(?<name>.+?) (?:lora|lo-ra)(?: in| on)?(?: on top)?${AT}${TO}$`,
  ),
];

/** Adds a LoRA between the loader (or the last LoRA) and everything that its model and text encoder feed. */
export function planAddLora(clause: Clause, scene: Scene): Outcome | undefined {
  const groups = PATTERNS.map((pattern) => pattern.exec(clause.plain)?.groups).find(
    (found) => found !== undefined,
  );
  if (groups === undefined) return undefined;
  const hasOne = scene.nodes.some((node) => /lora/i.test(node.classType));
  // With a LoRA in place "use the X lora" swaps it; only "add" and the like put in another.
  if (hasOne && /^(?:use|load|apply|put) /.test(clause.plain) && groups['name'] !== undefined)
    return undefined;
  if (samplersOf(scene).length === 0) return noModel();
  const choices =
    scene.catalog.get('LoraLoader')?.inputs.find((input) => input.name === 'lora_name')?.choices ??
    [];
  const files = choices.filter((choice) => typeof choice === 'string');
  if (files.length === 0)
    return ask('The ComfyUI that is connected has no LoRA files to add.', ['list loras']);
  const name = groups['name']?.replace(/^["']|["']$/g, '').trim();
  const strength = readStrength(groups['strength'] ?? groups['late']);
  const suffix = strength === undefined ? '' : ` at ${String(strength)}`;
  if (name === undefined && files.length > 1) {
    return ask(
      `Which LoRA? There is ${orList(files.map(bareName))}.`,
      files.slice(0, 5).map((file) => `add the ${bareName(file)} lora${suffix}`),
    );
  }
  const found =
    name === undefined
      ? { kind: 'one' as const, choice: files[0] ?? '' }
      : matchChoice(name, files);
  if (found.kind !== 'one') {
    const near =
      found.kind === 'several' ? found.choices : found.near.length > 0 ? found.near : files;
    return ask(
      `There is no LoRA called “${name ?? ''}”. There is ${orList(near.slice(0, 5).map(bareName))}.`,
      near.slice(0, 5).map((file) => `add the ${bareName(file)} lora${suffix}`),
    );
  }
  return place(found.choice, strength ?? 1, groups['node'] ?? '', clause, scene);
}

function noModel(): Outcome {
  return ask('This workflow has no model for a LoRA to work on.', ['explain this workflow']);
}

function readStrength(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text.replace('%', ''));
  return text.endsWith('%') ? value / 100 : value;
}

function place(
  file: string,
  strength: number,
  words: string,
  clause: Clause,
  scene: Scene,
): Outcome | undefined {
  const samplers = samplersOf(scene);
  const meant = words === '' ? samplers : resolveNodes(words, scene.nodes, scene).nodes;
  if (words !== '' && meant.length === 0) return undefined;
  const ends = new Map<string, Tap>();
  for (const node of meant) {
    const tap = modelTap(node, scene);
    if (tap !== undefined) ends.set(tap.node.id, tap);
  }
  const [model] = ends.values();
  if (model === undefined) return noModel();
  if (ends.size > 1) {
    const nodes = [...ends.values()].map((tap) => tap.node);
    return ask(
      `There is more than one model here. On which: ${orList(nodes.map((node) => scene.label(node)))}?`,
      nodes.map((node) => `${clause.typed} to ${refer(node)}`),
    );
  }
  const clip = clipTap(model, scene);
  const [nodeId = ''] = freeIds(scene, 1);
  const classType = clip === undefined ? 'LoraLoaderModelOnly' : 'LoraLoader';
  const widgets = {
    lora_name: file,
    strength_model: strength,
    ...(clip === undefined ? {} : { strength_clip: strength }),
  };
  const ops: Op[] = [newNode(nodeId, classType, { widgets }), feed(model, nodeId, 'model')];
  if (clip !== undefined) ops.push(feed(clip, nodeId, 'clip'));
  ops.push(...takeOver(linksOf(model, scene), nodeId, 'MODEL'));
  if (clip !== undefined) ops.push(...takeOver(linksOf(clip, scene), nodeId, 'CLIP'));
  return edit(
    ops,
    [`LoRA ${bareName(file)} added after ${scene.label(model.node)} at ${String(strength)}`],
    'lora strength',
  );
}

/** Where the model of a node comes from; for a loader or LoRA itself, its own output. */
function modelTap(node: Scene['nodes'][number], scene: Scene): Tap | undefined {
  const start = inputOfType(node, 'MODEL') ?? undefined;
  const guider = inputOfType(node, 'GUIDER');
  if (start === undefined && guider !== undefined) {
    const source = scene.sourceOf(node, guider.name);
    return source === undefined ? undefined : modelTap(source.node, scene);
  }
  const own = node.outputs.findIndex((output) => output.type === 'MODEL');
  if (own >= 0) return { node, output: own };
  const source = start && scene.sourceOf(node, start.name);
  return source === undefined ? undefined : chainEnd(source, 'MODEL', scene);
}

/** The text encoder that goes with a model: of the same node, else the one that the texts are encoded with. */
function clipTap(model: Tap, scene: Scene): Tap | undefined {
  const own = model.node.outputs.findIndex((output) => output.type === 'CLIP');
  if (own >= 0) return { node: model.node, output: own };
  for (const node of scene.nodes) {
    if (!node.outputs.some((output) => output.type === 'CONDITIONING')) continue;
    const input = inputOfType(node, 'CLIP');
    const source = input && scene.sourceOf(node, input.name);
    if (source !== undefined) return chainEnd(source, 'CLIP', scene);
  }
  return undefined;
}

function linksOf(tap: Tap, scene: Scene): ReturnType<Scene['linksFrom']> {
  return scene.linksFrom({ nodeId: tap.node.id, output: tap.output });
}
