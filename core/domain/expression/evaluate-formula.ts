import { type Result, assertNever, err, ok } from '../../base/result.ts';
import { type Exact, calculate } from './arithmetic.ts';
import {
  type Expression,
  type FormulaError,
  type FormulaValue,
  type NodeReference,
} from './expression.ts';
import {
  type SettingLimits,
  callFunction,
  functionForms,
  isFunctionName,
} from './formula-functions.ts';
import { parseFormula } from './parse-formula.ts';

/** Why a name has no value here. */
export type Unknown = Omit<FormulaError, 'at'>;

/** Where the names of a formula get their values. */
export interface FormulaScope extends SettingLimits {
  /** The present value of the setting. */
  old(): Result<FormulaValue, Unknown>;
  /** Another setting of the same node; undefined when there is none of that name. */
  setting(name: string): Result<FormulaValue, Unknown> | undefined;
  /** Names of the settings of the same node. */
  readonly settings: readonly string[];
  /** A setting of another node. */
  settingOf(node: NodeReference, name: string): Result<FormulaValue, Unknown>;
}

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

/** Works out a formula; never throws, never runs code, and takes time in proportion to its length. */
export function evaluateFormula(
  text: string,
  scope: FormulaScope,
): Result<FormulaValue, FormulaError> {
  const expression = parseFormula(text);
  return expression.ok ? evaluateExpression(expression.value, scope) : expression;
}

/** Works out a parsed formula. Only the chosen side of `a ? b : c` is looked at. */
function evaluateExpression(
  expression: Expression,
  scope: FormulaScope,
): Result<FormulaValue, FormulaError> {
  const { at } = expression;
  switch (expression.kind) {
    case 'number':
      return ok(expression.value);
    case 'name':
      return evaluateName(expression, scope);
    case 'setting':
      return placed(scope.settingOf(expression.node, expression.name), at);
    case 'unary': {
      const operand = evaluateNumber(expression.operand, scope);
      if (!operand.ok || expression.operator === '+') return operand;
      return said(calculate('-', 0, operand.value), at);
    }
    case 'binary': {
      const left = evaluateNumber(expression.left, scope);
      if (!left.ok) return left;
      const right = evaluateNumber(expression.right, scope);
      if (!right.ok) return right;
      return said(calculate(expression.operator, left.value, right.value), at);
    }
    case 'choice': {
      const condition = evaluateExpression(expression.condition, scope);
      if (!condition.ok) return condition;
      if (typeof condition.value !== 'boolean') {
        return err({ at: expression.condition.at, expected: 'a comparison such as steps > 20' });
      }
      return evaluateExpression(condition.value ? expression.then : expression.otherwise, scope);
    }
    case 'call':
      return evaluateCall(expression, scope);
    default:
      return assertNever(expression);
  }
}

function evaluateName(
  { name, isQuoted, at }: Extract<Expression, { kind: 'name' }>,
  scope: FormulaScope,
): Result<FormulaValue, FormulaError> {
  if (!isQuoted && name === 'old') return placed(scope.old(), at);
  const setting = scope.setting(name);
  if (setting !== undefined) return placed(setting, at);
  const constant = isQuoted ? undefined : CONSTANTS.get(name);
  if (constant !== undefined) return ok(constant);
  const known = ['old', ...scope.settings, ...CONSTANTS.keys()];
  return err({ at, expected: `a setting of this node instead of “${name}”`, known });
}

function evaluateCall(
  { name, args, at }: Extract<Expression, { kind: 'call' }>,
  scope: FormulaScope,
): Result<FormulaValue, FormulaError> {
  if (!isFunctionName(name)) {
    const known = Object.keys(functionForms);
    return err({ at, expected: `a function that there is instead of “${name}”`, known });
  }
  const values: Exact[] = [];
  for (const arg of args) {
    const value = evaluateNumber(arg, scope);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return said(callFunction(name, values, scope), at);
}

function evaluateNumber(expression: Expression, scope: FormulaScope): Result<Exact, FormulaError> {
  const value = evaluateExpression(expression, scope);
  if (!value.ok) return value;
  return typeof value.value === 'boolean'
    ? err({ at: expression.at, expected: 'a number; a comparison goes before a “?”' })
    : ok(value.value);
}

function placed(
  result: Result<FormulaValue, Unknown>,
  at: number,
): Result<FormulaValue, FormulaError> {
  return result.ok ? result : err({ ...result.error, at });
}

function said<T extends FormulaValue>(
  result: Result<T, string>,
  at: number,
): Result<T, FormulaError> {
  return result.ok ? result : err({ at, expected: result.error });
}
