import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { type InputSpec, type NodeClass } from '../catalog.ts';
import { type Draft, type LinkTarget } from '../draft/draft.ts';
import { settingSpecs } from '../draft/widget-values.ts';
import { nearestNames } from '../nearest-name.ts';
import { type LinkSource, type NodeView, type OutputView } from '../view/view.ts';
import { findInputSpec } from '../widgets/widget-layout.ts';
import { checkValue } from './values/check-value.ts';

/** The class, or `op/unknown-class` with the nearest names that the server has. */
export function resolveClass(draft: Draft, classType: string): Result<NodeClass, AppError> {
  const found = draft.catalog.get(classType);
  if (found !== undefined) return ok(found);
  const near = nearestNames(classType, draft.catalog.classTypes, 5);
  return err(appError('op/unknown-class', { classType, near }));
}

/** What the server says about a setting: one that is shown, or one that the file does not have yet. */
export function settingSpec(node: NodeView, name: string): InputSpec | undefined {
  const shown = node.widgets.find((each) => each.name === name)?.spec;
  return shown ?? node.nodeClass?.inputs.find((each) => each.name === name && each.isWidget);
}

/** Checks a value against what the server says about the setting: `op/invalid-value`. */
export function resolveValue(
  node: Pick<NodeView, 'id' | 'title'>,
  spec: InputSpec,
  value: JsonValue,
): Result<JsonValue, AppError> {
  const checked = checkValue(spec, value);
  if (checked.ok) return checked;
  const { expected, allowed } = checked.error;
  return err(
    appError('op/invalid-value', {
      nodeId: node.id,
      nodeTitle: node.title,
      widget: spec.name,
      value,
      expected,
      ...(allowed === undefined ? {} : { allowed: [...allowed] }),
    }),
  );
}

/** Checks the settings that a new node is to start with: `op/unknown-widget`, `op/invalid-value`. */
export function resolveValues(
  node: Pick<NodeView, 'id' | 'title'>,
  nodeClass: NodeClass,
  wanted: JsonObject,
): Result<ReadonlyMap<string, JsonValue>, AppError> {
  const values = new Map<string, JsonValue>(Object.entries(wanted));
  const specs = settingSpecs(nodeClass, values).filter((spec) => spec.isWidget);
  for (const [name, value] of Object.entries(wanted)) {
    const spec = specs.find((each) => each.name === name);
    if (spec === undefined) {
      return err(
        appError('op/unknown-widget', {
          nodeId: node.id,
          nodeTitle: node.title,
          widget: name,
          known: specs.map((each) => each.name),
        }),
      );
    }
    const checked = resolveValue(node, spec, value);
    if (!checked.ok) return checked;
    values.set(name, checked.value);
  }
  return ok(values);
}

/** An output by name or index: `op/unknown-output`. A name is also found in another case, or by a type that only it has. */
export function resolveOutput(
  node: NodeView,
  output: string | number,
): Result<LinkSource & { readonly type: string; readonly name: string }, AppError> {
  const index = typeof output === 'number' ? output : findOutput(node.outputs, output);
  const found = node.outputs[index];
  if (found === undefined) {
    return err(
      appError('op/unknown-output', {
        nodeId: node.id,
        nodeTitle: node.title,
        output: String(output),
        known: node.outputs.map((each) => each.name),
      }),
    );
  }
  return ok({ nodeId: node.id, output: index, type: found.type, name: found.name });
}

function findOutput(outputs: readonly OutputView[], wanted: string): number {
  const exact = outputs.findIndex((each) => each.name === wanted);
  if (exact >= 0) return exact;
  const lower = wanted.toLowerCase();
  const named = outputs.findIndex((each) => each.name.toLowerCase() === lower);
  if (named >= 0) return named;
  const isOfType = (each: OutputView): boolean => each.type.toLowerCase() === lower;
  return outputs.filter(isOfType).length === 1 ? outputs.findIndex(isOfType) : -1;
}

/** An input or a setting by name, as the end of a link: `op/unknown-input`. */
export function resolveInput(node: NodeView, name: string): Result<LinkTarget, AppError> {
  const widget = node.widgets.find((each) => each.name === name);
  const input = node.inputs.find((each) => each.name === name);
  const spec = node.nodeClass === undefined ? undefined : findInputSpec(node.nodeClass, name);
  const type = input?.type ?? spec?.type ?? (widget === undefined ? undefined : '*');
  if (type === undefined) {
    const known = new Set([...node.inputs, ...node.widgets].map((each) => each.name));
    return err(
      appError('op/unknown-input', {
        nodeId: node.id,
        nodeTitle: node.title,
        input: name,
        known: [...known],
      }),
    );
  }
  return ok({
    nodeId: node.id,
    input: name,
    type,
    isWidget: widget !== undefined || spec?.isWidget === true,
  });
}

/** The same for a node by its id: `op/unknown-node` too. */
export function findInput(
  draft: Draft,
  nodeId: string,
  name: string,
): Result<LinkTarget, AppError> {
  const found = draft.find(nodeId);
  return found.ok ? resolveInput(found.value, name) : found;
}

/** The type of an output by index; one that nobody knows may be anything. */
export function typeOfOutput(node: NodeView, output: number): string {
  return node.outputs[output]?.type ?? '*';
}
