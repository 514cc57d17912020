import { relative } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlantedTree, plantTree } from './plant-tree.ts';

const plants: readonly (readonly [path: string, rule: string, text: string])[] = [
  ['core/domain/now.ts', 'no-restricted-properties', 'export const x = Date.now();\n'],
  ['core/tools/date.ts', 'no-restricted-syntax', 'export const x = new Date();\n'],
  ['core/base/chance.ts', 'no-restricted-properties', 'export const x = Math.random();\n'],
  ['core/ports/kinds.ts', 'no-restricted-syntax', 'export enum Kind { A }\n'],
  [
    'core/shell/any.ts',
    '@typescript-eslint/no-explicit-any',
    'export function f(x: any): unknown {\n  return x;\n}\n',
  ],
  [
    'core/shell/switch.ts',
    '@typescript-eslint/switch-exhaustiveness-check',
    `export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n`,
  ],
  [
    'core/agent/floating.ts',
    '@typescript-eslint/no-floating-promises',
    'export function f(work: () => Promise<void>): void {\n  work();\n}\n',
  ],
  ['renderer/long.ts', 'max-lines', 'export {};\n'.repeat(401)],
  ['core/shell/talk.ts', 'no-console', `console.log('x');\nexport {};\n`],
  [
    'core/shell/type.ts',
    '@typescript-eslint/consistent-type-imports',
    `import { f } from './fine.ts';\nexport type F = typeof f;\n`,
  ],
];

const allowed = {
  'core/domain/fine.ts': `export function toText(at: number): string {\n  return new Date(at).toISOString();\n}\n`,
  'core/domain/fine.test.ts': 'export const startedAt = Date.now();\n',
  'core/shell/fine.ts': 'export function f(): number {\n  return Date.now();\n}\n',
};

describe('the linter', () => {
  let tree: PlantedTree;
  let rulesOf: ReadonlyMap<string, readonly (string | null)[]>;

  beforeAll(async () => {
    const planted = Object.fromEntries(plants.map(([path, , text]) => [path, text]));
    tree = plantTree({ ...planted, ...allowed }, 'real');
    const results = await new ESLint({ cwd: tree.root }).lintFiles(['core', 'renderer']);
    rulesOf = new Map(
      results.map(({ filePath, messages }) => [
        relative(tree.root, filePath).replaceAll('\\', '/'),
        messages.map(({ ruleId }) => ruleId),
      ]),
    );
  });

  afterAll(() => tree.remove());

  it.each(plants)('sees in %s what %s forbids', (path, rule) => {
    expect(rulesOf.get(path)).toContain(rule);
  });

  it.each(Object.keys(allowed))('lets %s through', (path) => {
    expect(rulesOf.get(path)).toEqual([]);
  });
});
