import { type JsonObject, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { NodeClass } from '../catalog.ts';
import { storedOutputs, toTypeText } from '../reading/graph-format.ts';
import { type IdKey, toIdKey } from '../reading/id-key.ts';
import { type ClassPlan, type Slot, planOf } from './class-plan.ts';
import type { GraphNode } from './graph-index.ts';

/** A node's input slots, and the link that ends at each, by the same index. */
export interface NodeSlots {
  readonly slots: readonly Slot[];
  readonly links: readonly (IdKey | undefined)[];
  /** Wired settings that the class no longer has; the page takes them away, wire and all. */
  readonly lost: readonly string[];
}

/**
 * The input slots in the page's order: the class's sockets, its settings' hidden sockets, then what only
 * the file has. Names tell them apart; positions in the file differ between versions of the page.
 */
export function inputSlots({ json, nodeClass }: GraphNode): NodeSlots {
  const declared = nodeClass === undefined ? NO_SLOTS : planOf(nodeClass);
  const links = declared.unlinked.slice();
  let slots: Slot[] | undefined;
  let lost: string[] | undefined;
  const stored = json['inputs'];
  for (const input of isJsonArray(stored) ? stored : []) {
    if (!isJsonObject(input)) continue;
    const name = input['name'];
    const index = typeof name === 'string' ? declared.indexes.get(name) : undefined;
    if (index !== undefined) links[index] = toIdKey(input['link']);
    else if (nodeClass !== undefined && isLostSetting(input, nodeClass)) {
      if (toIdKey(input['link']) !== undefined) (lost ??= []).push(ownSlot(input).name);
    } else {
      slots ??= [...declared.slots];
      slots.push(ownSlot(input));
      links.push(toIdKey(input['link']));
    }
  }
  return { slots: slots ?? declared.slots, links, lost: lost ?? NOTHING };
}

const NOTHING: readonly string[] = [];

/** True for the socket of a setting that the class does not have. */
function isLostSetting({ name, widget }: JsonObject, nodeClass: NodeClass): boolean {
  if (!isJsonObject(widget) || typeof name !== 'string') return false;
  // Settings that a dynamic choice brings are called "choice.setting" and are not declared.
  const head = name.split('.')[0];
  return !nodeClass.inputs.some((spec) => spec.name === head && spec.type.startsWith('COMFY_'));
}

const NO_SLOTS: Pick<ClassPlan, 'slots' | 'indexes' | 'unlinked'> = {
  slots: [],
  indexes: new Map(),
  unlinked: [],
};

/** The type of an output slot; the class knows best, the file stands in. */
export function outputType({ json, nodeClass }: GraphNode, slot: number): string {
  return nodeClass?.outputs[slot]?.type ?? toTypeText(storedOutputs(json)[slot]?.type);
}

/** Whether the page lets two slot types be joined: `*` joins all, lists need one name in common. */
export function typesConnect(a: string, b: string): boolean {
  if (a === '*' || b === '*' || a === b) return true;
  const names = new Set(splitType(a));
  return splitType(b).some((name) => names.has(name) || name === '*') || names.has('*');
}

/** Index of the input that stands in for an output of a bypassed node, or -1 (the page's rule). */
export function bypassSlot(
  slots: readonly Slot[],
  output: number,
  outputTypeName: string,
  wanted: string,
): number {
  if (wanted === '*') return slots.length === 0 ? -1 : slots[output] === undefined ? 0 : output;
  const fits = (slot: Slot | undefined): boolean =>
    slot !== undefined &&
    typesConnect(slot.type, outputTypeName) &&
    typesConnect(slot.type, wanted);
  if (fits(slots[output])) return output;
  const same = slots.findIndex((slot) => slot.type === wanted);
  return same >= 0 ? same : slots.findIndex(fits);
}

function ownSlot(input: JsonObject): Slot {
  const { name, type, widget } = input;
  return {
    name: typeof name === 'string' ? name : '',
    type: toTypeText(type ?? '*'),
    isWidget: isJsonObject(widget) && typeof widget['name'] === 'string',
  };
}

function splitType(type: string): readonly string[] {
  return type
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
}
