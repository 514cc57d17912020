import { type JsonValue } from '../../../../base/json.ts';
import { type Result, ok } from '../../../../base/result.ts';
import { type AppError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { type NodeClass } from '../../catalog.ts';
import { type Draft } from '../../draft/draft.ts';
import { settingSpecs } from '../../draft/widget-values.ts';
import { type NodeView } from '../../view/view.ts';
import { checkValue } from '../values/check-value.ts';
import { canConnect } from '../links/link-types.ts';
import { findInput, resolveClass, resolveInput, resolveValues, typeOfOutput } from '../resolve.ts';

/**
 * Puts a node of another class in the same place under the same id. Settings carry over by name where
 * the value fits, links by name where the types fit, and outputs by the only one of their type.
 */
export function replaceNode(
  draft: Draft,
  op: Extract<Op, { op: 'replace_node' }>,
): Result<void, AppError> {
  const found = draft.find(op.nodeId);
  if (!found.ok) return found;
  const before = found.value;
  const nodeClass = resolveClass(draft, op.classType);
  if (!nodeClass.ok) return nodeClass;
  const kept = carryValues(before, nodeClass.value);
  const wanted = resolveValues(before, nodeClass.value, op.widgets ?? {});
  if (!wanted.ok) return wanted;
  const consumers = draft.consumers(op.nodeId);
  draft.replace(op.nodeId, nodeClass.value, new Map([...kept, ...wanted.value]));
  const after = draft.find(op.nodeId);
  if (!after.ok) return after;
  for (const { name, link } of before.inputs) {
    if (link === undefined) continue;
    const feeder = draft.find(link.nodeId);
    const target = resolveInput(after.value, name);
    if (!feeder.ok || !target.ok) continue;
    if (!canConnect(typeOfOutput(feeder.value, link.output), target.value.type)) continue;
    const linked = draft.link(link, target.value);
    if (!linked.ok) return linked;
  }
  for (const consumer of consumers) {
    const target = findInput(draft, consumer.nodeId, consumer.input);
    if (!target.ok) continue;
    const output = matchOutput(before, consumer.output, after.value, target.value.type);
    if (output < 0) continue;
    const linked = draft.link({ nodeId: op.nodeId, output }, target.value);
    if (!linked.ok) return linked;
  }
  return ok(undefined);
}

function carryValues(before: NodeView, nodeClass: NodeClass): ReadonlyMap<string, JsonValue> {
  const old = new Map(before.widgets.map((widget) => [aliasOf(widget.name), widget.value]));
  const values = new Map<string, JsonValue>();
  for (const spec of settingSpecs(nodeClass, old)) {
    const value = old.get(aliasOf(spec.name));
    if (value === undefined) continue;
    const checked = checkValue(spec, value);
    if (checked.ok) values.set(spec.name, checked.value);
  }
  return values;
}

/** One thing under two names in ComfyUI's own samplers. */
function aliasOf(name: string): string {
  return name === 'noise_seed' ? 'seed' : name;
}

function matchOutput(before: NodeView, index: number, after: NodeView, wanted: string): number {
  const old = before.outputs[index];
  const fitting = after.outputs.flatMap((output, at) =>
    canConnect(output.type, wanted) ? [{ output, at }] : [],
  );
  const named = fitting.find(({ output }) => output.name === old?.name);
  const typed = fitting.find(({ output }) => output.type === old?.type);
  return (named ?? typed ?? (fitting.length === 1 ? fitting[0] : undefined))?.at ?? -1;
}
