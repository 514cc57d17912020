import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { err, ok } from '../../core/base/result.ts';
import {
  type FormulaScope,
  evaluateFormula,
} from '../../core/domain/expression/evaluate-formula.ts';
import { PROPERTY_RUNS } from './arbitrary-workflow.ts';

const settings = { steps: 20, height: 1080, cfg: 7.5, seed: 18446744073709551615n } as const;
const scope: FormulaScope = {
  settings: Object.keys(settings),
  old: () => ok(50),
  setting: (name) =>
    Object.hasOwn(settings, name) ? ok(settings[name as keyof typeof settings]) : undefined,
  settingOf: () => err({ expected: 'a node' }),
};

type Tree =
  | { readonly kind: 'leaf'; readonly text: string; readonly value: number | bigint }
  | { readonly kind: 'negative'; readonly a: Tree }
  | { readonly kind: 'pair'; readonly name: Sign; readonly a: Tree; readonly b: Tree }
  | { readonly kind: 'pick'; readonly name: 'min' | 'max'; readonly a: Tree; readonly b: Tree }
  | { readonly kind: 'choice'; readonly a: Tree; readonly b: Tree; readonly c: Tree };
type Sign = '+' | '-' | '*' | '/';

const wholeLeaves = fc.oneof(
  fc.nat(1000).map((n): Tree => ({ kind: 'leaf', text: String(n), value: BigInt(n) })),
  fc
    .bigInt({ min: 0n, max: 2n ** 70n })
    .map((n): Tree => ({ kind: 'leaf', text: String(n), value: n })),
  fc.constantFrom<Tree>(
    { kind: 'leaf', text: 'steps', value: 20n },
    { kind: 'leaf', text: 'seed', value: settings.seed },
    { kind: 'leaf', text: '2k', value: 2000n },
  ),
);
const decimalLeaves = fc.oneof(
  fc.nat(50).map((n): Tree => ({ kind: 'leaf', text: String(n), value: n })),
  fc.nat(9999).map((n): Tree => ({ kind: 'leaf', text: String(n / 100), value: n / 100 })),
  fc.constantFrom<Tree>(
    { kind: 'leaf', text: 'cfg', value: 7.5 },
    { kind: 'leaf', text: 'old', value: 50 },
    { kind: 'leaf', text: '25%', value: 0.25 },
    { kind: 'leaf', text: '512px', value: 512 },
  ),
);

function trees(leaves: fc.Arbitrary<Tree>, signs: readonly Sign[]): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree }>((tie) => {
    const [a, b, c] = [tie('tree'), tie('tree'), tie('tree')];
    const name = fc.constantFrom(...signs);
    return {
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        leaves,
        a.map((of): Tree => ({ kind: 'negative', a: of })),
        fc.record({ kind: fc.constant('pair' as const), name, a, b }),
        fc.record({
          kind: fc.constant('pick' as const),
          name: fc.constantFrom('min' as const, 'max' as const),
          a,
          b,
        }),
        fc.record({ kind: fc.constant('choice' as const), a, b, c }),
      ),
    };
  }).tree;
}

describe(`for ${String(PROPERTY_RUNS)} random formulas`, () => {
  it('nothing that can be typed makes it throw', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom(
        'steps',
        'old',
        '"',
        '(',
        ')',
        '**',
        '%',
        '?',
        ':',
        '#3.',
        '1e99',
        'round(',
        ',',
        '2k',
        '-',
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const result = evaluateFormula(text, scope);
        if (result.ok) return;
        expect(result.error.at).toBeLessThanOrEqual(text.length);
        expect(result.error.expected).toMatch(/\w/);
      }),
      { numRuns: PROPERTY_RUNS },
    );
  });

  it('whole numbers of any size come to what whole numbers come to', () => {
    fc.assert(
      fc.property(trees(wholeLeaves, ['+', '-', '*']), (tree) => {
        const expected = work(tree, calculateWhole);
        const result = evaluateFormula(write(tree), scope);
        // Beyond 2^1024 it says so instead; nothing on the way may be larger than what comes out.
        if (!result.ok) expect(result.error.expected).toMatch(/large|characters/);
        else expect(BigInt(result.value)).toBe(expected);
      }),
      { numRuns: PROPERTY_RUNS },
    );
  });

  it('other numbers come to what numbers come to', () => {
    let compared = 0;
    fc.assert(
      fc.property(trees(decimalLeaves, ['+', '-', '*', '/']), (tree) => {
        const expected = work(tree, calculateNumber);
        const result = evaluateFormula(write(tree), scope);
        if (!Number.isFinite(expected)) return;
        if (result.ok) {
          expect(Number(result.value)).toBe(expected + 0);
          compared += 1;
        } else expect(result.error.expected).toMatch(/divide|large|characters/);
      }),
      { numRuns: PROPERTY_RUNS },
    );
    expect(compared).toBeGreaterThan(PROPERTY_RUNS / 2);
  });
});

function write(tree: Tree): string {
  switch (tree.kind) {
    case 'leaf':
      return tree.text;
    case 'negative':
      return `-${write(tree.a)}`;
    case 'pair':
      return `(${write(tree.a)} ${tree.name} ${write(tree.b)})`;
    case 'pick':
      return `${tree.name}(${write(tree.a)}, ${write(tree.b)})`;
    case 'choice':
      return `(${write(tree.a)} < ${write(tree.b)} ? ${write(tree.b)} : ${write(tree.c)})`;
  }
}

/** The reference: walks the tree that the formula was written from, and reads no text. */
function work<T extends number | bigint>(tree: Tree, calculate: (sign: Sign, a: T, b: T) => T): T {
  const value = (part: Tree): T => work(part, calculate);
  switch (tree.kind) {
    case 'leaf':
      return tree.value as T;
    case 'negative':
      return -value(tree.a) as T;
    case 'pair':
      return calculate(tree.name, value(tree.a), value(tree.b));
    case 'pick': {
      const [a, b] = [value(tree.a), value(tree.b)];
      return (tree.name === 'min') === a < b ? a : b;
    }
    case 'choice': {
      const b = value(tree.b);
      return value(tree.a) < b ? b : value(tree.c);
    }
  }
}

function calculateWhole(sign: Sign, a: bigint, b: bigint): bigint {
  return sign === '+' ? a + b : sign === '-' ? a - b : a * b;
}

function calculateNumber(sign: Sign, a: number, b: number): number {
  return sign === '+' ? a + b : sign === '-' ? a - b : sign === '*' ? a * b : a / b;
}
