import type { NodeView } from '../../../workflow/view/view.ts';
import { type Change, shown } from '../../reading/change-value.ts';
import { type Outcome, ask } from '../../plan.ts';
import type { ReadValue } from '../../reading/read-value.ts';
import { type Scene, widgetOf } from '../../scene/scene.ts';
import {
  type SettingConcept,
  nodesWith,
  settingsThere,
  widgetsOn,
} from '../../reading/settings.ts';
import { inSentence, orList, refer } from '../../replying/wording.ts';

/** Asks which setting a number or a direction is about; undefined where a node was named. */
export function askWhatSetting(read: ReadValue, scene: Scene): Outcome | undefined {
  const [change] = read.changes;
  if (read.nodeWords !== '' || change === undefined) return undefined;
  const there = settingsThere(scene)
    .filter((concept) => change.kind !== 'to' || takes(concept, Number(change.value), scene))
    .slice(0, 3);
  if (change.kind === 'to') {
    const number = shown(change.value);
    return ask(
      `${number} of what? Say which setting it is.`,
      there.map((concept) => `set ${concept.key} to ${number}`),
    );
  }
  const verb = change.kind === 'pace' && change.direction < 0 ? 'lower' : 'raise';
  return ask(
    'Which setting do you mean?',
    there.map((concept) => `${verb} ${concept.key} a bit`),
  );
}

/** Says that the setting is not here, and what is. */
export function askForSettingThatIsThere(concept: SettingConcept, scene: Scene): Outcome {
  const there = settingsThere(scene);
  return ask(
    `This workflow has no ${concept.label} setting. It has ${orList(there.slice(0, 8).map((other) => inSentence(other.label)))}.`,
    ['what can I change'],
  );
}

/** Asks for the value. */
export function askToWhat(
  concept: SettingConcept,
  nodes: readonly NodeView[],
  scene: Scene,
): Outcome {
  const now = nodes.map((node) => {
    const value = widgetOf(node, widgetsOn(concept, node)[0] ?? '')?.value;
    return nodes.length > 1 ? `${shown(value)} on ${scene.label(node)}` : shown(value);
  });
  const suffix =
    nodes.length === 1 && nodes[0] !== undefined && nodesWith(concept, scene).length > 1
      ? ` on ${refer(nodes[0])}`
      : nodes.length > 1
        ? ' on all'
        : '';
  return ask(`To what? ${concept.label} is ${now.join(', ')} now.`, [
    `raise ${concept.key} a bit${suffix}`,
    `lower ${concept.key} a bit${suffix}`,
  ]);
}

/** Asks which value of a range. */
export function askWithin(
  concept: SettingConcept,
  [from, to]: readonly [from: number, to: number],
  nodeWords: string,
): Outcome {
  const where = nodeWords === '' ? '' : ` on ${nodeWords}`;
  const middle = Number(((from + to) / 2).toFixed(2));
  return ask(
    `Which one between ${shown(from)} and ${shown(to)}?`,
    [from, middle, to].map((value) => `set ${concept.key} to ${shown(value)}${where}`),
  );
}

/** Asks whether a number is the goal or the difference. */
export function askToOrBy(
  concept: SettingConcept,
  unclear: { readonly number: number; readonly isUp: boolean },
  nodeWords: string,
): Outcome {
  const number = shown(unclear.number);
  const where = nodeWords === '' ? '' : ` on ${nodeWords}`;
  const verb = unclear.isUp ? 'raise' : 'lower';
  return ask(`To ${number}, or by ${number}?`, [
    `set ${concept.key} to ${number}${where}`,
    `${verb} ${concept.key} by ${number}${where}`,
  ]);
}

/** Flux is steered by its guidance and runs at CFG 1, so a plain "cfg 4" there is most often a slip. */
export function cfgOfFlux(
  concept: SettingConcept,
  read: ReadValue,
  nodes: readonly NodeView[],
  scene: Scene,
  change: Change,
): Outcome | undefined {
  if (concept.key !== 'cfg' || read.nodeWords !== '' || change.kind !== 'to') return undefined;
  const guided = scene.nodes.find((node) => widgetOf(node, 'guidance') !== undefined);
  const [sampler] = nodes;
  if (guided === undefined || sampler === undefined || widgetOf(sampler, 'cfg')?.value !== 1)
    return undefined;
  const value = shown(change.value);
  return ask(
    `CFG on ${scene.label(sampler)} is 1, as this model wants it, and guidance does the steering. Which do you mean?`,
    [`set guidance to ${value}`, `set cfg to ${value} on ${refer(sampler)}`],
  );
}

function takes(concept: SettingConcept, value: number, scene: Scene): boolean {
  const [node] = nodesWith(concept, scene);
  const [name] = node === undefined ? [] : widgetsOn(concept, node);
  const spec = node === undefined ? undefined : widgetOf(node, name ?? '')?.spec;
  return value >= Number(spec?.min ?? Infinity) && value <= Number(spec?.max ?? -Infinity);
}
