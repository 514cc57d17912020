import type { JsonValue } from '../../base/json.ts';
import type { NodeView, WorkflowView } from '../workflow/view/view.ts';
import type { PictureSize } from './forecast/latent-size.ts';
import { familyOfWorkflow, type ModelFamily, unknownFamily } from './model-families.ts';

/** What a model file is for. */
export type ModelPart = 'checkpoint' | 'model' | 'text-encoder' | 'vae' | 'lora' | 'controlnet';

/** A model file that the workflow loads. */
export interface UsedModel {
  readonly folder: string;
  readonly name: string;
  readonly part: ModelPart;
  /** True when the loader stores it in half the space of the file. */
  readonly isHalved: boolean;
}

/** What a run will ask of the machine, as far as the workflow tells. */
export interface Workload {
  readonly family: ModelFamily;
  readonly isFamilyKnown: boolean;
  readonly size: PictureSize;
  readonly isSizeKnown: boolean;
  readonly models: readonly UsedModel[];
  readonly isDecodeTiled: boolean;
}

const SETTINGS: readonly (readonly [setting: RegExp, folder: string, part: ModelPart])[] = [
  [/^ckpt_name$/, 'checkpoints', 'checkpoint'],
  [/^unet_name$/, 'diffusion_models', 'model'],
  [/^clip_name\d?$/, 'text_encoders', 'text-encoder'],
  [/^vae_name$/, 'vae', 'vae'],
  [/^lora_name$/, 'loras', 'lora'],
  [/^control_net_name$/, 'controlnet', 'controlnet'],
];

/** Used where the workflow does not say how large the picture is, e.g. when it comes from a file. */
const USUAL: PictureSize = { width: 1024, height: 1024, frames: 1, batch: 1 };

/** Reads what a run will ask for; the largest picture counts where there are several. */
export function readWorkload(view: WorkflowView): Workload {
  const nodes = view.nodes.filter(({ mode, isVirtual }) => mode === 'active' && !isVirtual);
  const family = familyOfWorkflow(view);
  const sizes = nodes.flatMap(sizeOf);
  const enlarged = nodes.reduce((factor, node) => factor * latentScale(node), 1);
  const largest = sizes.toSorted((a, b) => cellsOf(b) - cellsOf(a))[0];
  const size = largest ?? USUAL;
  return {
    family: family ?? unknownFamily,
    isFamilyKnown: family !== undefined,
    size: { ...size, width: size.width * enlarged, height: size.height * enlarged },
    isSizeKnown: largest !== undefined,
    models: distinct(nodes.flatMap(modelsOf)),
    isDecodeTiled: nodes.some(({ classType }) => classType === 'VAEDecodeTiled'),
  };
}

function sizeOf(node: NodeView): readonly PictureSize[] {
  const width = numberOn(node, /^width$/);
  const height = numberOn(node, /^height$/);
  const makesLatent = node.outputs.some(({ type }) => type === 'LATENT');
  if (width === undefined || height === undefined || !makesLatent) return [];
  const frames = numberOn(node, /^(?:length|num_frames|video_frames|frames)$/) ?? 1;
  return [{ width, height, frames, batch: numberOn(node, /^batch_size$/) ?? 1 }];
}

/** A second pass works on a larger latent than the first. */
function latentScale(node: NodeView): number {
  const takesLatent = node.inputs.some(({ type }) => type === 'LATENT');
  const makesLatent = node.outputs.some(({ type }) => type === 'LATENT');
  return takesLatent && makesLatent ? (numberOn(node, /^scale_by$/) ?? 1) : 1;
}

/** What a setting that names a model file is for, and the folder its files lie in; undefined for other settings. */
export function modelSetting(
  name: string,
): { readonly folder: string; readonly part: ModelPart } | undefined {
  const known = SETTINGS.find(([setting]) => setting.test(name));
  return known === undefined ? undefined : { folder: known[1], part: known[2] };
}

function modelsOf(node: NodeView): readonly UsedModel[] {
  const isFp8 = node.widgets.some(
    ({ name, value }) => name === 'weight_dtype' && typeof value === 'string' && /fp8/.test(value),
  );
  return node.widgets.flatMap(({ name, value }) => {
    const known = modelSetting(name);
    if (known === undefined || typeof value !== 'string' || value === '') return [];
    return [{ ...known, name: value, isHalved: isFp8 && !/fp8|gguf/i.test(value) }];
  });
}

function numberOn(node: NodeView, pattern: RegExp): number | undefined {
  const value: JsonValue | undefined = node.widgets.find(
    ({ name, isLinked }) => !isLinked && pattern.test(name),
  )?.value;
  return typeof value === 'number' ? value : undefined;
}

function cellsOf({ width, height, frames, batch }: PictureSize): number {
  return width * height * frames * batch;
}

function distinct(models: readonly UsedModel[]): readonly UsedModel[] {
  return [...new Map(models.map((model) => [`${model.folder}/${model.name}`, model])).values()];
}
