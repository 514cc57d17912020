import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
  jsonEquals,
} from '../../base/json.ts';
import type { Check } from '../../contract/run/run.schema.ts';
import type { DiffEntry } from '../../contract/workflow.schema.ts';
import { settingLabel } from '../workflow/view/setting-label.ts';
import type { WorkflowView } from '../workflow/view/view.ts';

/** What ran: the payload as the picture itself tells it, else as it was sent. */
export interface RunEvidence {
  readonly ran: JsonObject;
  /** True when `ran` was read out of a picture. */
  readonly isFromPicture: boolean;
}

/** For each accepted change, whether what ran holds it. Moves and titles change no picture: no check. */
export function checkChanges(
  diff: readonly DiffEntry[],
  evidence: RunEvidence,
  view: WorkflowView,
): readonly Check[] {
  return diff.flatMap((entry) => checkChange(entry, evidence, view) ?? []);
}

function checkChange(
  entry: DiffEntry,
  { ran, isFromPicture }: RunEvidence,
  view: WorkflowView,
): Check | undefined {
  const where = isFromPicture ? 'the picture’s own record' : 'what was sent to ComfyUI';
  switch (entry.kind) {
    case 'widget-changed':
      return checkWidget(entry, { ran, where, view });
    case 'node-added': {
      // Notes and the like never run, and a node may be added switched off.
      const node = view.node(entry.nodeId);
      if (node === undefined || node.isVirtual || node.mode !== 'active') return undefined;
      return partCheck(`${entry.nodeTitle} takes part`, takesPart(ran, entry.nodeId));
    }
    case 'node-removed':
      return partCheck(`${entry.nodeTitle} is gone`, !takesPart(ran, entry.nodeId));
    case 'node-replaced': {
      const node = nodeOf(ran, entry.nodeId);
      const what = `${entry.nodeTitle} is a ${entry.to}`;
      return partCheck(what, node?.['class_type'] === entry.to);
    }
    case 'mode-changed': {
      const runs = takesPart(ran, entry.nodeId);
      const isOn = entry.to === 'active';
      return partCheck(`${entry.nodeTitle} is switched ${isOn ? 'on' : 'off'}`, runs === isOn);
    }
    case 'link-added':
      return checkLink(entry, ran);
    case 'link-removed':
    case 'title-changed':
    case 'node-moved':
    case 'document-changed':
      return undefined;
  }
}

function checkWidget(
  entry: Extract<DiffEntry, { readonly kind: 'widget-changed' }>,
  context: { readonly ran: JsonObject; readonly where: string; readonly view: WorkflowView },
): Check | undefined {
  const { nodeId, nodeTitle, widget, to } = entry;
  const seen = context.view.node(nodeId);
  // What only the page uses ("seed after each run", notes, muted nodes) is in no payload.
  if (to === undefined || seen === undefined || seen.isVirtual) return undefined;
  const isServerSetting = seen.widgets.some(
    ({ name, spec }) => name === widget && spec !== undefined,
  );
  const node = nodeOf(context.ran, nodeId);
  const value = node === undefined ? undefined : inputOf(node, widget);
  const what = `${settingLabel(widget)} is ${shown(to)} on ${nodeTitle}`;
  if (node === undefined) {
    // A subgraph hands its settings on to the nodes inside it.
    if (takesPart(context.ran, nodeId)) return { what, outcome: 'unknown' };
    return { what, outcome: 'not-met', detail: `${nodeTitle} took no part in this run.` };
  }
  if (value === undefined) {
    return isServerSetting
      ? { what, outcome: 'not-met', detail: `It is missing from ${context.where}.` }
      : undefined;
  }
  if (isLink(value)) {
    const detail = 'Another node decides this value through a connection.';
    return { what, outcome: 'not-met', detail };
  }
  if (jsonEquals(value, to)) return { what, outcome: 'met' };
  return { what, outcome: 'not-met', detail: `It is ${shown(value)} in ${context.where}.` };
}

/** A link through a reroute or a bypassed node ends somewhere else in the payload: unknown, not wrong. */
function checkLink(
  { from, to }: Extract<DiffEntry, { readonly kind: 'link-added' }>,
  ran: JsonObject,
): Check {
  const what = `${from.nodeTitle} feeds ${to.input.replaceAll('_', ' ')} of ${to.nodeTitle}`;
  const node = nodeOf(ran, to.nodeId);
  const value = node === undefined ? undefined : inputOf(node, to.input);
  const isThere = value !== undefined && isLink(value) && value[0] === from.nodeId;
  return { what, outcome: isThere ? 'met' : 'unknown' };
}

function partCheck(what: string, isMet: boolean): Check {
  return { what, outcome: isMet ? 'met' : 'not-met' };
}

/** A subgraph takes part through the nodes inside it, whose ids begin with its own: "12:34". */
function takesPart(payload: JsonObject, nodeId: string): boolean {
  return (
    nodeOf(payload, nodeId) !== undefined ||
    Object.keys(payload).some((id) => id.startsWith(`${nodeId}:`))
  );
}

function nodeOf(payload: JsonObject, nodeId: string): JsonObject | undefined {
  const node = Object.hasOwn(payload, nodeId) ? payload[nodeId] : undefined;
  return isJsonObject(node) ? node : undefined;
}

function inputOf(node: JsonObject, name: string): JsonValue | undefined {
  const inputs = node['inputs'];
  return isJsonObject(inputs) && Object.hasOwn(inputs, name) ? inputs[name] : undefined;
}

function isLink(value: JsonValue): value is readonly [string, number] {
  if (!isJsonArray(value) || value.length !== 2) return false;
  return typeof value[0] === 'string' && typeof value[1] === 'number';
}

const MAX_SHOWN = 60;

function shown(value: JsonValue): string {
  if (typeof value === 'string') {
    return value.length > MAX_SHOWN ? `“${value.slice(0, MAX_SHOWN)}…”` : `“${value}”`;
  }
  return typeof value === 'object' ? 'another value' : String(value);
}
