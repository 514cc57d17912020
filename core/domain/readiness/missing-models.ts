import type { JsonValue } from '../../base/json.ts';
import type { MissingModel } from '../../contract/readiness.schema.ts';
import type { Problem } from '../../contract/workflow.schema.ts';
import { familyOfModel } from '../machine/fits-family.ts';
import { findKnownModel } from '../machine/known-models/find-known-model.ts';
import { modelFolderOf } from '../machine/model-folder.ts';
import { standIns } from '../machine/stand-ins.ts';
import type { NodeCatalog } from '../workflow/catalog.ts';
import type { PayloadNode } from '../workflow/validation/payload-facts.ts';
import { type DeclaredModel, baseName } from './declared-parts.ts';

const MODEL_FILE = /\.(?:safetensors|sft|ckpt|pth?|bin|gguf|onnx)$/i;

/**
 * The model files that ComfyUI does not have: those it does not list, and those that a missing node would load and that
 * no loader lists. Each once, with what the workflow and the published names tell of it.
 */
export function missingModels(
  nodes: ReadonlyMap<string, PayloadNode>,
  problems: readonly Problem[],
  declared: ReadonlyMap<string, DeclaredModel>,
  catalog: NodeCatalog,
): readonly MissingModel[] {
  const refused = new Map(
    problems
      .filter(({ type }) => type === 'value_not_in_list')
      .map((problem) => [`${problem.nodeId ?? ''}/${problem.input ?? ''}`, problem]),
  );
  const models = new Map<string, MissingModel>();
  for (const node of nodes.values()) {
    for (const [input, file] of Object.entries(node.inputs)) {
      if (typeof file !== 'string' || !MODEL_FILE.test(file)) continue;
      const problem = refused.get(`${node.id}/${input}`);
      const isUnseen = node.nodeClass === undefined && !isListed(file, catalog);
      if (problem === undefined && !isUnseen) continue;
      const key = baseName(file);
      const known = models.get(key);
      const model = describeModel(node, input, file, declared.get(key));
      const near = problem === undefined ? [] : nearFiles(node, input, file);
      models.set(key, {
        ...model,
        ...known,
        nodeIds: [...(known?.nodeIds ?? []), node.id],
        isSure: known?.isSure === true || problem !== undefined,
        near: known?.near ?? near,
      });
    }
  }
  // A node that is missing may not tell which of its values is a file; then only the workflow's own list does.
  const used = new Set(
    [...nodes.values()].flatMap(({ nodeClass, inputs }) =>
      nodeClass === undefined ? [] : Object.values(inputs).flatMap(toBaseName),
    ),
  );
  for (const [key, model] of declared) {
    if (models.has(key) || used.has(key) || isListed(model.name, catalog)) continue;
    const told = describeModel(undefined, '', model.name, model);
    models.set(key, { ...told, nodeIds: [], isSure: false, near: [] });
  }
  return [...models.values()];
}

function toBaseName(value: JsonValue): readonly string[] {
  return typeof value === 'string' ? [baseName(value)] : [];
}

function describeModel(
  node: PayloadNode | undefined,
  input: string,
  file: string,
  declared: DeclaredModel | undefined,
): Omit<MissingModel, 'nodeIds' | 'isSure' | 'near'> {
  const own = declared?.directory ?? modelFolderOf(node?.classType ?? '', input);
  const known = findKnownModel(file, own);
  const folder = own ?? known?.folder;
  const source = declared?.url ?? known?.source;
  const family = familyOfModel(file, folder)?.name;
  // An encoder for many models belongs to none of them.
  const isShared = (known?.families.length ?? 0) > 1 || known?.families.length === 0;
  return {
    file,
    ...(node === undefined ? {} : { nodeTitle: node.title, input }),
    ...(folder === undefined ? {} : { folder }),
    ...(family === undefined || isShared ? {} : { family }),
    ...(known?.bytes === undefined ? {} : { bytes: known.bytes }),
    ...(known?.licence === undefined ? {} : { licence: known.licence }),
    ...(source === undefined ? {} : { source }),
    told: declared?.url !== undefined ? 'workflow' : known !== undefined ? 'known' : 'unknown',
  };
}

function nearFiles(node: PayloadNode, input: string, file: string): readonly string[] {
  const choices = node.nodeClass?.inputs.find(({ name }) => name === input)?.choices ?? [];
  return standIns(file, choices, { classType: node.classType, setting: input });
}

/** ComfyUI's own loaders, which list every file of their folder. */
const LOADERS: readonly (readonly [classType: string, input: string])[] = [
  ['CheckpointLoaderSimple', 'ckpt_name'],
  ['UNETLoader', 'unet_name'],
  ['CLIPLoader', 'clip_name'],
  ['VAELoader', 'vae_name'],
  ['LoraLoader', 'lora_name'],
  ['ControlNetLoader', 'control_net_name'],
  ['UpscaleModelLoader', 'model_name'],
  ['CLIPVisionLoader', 'clip_name'],
  ['StyleModelLoader', 'style_model_name'],
];

function isListed(file: string, catalog: NodeCatalog): boolean {
  const wanted = baseName(file);
  return LOADERS.some(([classType, input]) =>
    catalog
      .get(classType)
      ?.inputs.find(({ name }) => name === input)
      ?.choices?.some((choice) => typeof choice === 'string' && baseName(choice) === wanted),
  );
}
