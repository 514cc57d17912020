import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { InputSpec, NodeCatalog, NodeClass } from '../catalog.ts';
import { toIdText } from '../reading/graph-format.ts';
import { storedWidgets } from '../widgets/stored-widgets.ts';
import type { PayloadMoment } from './moment.ts';
import type { PayloadNote } from './payload-note.ts';
import { type NoneReason, type Resolved, broadcastLink, resolveLink } from './resolve-link.ts';
import { type Scope, payloadId, typeOf } from './scope.ts';
import { inputSlots } from './slots.ts';
import { fillNameTokens, pickDynamicText } from './text-tokens.ts';

/** What every step of the transform needs. */
export interface Emitting {
  readonly catalog: NodeCatalog;
  readonly moment: PayloadMoment;
  readonly report: PayloadNote[];
  /** Value of a setting of a node found by its "S&R" name or title, for file name tokens. */
  readonly lookUp: (node: string, setting: string) => string | undefined;
}

/** Writes one node as the payload has it: settings by name, then links over them, then the title. */
export function emitNode(scope: Scope, node: JsonObject, emitting: Emitting): JsonObject {
  const nodeClass = emitting.catalog.get(typeOf(node));
  const notes = noteTaker(scope, node, nodeClass, emitting.report);
  const inputs: Record<string, JsonValue> = {};
  for (const [name, value] of settingsOf(scope, node, nodeClass, emitting, notes)) {
    inputs[name] = toPayloadValue(value);
  }
  writeLinks(scope, node, nodeClass, emitting, inputs, notes);
  return {
    inputs,
    class_type: typeOf(node),
    _meta: { title: nodeTitle(node, nodeClass) },
  };
}

/** What the artist sees on a node: its own title, else what its class is called. */
export function nodeTitle(node: JsonObject, nodeClass: NodeClass | undefined): string {
  const own = node['title'];
  return typeof own === 'string' && own !== '' ? own : (nodeClass?.displayName ?? typeOf(node));
}

type Note = (kind: PayloadNote['kind'], message: string, input?: string) => void;

function noteTaker(
  scope: Scope,
  node: JsonObject,
  nodeClass: NodeClass | undefined,
  report: PayloadNote[],
): Note {
  const nodeId = payloadId(scope, node);
  const title = nodeTitle(node, nodeClass);
  return (kind, message, input) =>
    report.push({
      nodeId,
      nodeTitle: title,
      kind,
      message,
      ...(input === undefined ? {} : { input }),
    });
}

function settingsOf(
  scope: Scope,
  node: JsonObject,
  nodeClass: NodeClass | undefined,
  emitting: Emitting,
  note: Note,
): readonly (readonly [string, JsonValue])[] {
  if (nodeClass === undefined) {
    note(
      'guessed',
      `ComfyUI has no node of the kind “${typeOf(node)}”, so it was passed on as it is.`,
    );
  }
  const { widgets, doubts } = storedWidgets(node, nodeClass);
  for (const doubt of doubts) note('guessed', `${capitalise(doubt)}.`);
  const overrides = scope.overrides.get(toIdText(node['id']) ?? '');
  const settings: (readonly [string, JsonValue])[] = [];
  for (const { name, value, spec } of widgets) {
    if (spec !== undefined && CAPTURED_BY_THE_PAGE.has(spec.type)) {
      note(
        'left-out',
        `“${name}” is recorded by ComfyUI’s own page when it runs and was left out.`,
      );
      continue;
    }
    const chosen = currentName(typeOf(node), name, overrides?.get(name) ?? value);
    settings.push([name, expandText(name, chosen, spec, nodeClass, emitting, note)]);
  }
  return [...settings, ...loraRows(node)];
}

/** Files of early 2023 call a sampler “sample_euler”; the page takes the beginning away when it loads them. */
function currentName(type: string, name: string, value: JsonValue): JsonValue {
  const isSampler = type === 'KSampler' || type === 'KSamplerAdvanced';
  return isSampler && name === 'sampler_name' && typeof value === 'string'
    ? value.replace(/^sample_/, '')
    : value;
}

/** Types whose value the page uploads while it makes the payload. */
const CAPTURED_BY_THE_PAGE: ReadonlySet<string> = new Set([
  'LOAD_3D',
  'LOAD_3D_ANIMATION',
  'WEBCAM',
  'AUDIO_RECORD',
]);

function expandText(
  name: string,
  value: JsonValue,
  spec: InputSpec | undefined,
  nodeClass: NodeClass | undefined,
  emitting: Emitting,
  note: Note,
): JsonValue {
  if (typeof value !== 'string') return value;
  if (spec?.options['dynamicPrompts'] === true) {
    const { text, picked } = pickDynamicText(value, emitting.moment.pick);
    if (picked > 0 && emitting.moment.pick === undefined) {
      note('guessed', `“${name}” offers choices in braces; the first of each was taken.`);
    }
    return text;
  }
  if (name !== 'filename_prefix' || nodeClass?.isOutput !== true || !value.includes('%'))
    return value;
  const { text, unfilled } = fillNameTokens(value, emitting.lookUp, emitting.moment.now);
  if (unfilled.length > 0)
    note('left-out', `${unfilled.join(', ')} in the file name was not filled in.`);
  return text;
}

/** rgthree's Power Lora Loader keeps one object per row and sends them as numbered inputs. */
function loraRows(node: JsonObject): readonly (readonly [string, JsonValue])[] {
  const stored = node['widgets_values'];
  if (typeOf(node) !== 'Power Lora Loader (rgthree)' || !isJsonArray(stored)) return [];
  const rows = stored.filter(isJsonObject).filter((row) => typeof row['lora'] === 'string');
  return rows.map((row, index) => [`lora_${index + 1}`, row] as const);
}

/** A bare list would be read as a link by the server. */
function toPayloadValue(value: JsonValue): JsonValue {
  return isJsonArray(value) ? { __value__: value } : value;
}

function writeLinks(
  scope: Scope,
  node: JsonObject,
  nodeClass: NodeClass | undefined,
  emitting: Emitting,
  inputs: Record<string, JsonValue>,
  note: Note,
): void {
  const id = toIdText(node['id']) ?? '';
  for (const [index, slot] of inputSlots(node, nodeClass).entries()) {
    if (slot.linkId === undefined) {
      const broadcast = slot.isWidget ? undefined : broadcastLink(scope, id, index);
      if (broadcast === undefined) continue;
      inputs[slot.name] = [broadcast.nodeId, broadcast.output];
      note(
        'guessed',
        `“${slot.name}” is fed by a broadcast node and was joined to node ${broadcast.nodeId}.`,
      );
      continue;
    }
    const resolved = resolveLink(scope, slot.linkId, slot.type, emitting.catalog);
    if (resolved.kind === 'link') inputs[slot.name] = [resolved.nodeId, resolved.output];
    else if (resolved.kind === 'value' && slot.isWidget) {
      const spec = nodeClass?.inputs.find((each) => each.name === slot.name);
      // A setting that the class no longer has is not sent, whoever feeds it.
      if (nodeClass !== undefined && spec === undefined && !(slot.name in inputs)) continue;
      const value = withReplacements(resolved, emitting);
      // A primitive's value becomes the setting's own, and is filled in like one typed there.
      inputs[slot.name] = toPayloadValue(
        resolved.from === undefined
          ? value
          : expandText(slot.name, value, spec, nodeClass, emitting, note),
      );
    } else noteNothing(slot.name, resolved, slot.name in inputs, note);
  }
}

/** A primitive may fill name tokens in its text before it hands it on. */
function withReplacements(resolved: Resolved & { kind: 'value' }, emitting: Emitting): JsonValue {
  const properties = resolved.from?.['properties'];
  const wants = isJsonObject(properties) && properties['Run widget replace on values'] === true;
  if (!wants || typeof resolved.value !== 'string') return resolved.value;
  return fillNameTokens(resolved.value, emitting.lookUp, emitting.moment.now).text;
}

function noteNothing(input: string, resolved: Resolved, hasValue: boolean, note: Note): void {
  if (resolved.kind !== 'none' || resolved.why === 'own-value') return;
  const then = hasValue ? 'its own value was used' : 'it was left out';
  note('left-out', `“${input}” is linked to ${WHY[resolved.why]}; ${then}.`, input);
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
