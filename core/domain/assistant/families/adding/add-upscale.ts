import type { Op } from '../../../../contract/workflow.schema.ts';
import { changeValue, shown } from '../../reading/change-value.ts';
import type { Clause } from '../../reading/clause.ts';
import { bareName, matchChoice } from '../../scene/match-choice.ts';
import { type Outcome, ask, edit } from '../../plan.ts';
import { isUpscaler, resolveNodes } from '../../scene/resolve-node.ts';
import { type Scene, inputOfType, widgetOf } from '../../scene/scene.ts';
import { newNode, feed, freeIds, takeOver } from '../../scene/splice.ts';
import { orList, refer } from '../../replying/wording.ts';
import type { NodeView } from '../../../workflow/view/view.ts';

const FACTOR = String.raw`(?:(?:by|at|to|of) )?(?:a factor of )?(?:x\s*(?<before>[\d.]+)|(?<after>[\d.]+)\s*(?:x|times)?)`;
const WITH = String.raw`(?: (?:with|using|via) (?:the )?(?<model>.+?)(?: model| upscaler)?)?`;
const BEFORE = String.raw`(?: (?:before|to|on|into) (?:the )?(?<node>.+?))?`;
const PLAIN = new RegExp(
  `^(?:upscale|up-scale|scale up|blow up|enlarge)(?: (?:it|this|that|the (?:image|picture|render|result|output|frame)))?(?: ${FACTOR})?${WITH}${BEFORE}$`,
);
const ADD = new RegExp(
  `^(?:add|insert|put in|give me|i want|include|append|throw in|chuck in|stick|slap|whack|bung|pop|put|need|do|want) (?:an? |the |another )?(?:${FACTOR} )?(?:image |model |final |esrgan )?(?:upscale|upscaler|upscaling|up-?res|upres)(?: node| step| pass| stage)?(?: (?:of|by|at) )?(?:\\s*${FACTOR.replace('before>', 'before2>').replace('after>', 'after2>')})?(?: (?:at|to|on) the end)?${WITH}${BEFORE}$`,
);
const VERB_FIRST = new RegExp(`^(?<after>[\\d.]+)\\s*x (?:upscale|up-?res)${WITH}$`);

/** Enlarges the picture before it is saved, with an upscale model; or sets the factor where there is an upscale. */
export function planAddUpscale(clause: Clause, scene: Scene): Outcome | undefined {
  const added = ADD.exec(clause.plain)?.groups;
  const groups = added ?? PLAIN.exec(clause.plain)?.groups ?? VERB_FIRST.exec(clause.plain)?.groups;
  if (groups === undefined) return undefined;
  const number = groups['before'] ?? groups['after'] ?? groups['before2'] ?? groups['after2'];
  const factor = number === undefined ? undefined : Number(number);
  if (factor !== undefined && (!(factor > 0) || factor > 16)) {
    return ask(`Upscale by how much? ${String(factor)} times is too far.`, [
      'upscale 2x',
      'upscale 4x',
    ]);
  }
  const there = scene.nodes.filter(
    (node) => isUpscaler(node) && widgetOf(node, 'scale_by') !== undefined,
  );
  const [existing] = there;
  if (
    added === undefined &&
    existing !== undefined &&
    factor !== undefined &&
    groups['model'] === undefined
  ) {
    return there.length > 1
      ? askWhichUpscale(factor, there, scene)
      : setFactor(existing, factor, scene);
  }
  const modelled = scene.nodes.find((node) => node.classType === 'ImageUpscaleWithModel');
  if (added === undefined && modelled !== undefined && groups['model'] === undefined)
    return scaleAfter(modelled, factor, scene);
  return addUpscale(factor, groups['model'], groups['node'] ?? '', clause, scene);
}

/** The picture that a saving node gets. */
export function saversOf(scene: Scene): readonly NodeView[] {
  const outputs = scene.nodes.filter(
    (node) => node.nodeClass?.isOutput === true && inputOfType(node, 'IMAGE') !== undefined,
  );
  const saves = outputs.filter((node) => /save/i.test(node.classType));
  return saves.length > 0 ? saves : outputs;
}

function setFactor(node: NodeView, factor: number, scene: Scene): Outcome {
  const widget = widgetOf(node, 'scale_by');
  const changed = changeValue(
    widget?.value ?? 1,
    { kind: 'to', value: factor },
    widget?.spec,
    undefined,
  );
  if (!changed.ok) return ask('The scale cannot be that.', ['upscale 2x']);
  if (widget?.value === changed.value)
    return edit([], [`Scale on ${scene.label(node)} is already ${shown(factor)}`]);
  return edit(
    [{ op: 'set_widget', nodeId: node.id, widget: 'scale_by', value: changed.value }],
    [`Scale on ${scene.label(node)} ${shown(widget?.value)} → ${shown(changed.value)}`],
    'scale',
  );
}

/** An upscale model has a factor of its own; what is wanted beyond or below it comes after. */
function scaleAfter(node: NodeView, factor: number | undefined, scene: Scene): Outcome {
  const loader = scene.sourceOf(node, 'upscale_model')?.node;
  const model = shown(loader === undefined ? undefined : widgetOf(loader, 'model_name')?.value);
  const own = ownFactor(model);
  const rest = (factor ?? own) / own;
  if (Math.abs(rest - 1) < 1e-6)
    return edit([], [`${bareName(model)} already makes it ${shown(own)}× larger`]);
  const output = node.outputs.findIndex((other) => other.type === 'IMAGE');
  const [nodeId = ''] = freeIds(scene, 1);
  return edit(
    [
      newNode(nodeId, 'ImageScaleBy', {
        widgets: { upscale_method: 'lanczos', scale_by: Number(rest.toFixed(4)) },
      }),
      feed({ node, output }, nodeId, 'image'),
      ...takeOver(scene.linksFrom({ nodeId: node.id, output }), nodeId, 'IMAGE'),
    ],
    [
      `${shown(factor)}× in all: ${bareName(model)} makes it ${shown(own)}× larger, and a scale by ${shown(Number(rest.toFixed(4)))} is added after it`,
    ],
    'scale',
  );
}

/** Upscale models say in their names by how much. */
function ownFactor(model: string): number {
  return Number((/\dx|x\d/i.exec(model)?.[0] ?? '4').replace(/x/i, ''));
}

function askWhichUpscale(factor: number, nodes: readonly NodeView[], scene: Scene): Outcome {
  return ask(`Which upscale: ${orList(nodes.map((node) => scene.label(node)))}?`, [
    ...nodes.map((node) => `set scale to ${shown(factor)} on ${refer(node)}`),
    `add a ${shown(factor)}x upscale`,
  ]);
}

function addUpscale(
  factor: number | undefined,
  modelWords: string | undefined,
  nodeWords: string,
  clause: Clause,
  scene: Scene,
): Outcome | undefined {
  const savers = saversOf(scene);
  const match = resolveNodes(nodeWords, nodeWords === '' ? savers : scene.nodes, scene);
  const [saver] = match.nodes;
  const input = saver === undefined ? undefined : inputOfType(saver, 'IMAGE');
  const source =
    saver === undefined || input === undefined ? undefined : scene.sourceOf(saver, input.name);
  if (nodeWords !== '' && saver === undefined) return undefined;
  if (saver === undefined || input === undefined || source === undefined) {
    return ask('There is no picture to upscale here: nothing is saved or shown at the end.', [
      'explain this workflow',
    ]);
  }
  if (match.nodes.length > 1) {
    return ask(
      `Before which one: ${orList(match.nodes.map((node) => scene.label(node)))}?`,
      match.nodes.map((node) => `${clause.typed} before ${refer(node)}`),
    );
  }
  const models = upscaleModels(scene);
  const found = modelWords === undefined ? undefined : matchChoice(modelWords, models);
  if (found !== undefined && found.kind !== 'one') {
    return ask(
      `There is no upscale model called “${modelWords ?? ''}”. There is ${orList(models.map(bareName))}.`,
      models.map((model) => `add an upscale with ${bareName(model)}`),
    );
  }
  const model = found?.choice ?? models[0];
  if (model === undefined) return addPlainScale(source, saver, input.name, factor ?? 2, scene);
  const own = ownFactor(model);
  const rest = factor === undefined ? 1 : factor / own;
  const [loaderId = '', upscaleId = '', scaleId = ''] = freeIds(scene, 3);
  const ops: Op[] = [
    newNode(loaderId, 'UpscaleModelLoader', { widgets: { model_name: model } }),
    newNode(upscaleId, 'ImageUpscaleWithModel'),
    {
      op: 'connect',
      from: { nodeId: loaderId, output: 'UPSCALE_MODEL' },
      to: { nodeId: upscaleId, input: 'upscale_model' },
    },
    feed(source, upscaleId, 'image'),
  ];
  if (Math.abs(rest - 1) > 1e-6) {
    ops.push(
      newNode(scaleId, 'ImageScaleBy', {
        widgets: { upscale_method: 'lanczos', scale_by: Number(rest.toFixed(4)) },
      }),
      {
        op: 'connect',
        from: { nodeId: upscaleId, output: 'IMAGE' },
        to: { nodeId: scaleId, input: 'image' },
      },
    );
  }
  const last = Math.abs(rest - 1) > 1e-6 ? scaleId : upscaleId;
  ops.push({
    op: 'connect',
    from: { nodeId: last, output: 'IMAGE' },
    to: { nodeId: saver.id, input: input.name },
  });
  return edit(ops, [
    `${shown(factor ?? own)}× upscale with ${bareName(model)} added before ${scene.label(saver)}`,
  ]);
}

/** Without upscale models the picture is simply scaled. */
function addPlainScale(
  source: NonNullable<ReturnType<Scene['sourceOf']>>,
  saver: NodeView,
  input: string,
  factor: number,
  scene: Scene,
): Outcome {
  const [nodeId = ''] = freeIds(scene, 1);
  return edit(
    [
      newNode(nodeId, 'ImageScaleBy', {
        widgets: { upscale_method: 'lanczos', scale_by: factor },
      }),
      feed(source, nodeId, 'image'),
      { op: 'connect', from: { nodeId, output: 'IMAGE' }, to: { nodeId: saver.id, input } },
    ],
    [
      `${shown(factor)}× scale added before ${scene.label(saver)} (this ComfyUI has no upscale models)`,
    ],
  );
}

function upscaleModels(scene: Scene): readonly string[] {
  const loader = scene.catalog.get('UpscaleModelLoader');
  const hasBoth = loader !== undefined && scene.catalog.get('ImageUpscaleWithModel') !== undefined;
  const choices = hasBoth
    ? (loader.inputs.find((input) => input.name === 'model_name')?.choices ?? [])
    : [];
  return choices.filter((choice) => typeof choice === 'string');
}
