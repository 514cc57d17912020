import { type JsonObject, isJsonArray, isJsonObject } from '../../../../base/json.ts';
import type { NodeClass } from '../../catalog.ts';
import { typesConnect } from '../../ops/links/link-types.ts';
import { toTypeText } from '../../view/graph-format.ts';
import { type IdKey, toIdKey } from '../../view/id-key.ts';
import { type ClassPlan, type Slot } from './class-plan.ts';

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
export function readSlots(
  { inputs }: JsonObject,
  nodeClass: NodeClass | undefined,
  plan: ClassPlan | undefined,
): NodeSlots {
  const declared = plan ?? NO_SLOTS;
  const links = declared.unlinked.slice();
  let slots: Slot[] | undefined;
  let lost: string[] | undefined;
  for (const input of isJsonArray(inputs) ? inputs : []) {
    if (!isJsonObject(input)) continue;
    const { name, link } = input;
    const linkId = toIdKey(link);
    const index = typeof name === 'string' ? declared.indexes.get(name) : undefined;
    if (index !== undefined) links[index] = linkId;
    else if (nodeClass !== undefined && isLostSetting(input, nodeClass)) {
      if (linkId !== undefined) (lost ??= []).push(toSlot(input).name);
    } else {
      (slots ??= [...declared.slots]).push(toSlot(input));
      links.push(linkId);
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

/** Index of the input that stands in for an output of a bypassed node, or -1 (the page's rule). */
export function bypassSlot(
  slots: readonly Slot[],
  output: number,
  outputType: string,
  wanted: string,
): number {
  if (wanted === '*') return output < slots.length ? output : Math.min(0, slots.length - 1);
  const fits = ({ type }: Slot): boolean =>
    typesConnect(type, outputType) && typesConnect(type, wanted);
  const opposite = slots[output];
  if (opposite !== undefined && fits(opposite)) return output;
  const same = slots.findIndex(({ type }) => type === wanted);
  return same === -1 ? slots.findIndex(fits) : same;
}

function toSlot({ name, type, widget }: JsonObject): Slot {
  return {
    name: typeof name === 'string' ? name : '',
    type: toTypeText(type),
    isWidget: isJsonObject(widget) && typeof widget['name'] === 'string',
  };
}
