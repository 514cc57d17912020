import type { IdKey } from '../../view/id-key.ts';
import {
  type NoneReason,
  type Resolved,
  resolveLink,
  wantsTokensFilled,
} from '../follow/resolve-link.ts';
import { shownValue } from '../follow/shown-value.ts';
import type { Slot } from '../graph/class-plan.ts';
import type { Scope } from '../graph/scope.ts';
import { broadcastKey } from '../graph/wires.ts';
import { expandText, toPayloadValue } from './setting-value.ts';
import { fillNameTokens } from './text-tokens.ts';
import { type Writing, addNote } from './writing.ts';

/** Writes what is linked to a node over its settings. */
export function writeLinks(writing: Writing): void {
  const { graph } = writing.scope;
  const { key, slots } = writing.node;
  for (const name of slots.lost) {
    const message = `This node no longer has “${name}”; what is wired to it was left out.`;
    addNote(writing, 'left-out', message, name);
  }
  slots.slots.forEach((slot, index) => {
    const linkId = slots.links[index];
    if (linkId !== undefined) writeLink(writing, slot, linkId);
    else if (graph.broadcasts.size > 0 && !slot.isWidget) {
      const broadcast = graph.broadcasts.get(broadcastKey(key, index));
      if (broadcast !== undefined) writeBroadcast(writing, slot, broadcast.id);
    }
  });
}

function writeBroadcast(writing: Writing, slot: Slot, linkId: IdKey): void {
  const fed = writeLink(writing, slot, linkId);
  if (fed.kind !== 'link') return;
  const message = `“${slot.name}” is fed by a broadcast node and was joined to node ${fed.nodeId}.`;
  addNote(writing, 'guessed', message);
}

function writeLink(writing: Writing, slot: Slot, linkId: IdKey): Resolved {
  const { name } = slot;
  const resolved = resolveSlot(writing.scope, slot, linkId);
  switch (resolved.kind) {
    case 'link':
      writing.inputs[name] = [resolved.nodeId, resolved.output];
      if (resolved.isGone) noteGone(writing, name, resolved);
      break;
    case 'value':
      writeValue(writing, slot, resolved);
      break;
    case 'none':
      // A wire from a muted node takes the setting's own value with it; any other dead end leaves it.
      if (resolved.why === 'muted') Reflect.deleteProperty(writing.inputs, name);
      if (resolved.why !== 'own-value') noteNothing(writing, name, resolved.why);
  }
  return resolved;
}

/** What feeds a slot; what a subgraph's unset input feeds gets what the setting shown there has, as it is. */
function resolveSlot(scope: Scope, slot: Slot, linkId: IdKey): Resolved {
  const resolved = resolveLink(scope, linkId, slot.type);
  if (resolved.kind !== 'none' || resolved.why !== 'own-value') return resolved;
  const value = shownValue(scope, linkId);
  return value === undefined ? resolved : { kind: 'value', value };
}

/** What a subgraph's instance holds goes to any input; a primitive writes into settings only. */
function writeValue(
  writing: Writing,
  { name, isWidget }: Slot,
  { value, from }: Resolved & { kind: 'value' },
): void {
  const { node, emitting, inputs } = writing;
  if (from === undefined) inputs[name] = toPayloadValue(value);
  else if (isWidget) {
    const { lookUp, moment } = emitting;
    const isFilled = typeof value === 'string' && wantsTokensFilled(from);
    const own = isFilled ? fillNameTokens(value, lookUp, moment.now).text : value;
    const spec = node.nodeClass?.inputs.find((each) => each.name === name);
    // It becomes the setting's own value, and is filled in like one typed there.
    inputs[name] = toPayloadValue(expandText(writing, name, own, spec));
  } else noteNothing(writing, name, 'open-end');
}

function noteGone(
  writing: Writing,
  input: string,
  { nodeId, output }: Resolved & { kind: 'link' },
): void {
  const message = `“${input}” is linked to output ${output + 1} of node ${nodeId}, which has not so many; it was passed on as it is.`;
  addNote(writing, 'guessed', message, input);
}

function noteNothing(writing: Writing, input: string, why: Exclude<NoneReason, 'own-value'>): void {
  const then = Object.hasOwn(writing.inputs, input) ? 'its own value was used' : 'it was left out';
  addNote(writing, 'left-out', `“${input}” is linked to ${WHY[why]}; ${then}.`, input);
}

const WHY: Readonly<Record<Exclude<NoneReason, 'own-value'>, string>> = {
  dangling: 'something that is not in the file',
  muted: 'a muted node',
  'nothing-fits': 'a bypassed node that has nothing suitable to pass on',
  'open-end': 'a wire that leads to nothing',
  loop: 'a wire that leads back to itself',
};
