import { type Result, err, ok } from '../../base/result.ts';
import {
  type BinaryOperator,
  type Expression,
  type FormulaError,
  MAX_FORMULA_LENGTH,
} from './expression.ts';
import { type FormulaToken, tokeniseFormula } from './tokenise-formula.ts';

type Parsed = Result<Expression, FormulaError>;

/** Deeper nesting than anybody writes; guards the stack. */
const MAX_DEPTH = 64;

/** Binding powers: a higher one binds closer. `**` groups to the right, the rest to the left. */
const POWERS: ReadonlyMap<string, number> = new Map([
  ['?', 1],
  ['<', 2],
  ['<=', 2],
  ['>', 2],
  ['>=', 2],
  ['==', 2],
  ['!=', 2],
  ['+', 3],
  ['-', 3],
  ['*', 4],
  ['/', 4],
  ['%', 4],
  ['**', 6],
]);
const UNARY_POWER = 5;

/**
 * Reads a formula by operator precedence (Pratt). Never throws and never runs anything; a formula that is
 * too long or nested too deeply is an error like any other.
 */
export function parseFormula(text: string): Parsed {
  if (text.length > MAX_FORMULA_LENGTH) {
    return err({
      at: MAX_FORMULA_LENGTH,
      expected: `a formula of at most ${String(MAX_FORMULA_LENGTH)} characters`,
    });
  }
  const tokens = tokeniseFormula(text);
  if (!tokens.ok) return tokens;
  const reader = createReader(tokens.value, text.length);
  const expression = reader.read(0, 0);
  if (!expression.ok) return expression;
  const rest = reader.peek();
  return rest.kind === 'end'
    ? expression
    : err({ at: rest.at, expected: 'an operator such as + or *, or the end of the formula' });
}

interface Reader {
  peek(): FormulaToken;
  read(power: number, depth: number): Parsed;
}

function createReader(tokens: readonly FormulaToken[], length: number): Reader {
  let next = 0;
  const peek = (): FormulaToken => tokens[next] ?? { kind: 'end', at: length };
  const take = (): FormulaToken => {
    const token = peek();
    next += 1;
    return token;
  };
  const isSymbol = (text: string): boolean => {
    const token = peek();
    return token.kind === 'symbol' && token.text === text;
  };
  const expect = (text: string, expected: string): FormulaError | undefined => {
    if (!isSymbol(text)) return { at: peek().at, expected };
    next += 1;
    return undefined;
  };

  const read = (power: number, depth: number): Parsed => {
    if (depth > MAX_DEPTH)
      return err({ at: peek().at, expected: 'fewer parts inside one another' });
    let left = readOperand(depth);
    while (left.ok) {
      const token = peek();
      if (token.kind !== 'symbol') break;
      const own = POWERS.get(token.text);
      if (own === undefined || own <= power) break;
      next += 1;
      left =
        token.text === '?'
          ? readChoice(left.value, token.at, depth)
          : readBinary(left.value, token.text as BinaryOperator, own, token.at, depth);
    }
    return left;
  };

  const readBinary = (
    left: Expression,
    operator: BinaryOperator,
    power: number,
    at: number,
    depth: number,
  ): Parsed => {
    // 2 ** -1 and 2 ** 3 ** 2: the right side of a power takes signs and further powers.
    const right = read(operator === '**' ? UNARY_POWER - 1 : power, depth + 1);
    return right.ok ? ok({ kind: 'binary', operator, left, right: right.value, at }) : right;
  };

  const readChoice = (condition: Expression, at: number, depth: number): Parsed => {
    const then = read(0, depth + 1);
    if (!then.ok) return then;
    const missing = expect(':', 'a “:” and the other value');
    if (missing !== undefined) return err(missing);
    const otherwise = read(0, depth + 1);
    if (!otherwise.ok) return otherwise;
    return ok({ kind: 'choice', condition, then: then.value, otherwise: otherwise.value, at });
  };

  const readOperand = (depth: number): Parsed => {
    const token = take();
    const { at } = token;
    switch (token.kind) {
      case 'number':
        return ok({ kind: 'number', value: token.value, at });
      case 'node-id':
        return readSetting({ by: 'id', text: token.text }, at);
      case 'quoted':
        return isSymbol('.')
          ? readSetting({ by: 'title', text: token.text }, at)
          : ok({ kind: 'name', name: token.text, isQuoted: true, at });
      case 'name':
        if (isSymbol('(')) return readCall(token.text, at, depth);
        return isSymbol('.')
          ? readSetting({ by: 'title', text: token.text }, at)
          : ok({ kind: 'name', name: token.text, isQuoted: false, at });
      case 'symbol':
        return readSymbol(token.text, at, depth);
      case 'end':
        return err({ at, expected: `${OPERAND} at the end` });
    }
  };

  const readSymbol = (text: string, at: number, depth: number): Parsed => {
    if (text === '-' || text === '+') {
      const operand = read(UNARY_POWER, depth + 1);
      return operand.ok
        ? ok({ kind: 'unary', operator: text, operand: operand.value, at })
        : operand;
    }
    if (text !== '(') return err({ at, expected: `${OPERAND} instead of “${text}”` });
    const inner = read(0, depth + 1);
    if (!inner.ok) return inner;
    const missing = expect(')', 'a “)”');
    return missing === undefined ? inner : err(missing);
  };

  const readSetting = (
    node: { readonly by: 'title' | 'id'; readonly text: string },
    at: number,
  ): Parsed => {
    const dot = expect('.', 'a “.” and the name of a setting, as in #3.steps');
    if (dot !== undefined) return err(dot);
    const token = take();
    if (token.kind !== 'name' && token.kind !== 'quoted') {
      return err({ at: token.at, expected: 'the name of a setting, as in "KSampler".steps' });
    }
    return ok({ kind: 'setting', node, name: token.text, at });
  };

  const readCall = (name: string, at: number, depth: number): Parsed => {
    next += 1;
    const args: Expression[] = [];
    while (!isSymbol(')')) {
      if (args.length > 0) {
        const missing = expect(',', 'a “,” or a “)”');
        if (missing !== undefined) return err(missing);
      }
      const arg = read(0, depth + 1);
      if (!arg.ok) return arg;
      args.push(arg.value);
    }
    next += 1;
    return ok({ kind: 'call', name, args, at });
  };

  return { peek, read };
}

const OPERAND = 'a number or a setting';
