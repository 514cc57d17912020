import type { JsonValue } from '../../base/json.ts';
import { nearChoices } from '../workflow/validation/choices/near-choices.ts';
import { familyOfModel } from './fits-family.ts';
import { modelFolderOf, modelPartOf } from './model-folder.ts';
import type { ModelPart } from './read-workload.ts';

const MOST = 3;

/**
 * Installed files that may do in the place of one that is not there, the likeliest first: alike by name, and never of
 * another line of models; where nothing is alike, of the same family, for parts of which one does what another does.
 */
export function standIns(
  wanted: string,
  choices: readonly JsonValue[],
  { classType, setting }: { readonly classType: string; readonly setting: string },
): readonly string[] {
  const folder = modelFolderOf(classType, setting);
  const family = familyOfModel(wanted, folder);
  const { same, near } = nearChoices(wanted, choices);
  if (same !== undefined) return [same];
  const alike = near.filter((name) => {
    const own = family === undefined ? undefined : familyOfModel(name, folder);
    return (own ?? family)?.line === family?.line && !isOtherLetter(wanted, name);
  });
  const part = modelPartOf(classType, setting);
  if (alike.length > 0 || family === undefined || part === undefined) return alike;
  if (!EXCHANGEABLE.has(part)) return [];
  return choices
    .filter((name) => typeof name === 'string')
    .filter((name) => familyOfModel(name, folder)?.id === family.id)
    .slice(0, MOST);
}

/** A LoRA or a ControlNet of the same family does something else altogether. */
const EXCHANGEABLE: ReadonlySet<ModelPart> = new Set([
  'checkpoint',
  'model',
  'text-encoder',
  'vae',
]);

/** "clip_vision_g" is no "clip_vision_h": a letter by itself tells the kind. */
function isOtherLetter(a: string, b: string): boolean {
  const [letter, other] = [letterOf(a), letterOf(b)];
  return letter !== undefined && other !== undefined && letter !== other;
}

function letterOf(name: string): string | undefined {
  return /(?:^|[_\s-])([a-z])(?=[_\s.-]|$)/i.exec(name)?.[1]?.toLowerCase();
}
