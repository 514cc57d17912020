import { assertNever } from '../../base/result.ts';
import { type Expression, type NodeReference } from './expression.ts';
import { parseFormula } from './parse-formula.ts';

/** A setting that a formula looks at; without a node one of the same node. */
export interface FormulaRead {
  readonly node?: NodeReference;
  readonly name: string;
}

/** Every setting that a formula may look at, whichever way its choices go; nothing when it cannot be read. */
export function formulaReads(text: string): readonly FormulaRead[] {
  const expression = parseFormula(text);
  return expression.ok ? readsOf(expression.value) : [];
}

function readsOf(expression: Expression): readonly FormulaRead[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [{ name: expression.name }];
    case 'setting':
      return [{ node: expression.node, name: expression.name }];
    case 'unary':
      return readsOf(expression.operand);
    case 'binary':
      return [...readsOf(expression.left), ...readsOf(expression.right)];
    case 'choice':
      return [expression.condition, expression.then, expression.otherwise].flatMap(readsOf);
    case 'call':
      return expression.args.flatMap(readsOf);
    default:
      return assertNever(expression);
  }
}
