import type { Op } from '../../../contract/workflow.schema.ts';
import { type Change, changeValue, shown } from '../change-value.ts';
import type { Clause } from '../clause.ts';
import { type Outcome, ask, edit } from '../plan.ts';
import { type ReadValue, readValueRequest } from '../read-value.ts';
import { resolveNodes } from '../resolve-node.ts';
import { type Scene, widgetOf } from '../scene.ts';
import {
  type SettingConcept,
  nodesWith,
  settingsOf,
  settingsThere,
  widgetsOn,
} from '../settings.ts';
import { settingLabel } from '../../workflow/setting-label.ts';
import { gridSpec } from '../size/model-grid.ts';
import type { NodeView } from '../../workflow/view.ts';

/** Sets, raises, lowers, doubles, … one or more numbers on a named or implied node. */
export function planValues(clause: Clause, scene: Scene): Outcome | undefined {
  const concepts = settingsOf(scene);
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

/** A request for a setting to become `change` on some of `nodes`; asks when it is not clear which. */
export function changeSetting(
  concept: SettingConcept,
  change: Change,
  nodes: readonly NodeView[],
  scene: Scene,
): Outcome {
  const ops: Op[] = [];
  const says: string[] = [];
  for (const node of nodes) {
    for (const name of widgetsOn(concept, node)) {
      const target = followLink(node, name, scene);
      if (target === undefined) {
        return ask(
          `${concept.label} on ${scene.label(node)} is fed by another node, so it has no value of its own.`,
        );
      }
      const widget = widgetOf(target.node, target.widget);
      const spec = gridSpec(widget?.spec, name, target.node, scene);
      const current = widget?.value ?? null;
      const changed = changeValue(current, forConcept(concept, change), spec, concept.paces);
      if (!changed.ok) {
        return ask(
          `${concept.label} cannot be that: ${changed.reason}. It is ${shown(current)} now.`,
          changed.offers.map((offer) => `set ${concept.key} to ${shown(offer)} on ${refer(node)}`),
        );
      }
      const where = nodesWith(concept, scene).length > 1 ? ` on ${scene.label(target.node)}` : '';
      const label =
        widgetsOn(concept, node).length > 1
          ? `${concept.label} (${name.replace(/^.*_/, '')})`
          : labelOf(concept, name);
      const note = changed.note === undefined ? '' : ` (${changed.note})`;
      if (shown(current) === shown(changed.value)) {
        says.push(`${label}${where} is already ${shown(current)}${note}`);
        continue;
      }
      ops.push({
        op: 'set_widget',
        nodeId: target.node.id,
        widget: target.widget,
        value: changed.value,
      });
      says.push(`${label}${where} ${shown(current)} → ${shown(changed.value)}${note}`);
    }
  }
  return edit(ops, says, concept.key);
}

/** "Guidance 5" on a sampler changes its CFG, and is called so. */
function labelOf(concept: SettingConcept, widget: string): string {
  return concept.widgets[0]?.includes(widget) === true ? concept.label : settingLabel(widget);
}

/** How a suggestion names a node so that it is found again whatever its title. */
export function refer(node: NodeView): string {
  return `${node.title} #${node.id}`;
}

/** Asks which of several nodes is meant; each offer repeats the request with one of them, the last with all. */
export function askWhich(
  what: string,
  request: string,
  nodes: readonly NodeView[],
  scene: Scene,
): Outcome {
  const listed = nodes.map((node) => scene.label(node));
  const offers = nodes.slice(0, 5).map((node) => `${request} on ${refer(node)}`);
  return ask(`${what}: ${orList(listed)}?`, [
    ...offers,
    `${request} on ${nodes.length === 2 ? 'both' : 'all'}`,
  ]);
}

/** "a, b or c". */
export function orList(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} or ${items.at(-1) ?? ''}`;
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
  if (read.isDrop && read.concepts.length === 0 && change?.kind === 'pace') {
    return named.length === 0 ? undefined : askDropped(read.nodeWords, named);
  }
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

function askWhatSetting(read: ReadValue, scene: Scene): Outcome | undefined {
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

function takes(concept: SettingConcept, value: number, scene: Scene): boolean {
  const [node] = nodesWith(concept, scene);
  const [name] = node === undefined ? [] : widgetsOn(concept, node);
  const spec = node === undefined ? undefined : widgetOf(node, name ?? '')?.spec;
  return value >= Number(spec?.min ?? Infinity) && value <= Number(spec?.max ?? -Infinity);
}

function askForSettingThatIsThere(concept: SettingConcept, scene: Scene): Outcome {
  const there = settingsThere(scene);
  return ask(
    `This workflow has no ${concept.label} setting. It has ${orList(there.slice(0, 8).map((other) => other.label.toLowerCase()))}.`,
    ['what can I change'],
  );
}

function askToWhat(concept: SettingConcept, nodes: readonly NodeView[], scene: Scene): Outcome {
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

/** "Drop the LoRA": take it out, or turn it down? */
function askDropped(nodeWords: string, named: readonly SettingConcept[]): Outcome {
  return ask(`Take the ${nodeWords} out, or turn it down?`, [
    `delete the ${nodeWords}`,
    ...named.map((concept) => `lower ${concept.key} a bit`),
  ]);
}

function askWithin(
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

function askToOrBy(
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
function cfgOfFlux(
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

/** "Steps" → "steps", "CFG" stays. */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.toLowerCase() : label;
}

function haveOneSource(concept: SettingConcept, nodes: readonly NodeView[], scene: Scene): boolean {
  const targets = nodes.map((node) => followLink(node, widgetsOn(concept, node)[0] ?? '', scene));
  const ids = new Set(
    targets.map((target) => (target === undefined ? '' : `${target.node.id}/${target.widget}`)),
  );
  return ids.size === 1 && !ids.has('');
}

/** A setting that a primitive feeds is changed there. */
function followLink(
  node: NodeView,
  widget: string,
  scene: Scene,
): { readonly node: NodeView; readonly widget: string } | undefined {
  if (widgetOf(node, widget)?.isLinked !== true) return { node, widget };
  const source = scene.sourceOf(node, widget)?.node;
  const own = source?.widgets.find(
    (other) => typeof other.value === 'number' || typeof other.value === 'bigint',
  );
  const isPlain = source !== undefined && (source.isVirtual || /^Primitive/.test(source.classType));
  return isPlain && own !== undefined ? { node: source, widget: own.name } : undefined;
}

/** Clip skip 2 is written -2 in ComfyUI. */
function forConcept(concept: SettingConcept, change: Change): Change {
  if (concept.key !== 'clip skip' || change.kind !== 'to') return change;
  return { kind: 'to', value: -Math.abs(Number(change.value)) };
}

function withoutWords(text: string, words: string): string {
  const at = words === '' ? -1 : text.toLowerCase().lastIndexOf(words);
  if (at < 0) return text;
  const before = text.slice(0, at).replace(/\s+(?:on|for|of|in|at)(?:\s+the)?\s*$/i, '');
  return `${before} ${text.slice(at + words.length)}`.trim();
}
