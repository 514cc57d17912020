import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { InputSpec } from '../catalog.ts';
import type { IdKey } from '../reading/id-key.ts';
import { exactLayout, storedWidgets } from '../widgets/stored-widgets.ts';
import type { LayoutEntry } from '../widgets/widget-layout.ts';
import { type Slot, hasChoices, isCaptured, isFileName, isSampler, planOf } from './class-plan.ts';
import type { GraphNode } from './graph-index.ts';
import type { PayloadMoment } from './moment.ts';
import type { PayloadNote } from './payload-note.ts';
import { type NoneReason, type Resolved, broadcastLink, resolveLink } from './resolve-link.ts';
import { shownValue } from './shown-value.ts';
import { type Scope, payloadId } from './scope.ts';
import { inputSlots } from './slots.ts';
import { fillNameTokens, pickDynamicText } from './text-tokens.ts';

/** What every step of the transform needs. */
export interface Emitting {
  readonly moment: PayloadMoment;
  readonly report: PayloadNote[];
  /** The nodes that links were written to. */
  readonly feeding: string[];
  /** Value of a setting of a node found by its "S&R" name or title, for file name tokens. */
  readonly lookUp: (node: string, setting: string) => string | undefined;
}

/** Writes one node as the payload has it: settings by name, then links over them, then the title. */
export function emitNode(scope: Scope, node: GraphNode, emitting: Emitting): JsonObject {
  const inputs: Record<string, JsonValue> = {};
  const writing: Writing = { scope, node, emitting, inputs };
  writeSettings(writing);
  writeLinks(writing);
  return { inputs, class_type: node.type, _meta: { title: nodeTitle(node) } };
}

/** What the artist sees on a node: its own title, else what its class is called. */
export function nodeTitle({ json, nodeClass, type }: GraphNode): string {
  const own = json['title'];
  return typeof own === 'string' && own !== '' ? own : (nodeClass?.displayName ?? type);
}

/** Adds a line about a node to the report; `input` when it is about one. */
export function addNote(
  { report }: Pick<Emitting, 'report'>,
  scope: Scope,
  node: GraphNode,
  note: Pick<PayloadNote, 'kind' | 'message' | 'input'>,
): void {
  report.push({ nodeId: payloadId(scope, node), nodeTitle: nodeTitle(node), ...note });
}

/** The node that is being written, where it stands, and what is written of it so far. */
interface Writing {
  readonly scope: Scope;
  readonly node: GraphNode;
  readonly emitting: Emitting;
  readonly inputs: Record<string, JsonValue>;
}

function note(
  { emitting, scope, node }: Writing,
  kind: PayloadNote['kind'],
  message: string,
  input?: string,
): void {
  addNote(emitting, scope, node, { kind, message, ...(input === undefined ? {} : { input }) });
}

function writeSettings(writing: Writing): void {
  const { node } = writing;
  if (node.nodeClass === undefined) {
    note(
      writing,
      'guessed',
      `ComfyUI has no node of the kind “${node.type}”, so it was passed on as it is.`,
    );
  }
  const layout = exactLayout(node.json, node.nodeClass);
  if (layout === undefined) writeGuessedSettings(writing);
  else writeExactSettings(writing, layout);
  if (node.type === 'Power Lora Loader (rgthree)') writeLoraRows(writing);
}

/** Values that are exactly the ones of their class need no guess, and most need no work. */
function writeExactSettings(writing: Writing, layout: readonly LayoutEntry[]): void {
  const { scope, node, inputs } = writing;
  const stored = node.json['widgets_values'];
  const values = isJsonArray(stored) ? stored : [];
  const isPlain =
    node.nodeClass !== undefined && planOf(node.nodeClass).isPlain && scope.overrides.size === 0;
  for (let place = 0; place < layout.length; place += 1) {
    const entry = layout[place];
    const value = values[place];
    if (entry?.kind !== 'widget' || value === undefined) continue;
    if (isPlain) inputs[entry.spec.name] = toPayloadValue(value);
    else writeSetting(writing, entry.spec.name, value, entry.spec);
  }
}

function writeGuessedSettings(writing: Writing): void {
  const { json, nodeClass } = writing.node;
  const { widgets, doubts } = storedWidgets(json, nodeClass);
  for (const doubt of doubts) note(writing, 'guessed', `${capitalise(doubt)}.`);
  for (const { name, value, spec } of widgets) writeSetting(writing, name, value, spec);
}

function writeSetting(
  writing: Writing,
  name: string,
  value: JsonValue,
  spec: InputSpec | undefined,
): void {
  if (spec !== undefined && isCaptured(spec)) {
    note(
      writing,
      'left-out',
      `“${name}” is recorded by ComfyUI’s own page when it runs and was left out.`,
    );
    return;
  }
  const { scope, node, inputs } = writing;
  const own = scope.overrides.get(node.id)?.get(name) ?? value;
  const chosen = currentName(node.type, name, own);
  inputs[name] = toPayloadValue(expandText(writing, name, chosen, spec));
}

/** Files of early 2023 call a sampler “sample_euler”; the page takes the beginning away when it loads them. */
function currentName(type: string, name: string, value: JsonValue): JsonValue {
  return typeof value === 'string' && isSampler(name, type) ? value.replace(/^sample_/, '') : value;
}

function expandText(
  writing: Writing,
  name: string,
  value: JsonValue,
  spec: InputSpec | undefined,
): JsonValue {
  if (typeof value !== 'string') return value;
  const { moment, lookUp } = writing.emitting;
  if (spec !== undefined && hasChoices(spec)) {
    const { text, picked } = pickDynamicText(value, moment.pick);
    if (picked > 0 && moment.pick === undefined) {
      note(writing, 'guessed', `“${name}” offers choices in braces; the first of each was taken.`);
    }
    return text;
  }
  if (!isFileName(name, writing.node.nodeClass) || !value.includes('%')) return value;
  const { text, unfilled } = fillNameTokens(value, lookUp, moment.now);
  if (unfilled.length > 0) {
    note(writing, 'left-out', `${unfilled.join(', ')} in the file name was not filled in.`);
  }
  return text;
}

/** rgthree's Power Lora Loader keeps one object per row and sends them as numbered inputs. */
function writeLoraRows({ node, inputs }: Writing): void {
  const stored = node.json['widgets_values'];
  if (!isJsonArray(stored)) return;
  const rows = stored.filter(isJsonObject).filter((row) => typeof row['lora'] === 'string');
  rows.forEach((row, index) => {
    inputs[`lora_${index + 1}`] = row;
  });
}

/** A bare list would be read as a link by the server. */
function toPayloadValue(value: JsonValue): JsonValue {
  return isJsonArray(value) ? { __value__: value } : value;
}

function writeLinks(writing: Writing): void {
  const { scope, node } = writing;
  const { slots, links, lost } = inputSlots(node);
  for (const name of lost) {
    const message = `This node no longer has “${name}”; what is wired to it was left out.`;
    note(writing, 'left-out', message, name);
  }
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index];
    const linkId = links[index];
    if (slot === undefined) continue;
    if (linkId !== undefined) writeLink(writing, slot, linkId);
    else if (!slot.isWidget && scope.graph.broadcasts.length > 0) {
      const broadcast = broadcastLink(scope, node.id, index);
      if (broadcast === undefined) continue;
      writeFeed(writing, slot.name, broadcast);
      note(
        writing,
        'guessed',
        `“${slot.name}” is fed by a broadcast node and was joined to node ${broadcast.nodeId}.`,
      );
    }
  }
}

function writeLink(writing: Writing, slot: Slot, linkId: IdKey): void {
  const { scope, node, inputs } = writing;
  const { name } = slot;
  const resolved = resolveSlot(scope, slot, linkId);
  if (resolved.kind === 'link') {
    writeFeed(writing, name, resolved);
    if (resolved.isGone === true) noteGone(writing, name, resolved);
    // A primitive writes into settings only; what a subgraph's instance holds goes to any input.
  } else if (resolved.kind === 'value' && (slot.isWidget || resolved.from === undefined)) {
    const spec = node.nodeClass?.inputs.find((each) => each.name === name);
    const value = withReplacements(resolved, writing.emitting);
    // A primitive's value becomes the setting's own, and is filled in like one typed there.
    inputs[name] = toPayloadValue(
      resolved.from === undefined ? value : expandText(writing, name, value, spec),
    );
  } else {
    // A wire from a muted node takes the setting's own value with it; any other dead end leaves it.
    const isMuted = resolved.kind === 'none' && resolved.why === 'muted';
    if (isMuted) Reflect.deleteProperty(inputs, name);
    noteNothing(writing, name, resolved);
  }
}

/** What feeds a slot; what a subgraph's unset input feeds gets what the setting shown there has, as it is. */
function resolveSlot(scope: Scope, slot: Slot, linkId: IdKey): Resolved {
  const resolved = resolveLink(scope, linkId, slot.type);
  if (resolved.kind !== 'none' || resolved.why !== 'own-value') return resolved;
  const value = shownValue(scope, linkId);
  return value === undefined ? resolved : { kind: 'value', value };
}

function noteGone(
  writing: Writing,
  input: string,
  { nodeId, output }: Resolved & { kind: 'link' },
): void {
  const message = `“${input}” is linked to output ${output + 1} of node ${nodeId}, which has not so many; it was passed on as it is.`;
  note(writing, 'guessed', message, input);
}

function writeFeed(
  { inputs, emitting }: Writing,
  name: string,
  { nodeId, output }: { readonly nodeId: string; readonly output: number },
): void {
  inputs[name] = [nodeId, output];
  emitting.feeding.push(nodeId);
}

/** A primitive may fill name tokens in its text before it hands it on. */
function withReplacements(
  { value, from }: Resolved & { kind: 'value' },
  { lookUp, moment }: Emitting,
): JsonValue {
  const properties = from?.['properties'];
  const wants = isJsonObject(properties) && properties['Run widget replace on values'] === true;
  return wants && typeof value === 'string'
    ? fillNameTokens(value, lookUp, moment.now).text
    : value;
}

function noteNothing(writing: Writing, input: string, resolved: Resolved): void {
  if (resolved.kind !== 'none' || resolved.why === 'own-value') return;
  const hasValue = Object.hasOwn(writing.inputs, input);
  const then = hasValue ? 'its own value was used' : 'it was left out';
  note(writing, 'left-out', `“${input}” is linked to ${WHY[resolved.why]}; ${then}.`, input);
}

const WHY: Readonly<Record<Exclude<NoneReason, 'own-value'>, string>> = {
  dangling: 'something that is not in the file',
  muted: 'a muted node',
  'nothing-fits': 'a bypassed node that has nothing suitable to pass on',
  'open-end': 'a wire that leads to nothing',
  loop: 'a wire that leads back to itself',
};

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
