/** What a formula comes to: whole numbers beyond 2^53 are exact, a comparison gives true or false. */
export type FormulaValue = number | bigint | boolean;

/** Another node in a formula: `"KSampler".steps` by title or class, `#3.steps` by id. */
export interface NodeReference {
  readonly by: 'title' | 'id';
  readonly text: string;
}

export type UnaryOperator = '-' | '+';
export type BinaryOperator =
  '+' | '-' | '*' | '/' | '%' | '**' | '<' | '<=' | '>' | '>=' | '==' | '!=';

/** A parsed formula; `at` is the zero-based character where a part stands. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number | bigint; readonly at: number }
  /** A setting of the same node, `old`, or a constant; in quotes always a setting. */
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly isQuoted: boolean;
      readonly at: number;
    }
  | {
      readonly kind: 'setting';
      readonly node: NodeReference;
      readonly name: string;
      readonly at: number;
    }
  | {
      readonly kind: 'unary';
      readonly operator: UnaryOperator;
      readonly operand: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'choice';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      readonly at: number;
    };

/** Why a formula cannot be worked out: where (zero-based character), and in words what would have been right. */
export interface FormulaError {
  readonly at: number;
  readonly expected: string;
  /** Names that would have been known there. */
  readonly known?: readonly string[];
}

/** A longer formula is refused before it is read. */
export const MAX_FORMULA_LENGTH = 1_000;
