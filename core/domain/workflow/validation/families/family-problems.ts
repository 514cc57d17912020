import type { Problem } from '../../../../contract/workflow.schema.ts';
import { modelFamilies } from '../../../machine/model-families.ts';
import { fitsFamily } from '../../../machine/fits-family.ts';
import { modelFolderOf, modelPartOf } from '../../../machine/model-folder.ts';
import type { ModelPart } from '../../../machine/read-workload.ts';
import { settingLabel } from '../../view/setting-label.ts';
import { about } from '../graph/graph-problems.ts';
import type { ModelFlow, ModelUse } from './model-flow.ts';
import type { PayloadNode } from '../payload-facts.ts';

const MAX_SUGGESTIONS = 5;

/**
 * Files of one family that meet a model of another: LoRAs, text encoders, VAEs, ControlNets, and models that are merged.
 * Judged by published names, else by what the names say; each message tells which.
 */
export function familyProblems(
  nodes: ReadonlyMap<string, PayloadNode>,
  { arrivals, partners }: ModelFlow,
): readonly Problem[] {
  return [...nodes.values()].flatMap((node) => [
    ...mergeProblem(node, arrivals.get(node.id) ?? []),
    ...Object.entries(node.inputs).flatMap(([input, file]): readonly Problem[] => {
      const part = modelPartOf(node.classType, input);
      const folder = modelFolderOf(node.classType, input);
      if (part === undefined || folder === undefined) return [];
      if (typeof file !== 'string' || file === '') return [];
      const uses = (part === 'lora' ? arrivals : partners).get(node.id) ?? [];
      return uses.flatMap((use): readonly Problem[] => {
        const verdict = fitsFamily(file, folder, use.family);
        if (verdict.fits !== false || !isMetBy(part, node, use)) return [];
        const isSure = verdict.isPublished && use.isPublished;
        const fitting = choicesOf(node, input).filter(
          (choice) => choice !== file && fitsFamily(choice, folder, use.family).fits === true,
        );
        return about(node, {
          type: 'model_family_clash',
          severity: 'warning',
          input,
          message: `${settingLabel(input)} on ${node.title}, “${file}”, is for ${verdict.familyName}, but it meets the ${use.family.name} model “${use.file}”; ${CONSEQUENCES[part]}.${isSure ? '' : ' Judged by the file names.'}`,
          ...(fitting.length === 0 ? {} : { suggestions: fitting.slice(0, MAX_SUGGESTIONS) }),
        });
      });
    }),
    ...textEncoderProblem(node, partners.get(node.id) ?? []),
  ]);
}

const CONSEQUENCES = {
  checkpoint: 'its VAE or text encoder does not fit there',
  model: 'the two do not go together',
  'text-encoder': 'the model would not understand the text, or the run would stop',
  vae: 'the picture would come out broken, or the run would stop',
  lora: 'ComfyUI would leave out most or all of it',
  controlnet: 'the run would stop, or ignore it',
} as const satisfies Readonly<Record<ModelPart, string>>;

/** A checkpoint meets its own model through its own wires; only what it lends to another counts. */
function isMetBy(part: ModelPart, node: PayloadNode, use: ModelUse): boolean {
  if (part === 'model') return false;
  return part !== 'checkpoint' || !Object.values(node.inputs).includes(use.file);
}

/** Two models in one node that only takes models of a kind. */
function mergeProblem(node: PayloadNode, uses: readonly ModelUse[]): readonly Problem[] {
  const takesTwo = node.links.filter(({ input }) => /^model\d*$/.test(input)).length > 1;
  const [first, ...others] = uses;
  const other = others.find(({ family }) => family.line !== first?.family.line);
  if (!takesTwo || first === undefined || other === undefined) return [];
  return about(node, {
    type: 'model_family_clash',
    severity: 'warning',
    message: `${node.title} joins the ${first.family.name} model “${first.file}” with the ${other.family.name} model “${other.file}”; models of different families cannot be joined.`,
  });
}

/** A text encoder that is set up for another family than the one it works for. */
function textEncoderProblem(node: PayloadNode, uses: readonly ModelUse[]): readonly Problem[] {
  const type = Object.hasOwn(node.inputs, 'type') ? node.inputs['type'] : undefined;
  const isLoader = node.nodeClass?.outputs.some((output) => output.type === 'CLIP') === true;
  const choices = choicesOf(node, 'type');
  const use = uses.find(
    ({ family: { textEncoder } }) =>
      textEncoder !== undefined && textEncoder !== type && choices.includes(textEncoder),
  );
  const wanted = use?.family.textEncoder;
  if (!isLoader || typeof type !== 'string' || use === undefined || wanted === undefined) return [];
  // A type that no known family has is for a model that is not known here.
  if (!modelFamilies.some(({ textEncoder }) => textEncoder === type)) return [];
  if (uses.some(({ family }) => family.textEncoder === type)) return [];
  return about(node, {
    type: 'text_encoder_type',
    severity: 'warning',
    input: 'type',
    message: `${node.title} is set up for “${type}”, but it works for the ${use.family.name} model “${use.file}”, which wants “${wanted}”.`,
    suggestions: [wanted],
  });
}

function choicesOf(node: PayloadNode, input: string): readonly string[] {
  const spec = node.nodeClass?.inputs.find(({ name }) => name === input);
  return (spec?.choices ?? []).filter((choice) => typeof choice === 'string');
}
