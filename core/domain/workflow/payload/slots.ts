import type { JsonObject } from '../../../base/json.ts';
import type { NodeClass } from '../catalog.ts';
import {
  type StoredInput,
  objectsIn,
  storedInputs,
  storedOutputs,
  toIdText,
  toTypeText,
} from '../reading/graph-format.ts';

/** One input slot as the page has it after loading a file. */
export interface Slot {
  readonly name: string;
  readonly type: string;
  readonly linkId?: string;
  readonly isWidget: boolean;
}

/**
 * The input slots in the page's order: the class's sockets, its settings' hidden sockets, then what only
 * the file has. Names tell them apart; positions in the file differ between versions of the page.
 */
export function inputSlots(node: JsonObject, nodeClass: NodeClass | undefined): readonly Slot[] {
  if (nodeClass === undefined) return storedInputs(node).map((input) => ownSlot(input));
  const declared = declaredSlots(nodeClass);
  const stored = objectsIn(node['inputs']);
  const slots = declared.map((slot) => {
    const linkId = toIdText(stored.findLast((input) => input['name'] === slot.name)?.['link']);
    return linkId === undefined ? slot : { ...slot, linkId };
  });
  for (const input of stored) {
    if (!declared.some((slot) => slot.name === input['name'])) {
      slots.push(...storedInputs({ inputs: [input] }).map((each) => ownSlot(each)));
    }
  }
  return slots;
}

/** A class's slots without links: sockets first, then the hidden sockets of settings. */
function declaredSlots(nodeClass: NodeClass): readonly Slot[] {
  const known = slotsOfClass.get(nodeClass);
  if (known !== undefined) return known;
  const made = [
    ...nodeClass.inputs.filter((spec) => !spec.isWidget),
    ...nodeClass.inputs.filter((spec) => spec.isWidget),
  ].map(({ name, type, isWidget }) => ({ name, type, isWidget }));
  slotsOfClass.set(nodeClass, made);
  return made;
}

// Keyed by immutable values, so that it can only save time.
const slotsOfClass = new WeakMap<NodeClass, readonly Slot[]>();

/** The type of an output slot; the class knows best, the file stands in. */
export function outputType(
  node: JsonObject,
  nodeClass: NodeClass | undefined,
  slot: number,
): string {
  return nodeClass?.outputs[slot]?.type ?? toTypeText(storedOutputs(node)[slot]?.type);
}

/** Whether the page lets two slot types be joined: `*` joins all, lists need one name in common. */
export function typesConnect(a: string, b: string): boolean {
  if (a === '*' || b === '*' || a === b) return true;
  const names = new Set(splitType(a));
  return splitType(b).some((name) => names.has(name) || name === '*') || names.has('*');
}

/** The input that stands in for an output of a bypassed node, or nothing (the page's rule). */
export function bypassSlot(
  slots: readonly Slot[],
  output: number,
  outputTypeName: string,
  wanted: string,
): Slot | undefined {
  if (wanted === '*') return slots[output] ?? slots[0];
  const fits = (slot: Slot): boolean =>
    typesConnect(slot.type, outputTypeName) && typesConnect(slot.type, wanted);
  const opposite = slots[output];
  if (opposite !== undefined && fits(opposite)) return opposite;
  return slots.find((slot) => slot.type === wanted) ?? slots.find(fits);
}

function ownSlot(input: StoredInput): Slot {
  return {
    name: input.name,
    type: toTypeText(input.type),
    isWidget: input.widgetName !== undefined,
    ...linkOf(input),
  };
}

function linkOf(input: StoredInput | undefined): { readonly linkId?: string } {
  return input?.linkId === undefined ? {} : { linkId: input.linkId };
}

function splitType(type: string): readonly string[] {
  return type
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
}
