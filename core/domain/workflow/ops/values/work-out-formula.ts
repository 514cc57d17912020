import { type JsonValue } from '../../../../base/json.ts';
import { type Result, err, ok } from '../../../../base/result.ts';
import { type AppError, appError } from '../../../../contract/errors.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import {
  type FormulaScope,
  type Unknown,
  evaluateFormula,
} from '../../../expression/evaluate-formula.ts';
import { type FormulaValue, type NodeReference } from '../../../expression/expression.ts';
import { snap } from '../../../expression/formula-functions.ts';
import { type Draft } from '../../draft/draft.ts';
import { type NodeView } from '../../view/view.ts';
import { findReferredNodes } from '../nodes/find-referred-nodes.ts';
import { settingSpec } from '../resolve.ts';
import { valueLimits } from './value-limits.ts';

/**
 * The op with the value that its formula comes to after the ops so far, on the grid of the setting but not
 * clamped: a value that is out of range is refused when it is set. An op that has a value is returned as
 * it is. `op/invalid-formula`, `op/unknown-node`.
 */
export function workOutFormula(draft: Draft, op: Op): Result<Op, AppError> {
  if (op.op !== 'set_widget' || op.formula === undefined || op.value !== undefined) return ok(op);
  const found = draft.find(op.nodeId);
  if (!found.ok) return found;
  const node = found.value;
  const widget = node.widgets.find((each) => each.name === op.widget);
  const spec = settingSpec(node, op.widget);
  // Setting it says better why it cannot be set at all.
  if ((widget ?? spec) === undefined || widget?.isLinked === true) return ok(op);
  const limits = spec === undefined ? {} : valueLimits(spec);
  const value = evaluateFormula(op.formula, {
    ...limits,
    ...scopeOf(draft, node, op.widget),
  });
  if (!value.ok) {
    const { at, expected, known } = value.error;
    return err(
      appError('op/invalid-formula', {
        nodeId: op.nodeId,
        nodeTitle: node.title,
        widget: op.widget,
        formula: op.formula,
        position: at,
        expected,
        ...(known === undefined ? {} : { known: [...known] }),
      }),
    );
  }
  const result = typeof value.value === 'boolean' ? value.value : snap(value.value, limits);
  return ok({ ...op, value: result });
}

function scopeOf(
  draft: Draft,
  node: NodeView,
  widget: string,
): Pick<FormulaScope, 'old' | 'setting' | 'settings' | 'settingOf'> {
  return {
    old: () =>
      readSetting(node, widget) ?? err({ expected: `a setting that is there: ${widget} is not` }),
    setting: (name) => readSetting(node, name),
    settings: node.widgets.map((each) => each.name),
    settingOf: (reference, name) => readOther(draft, node, reference, name),
  };
}

function readOther(
  draft: Draft,
  from: NodeView,
  reference: NodeReference,
  name: string,
): Result<FormulaValue, Unknown> {
  const nodes = findReferredNodes(draft, from.id, reference);
  const [node] = nodes;
  if (node === undefined) {
    const titles = draft.nodeIds(from.id).flatMap((id) => {
      const found = draft.find(id);
      return found.ok ? [`"${found.value.title}"`] : [];
    });
    return err({
      expected: `a node that is there instead of “${reference.text}”`,
      known: [...new Set(titles)],
    });
  }
  if (nodes.length > 1) {
    return err({
      expected: `one node; ${String(nodes.length)} are called “${reference.text}”, so name it by its number`,
      known: nodes.map((each) => `#${each.id}.${name}`),
    });
  }
  return (
    readSetting(node, name) ??
    err({
      expected: `a setting of ${node.title} instead of “${name}”`,
      known: node.widgets.map((each) => each.name),
    })
  );
}

function readSetting(node: NodeView, name: string): Result<FormulaValue, Unknown> | undefined {
  const widget = node.widgets.find((each) => each.name === name);
  if (widget === undefined) return undefined;
  if (widget.isLinked) {
    return err({ expected: `a value: ${name} on ${node.title} comes from another node` });
  }
  const value = toFormulaValue(widget.value);
  return value === undefined
    ? err({ expected: `a number: ${name} on ${node.title} is not one` })
    : ok(value);
}

function toFormulaValue(value: JsonValue): FormulaValue | undefined {
  if (typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  // Files that were written by hand hold numbers as texts.
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+(\.\d*)?|\.\d+)\s*$/.test(value))
    return undefined;
  const number = Number(value);
  return /^\s*[+-]?\d+\s*$/.test(value) && !Number.isSafeInteger(number) ? BigInt(value) : number;
}
