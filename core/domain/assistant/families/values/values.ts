import type { Op } from '../../../../contract/workflow.schema.ts';
import type { Clause } from '../../reading/clause.ts';
import type { Change } from '../../reading/change-value.ts';
import { type Outcome, ask, edit } from '../../plan.ts';
import { type ReadValue, readValueRequest } from '../../reading/read-value.ts';
import { resolveNodes } from '../../scene/resolve-node.ts';
import type { Scene } from '../../scene/scene.ts';
import { type SettingConcept, nodesWith, settingsOf } from '../../reading/settings.ts';
import { askWhich, inSentence, orList, refer, withoutWords } from '../../replying/wording.ts';
import { changeSetting, haveOneSource } from './change-setting.ts';
import {
  askForSettingThatIsThere,
  askToOrBy,
  askToWhat,
  askWhatSetting,
  askWithin,
  cfgOfFlux,
} from './value-questions.ts';

const PICTURES = /^(?<count>\d+|two|three|four|five|six|eight) (?:images|pictures|pics|frames)$/;

/** Sets, raises, lowers, doubles, … one or more numbers on a named or implied node. */
export function planValues(clause: Clause, scene: Scene): Outcome | undefined {
  const concepts = settingsOf(scene);
  const count = PICTURES.exec(clause.plain)?.groups?.['count'];
  if (count !== undefined) return planPictures(count, clause, scene, concepts);
  const parts = clause.plain.split(/\s*(?:,\s|&|\band\b)\s*/).filter((part) => part !== '');
  const reads = readParts(parts, clause.plain, concepts);
  if (reads === undefined) return undefined;
  const shared = reads.at(-1)?.nodeWords ?? '';
  if (reads.length > 1 && reads.slice(0, -1).some((read) => read.nodeWords !== ''))
    return undefined;
  const ops: Op[] = [];
  const says: string[] = [];
  let setting: string | undefined;
  for (const read of reads) {
    const outcome = planOne({ ...read, nodeWords: shared }, clause, scene, concepts);
    if (outcome?.kind !== 'edit') return outcome;
    ops.push(...outcome.ops);
    says.push(...outcome.says);
    setting = outcome.setting ?? setting;
  }
  return edit(ops, says, setting);
}

/** "4 images" are four at once; four runs, each with its own seed, may be meant as well. */
function planPictures(
  count: string,
  clause: Clause,
  scene: Scene,
  concepts: readonly SettingConcept[],
): Outcome | undefined {
  const runs = `run ${count} variations`;
  const batch = concepts.find((concept) => concept.key === 'batch');
  const read = readValueRequest(`batch size ${count}`, concepts);
  if (read === undefined || batch === undefined || nodesWith(batch, scene).length === 0)
    return ask(`Shall I run it ${count} times?`, [runs]);
  const outcome = planOne(read, clause, scene, concepts);
  return outcome?.kind === 'edit' ? { ...outcome, offers: [runs] } : outcome;
}

function readParts(
  parts: readonly string[],
  whole: string,
  concepts: readonly SettingConcept[],
): readonly ReadValue[] | undefined {
  const reads = parts.map((part) => readValueRequest(part, concepts));
  const isEachWhole = reads.every(
    (read) => read !== undefined && read.concepts.length === 1 && read.changes.length === 1,
  );
  if (isEachWhole && reads.length > 1) return reads.filter((read) => read !== undefined);
  const read = readValueRequest(whole, concepts);
  if (read === undefined && parts.length === 1) return readRow(whole, concepts);
  return read === undefined || read.changes.length > 1 ? undefined : [read];
}

/** "denoise .5 cfg 5": one setting and number after another, with nothing between. */
function readRow(
  whole: string,
  concepts: readonly SettingConcept[],
): readonly ReadValue[] | undefined {
  const reads: ReadValue[] = [];
  let words: string[] = [];
  for (const word of whole.split(/\s+/)) {
    words.push(word);
    const read = readValueRequest(words.join(' '), concepts);
    const [change] = read?.changes ?? [];
    if (read?.concepts.length !== 1 || change === undefined || change.kind === 'pace') continue;
    reads.push(read);
    words = [];
  }
  return words.length === 0 && reads.length > 1 ? reads : undefined;
}

function planOne(
  read: ReadValue,
  clause: Clause,
  scene: Scene,
  concepts: readonly SettingConcept[],
): Outcome | undefined {
  const named =
    read.concepts.length > 0 ? read.concepts : impliedConcept(read, clause, scene, concepts);
  const [change] = read.changes;
  // "Drop the LoRA" takes it out; "drop it a bit" turns it down.
  if (read.isDrop && read.concepts.length === 0 && read.nodeWords !== '' && isPlainPace(change))
    return undefined;
  if (named.length === 0) return askWhatSetting(read, scene);
  const ops: Op[] = [];
  const says: string[] = [];
  for (const concept of named) {
    const candidates = nodesWith(concept, scene);
    const label = concept.label;
    if (candidates.length === 0) return askForSettingThatIsThere(concept, scene);
    const match = resolveNodes(read.nodeWords, candidates, scene);
    if (match.nodes.length === 0) {
      const others = resolveNodes(read.nodeWords, scene.nodes, scene).nodes;
      const other = others[0];
      if (other === undefined) return undefined;
      return ask(
        `${scene.label(other)} has no ${label} setting. ${label} is on ${orList(candidates.map((node) => scene.label(node)))}.`,
        candidates
          .slice(0, 4)
          .map((node) => `${withoutWords(clause.typed, read.nodeWords)} on ${refer(node)}`),
      );
    }
    if (read.range !== undefined) return askWithin(concept, read.range, read.nodeWords);
    if (change === undefined) return askToWhat(concept, match.nodes, scene);
    const guidance = cfgOfFlux(concept, read, match.nodes, scene, change);
    if (guidance !== undefined) return guidance;
    if (read.isUnclear !== undefined) return askToOrBy(concept, read.isUnclear, read.nodeWords);
    if (match.nodes.length > 1 && !match.wantsAll && !haveOneSource(concept, match.nodes, scene)) {
      return askWhich(
        `Which ${inSentence(label)} do you mean`,
        withoutWords(clause.typed, read.nodeWords),
        match.nodes,
        scene,
      );
    }
    const outcome = changeSetting(concept, change, match.nodes, scene);
    if (outcome.kind !== 'edit') return outcome;
    ops.push(...outcome.ops);
    says.push(...outcome.says);
  }
  return edit(ops, says, named.at(-1)?.key);
}

function isPlainPace(change: Change | undefined): boolean {
  return change?.kind === 'pace' && change.amount === 'plain';
}

function impliedConcept(
  read: ReadValue,
  clause: Clause,
  scene: Scene,
  concepts: readonly SettingConcept[],
): readonly SettingConcept[] {
  const [change] = read.changes;
  const byNode = change === undefined ? undefined : mainSettingOf(read.nodeWords, scene);
  if (byNode !== undefined) return concepts.filter((concept) => concept.key === byNode);
  const key =
    clause.previousSetting ??
    (change?.kind === 'pace' || change?.kind === 'times' ? lastSetting(scene) : undefined);
  if (key === undefined) return [];
  return concepts
    .filter((concept) => concept.key === key || concept.widgets.flat().includes(key))
    .slice(0, 1);
}

/** Nodes with one knob that everybody means: "lora 0.6", "controlnet at 0.8". */
function mainSettingOf(nodeWords: string, scene: Scene): string | undefined {
  const { nodes } = nodeWords === '' ? { nodes: [] } : resolveNodes(nodeWords, scene.nodes, scene);
  const is = (pattern: RegExp): boolean =>
    nodes.length > 0 && nodes.every((node) => pattern.test(node.classType));
  if (is(/lora/i)) return 'lora strength';
  if (is(/controlnetapply/i)) return 'controlnet strength';
  if (is(/^(?:LatentUpscaleBy|ImageScaleBy)$/)) return 'scale';
  return is(/^ImageBlur$/) ? 'blur radius' : undefined;
}

/** "A bit more" goes on from the last change, when that was of one setting only. */
function lastSetting(scene: Scene): string | undefined {
  const last = scene.session.changeSets.findLast((set) => set.status === 'applied');
  const widgets = new Set(last?.ops.map((op) => (op.op === 'set_widget' ? op.widget : '')) ?? []);
  return widgets.size === 1 ? [...widgets][0] : undefined;
}
