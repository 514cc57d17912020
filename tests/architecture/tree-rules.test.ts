import { describe, expect, it } from 'vitest';
import { type TreeFile, checkTree } from '../../build/gates/tree-rules.ts';

const lines = (count: number): string => 'export {};\n'.repeat(count);

/** Files that break exactly one rule each. */
const plants: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['max-lines', 'core/domain/long.ts', lines(401)],
  ['max-lines', 'renderer/long.css', lines(401)],
  ['no-drawer-names', 'core/utils/text.ts', ''],
  ['no-drawer-names', 'core/domain/helpers.ts', ''],
  ['no-drawer-names', 'renderer/common/button.tsx', ''],
  ['no-drawer-names', 'core/domain/index.ts', ''],
  ['tool-has-test', 'core/tools/look/lonely.tool.ts', ''],
  ['no-silenced-tests', 'core/a.test.ts', `it.only('x', () => undefined);`],
  ['no-silenced-tests', 'core/a.test.ts', `describe.skip('x', () => undefined);`],
  ['no-silenced-tests', 'core/a.test.ts', `it.todo('x');`],
  ['no-silenced-tests', 'e2e/a.spec.ts', `test.describe.only('x', () => undefined);`],
  ['no-silenced-checks', 'core/a.ts', '// @ts-ignore'],
  ['no-silenced-checks', 'core/a.ts', '// eslint-disable-next-line no-console'],
  ['no-unfinished-notes', 'core/a.ts', '// TODO: finish'],
  ['no-build-machine-paths', 'core/a.ts', `const x = '/home/someone/pictures';`],
  ['links-resolve', 'docs/a.md', '[gone](gone.md)'],
  ['links-resolve', 'docs/a.md', '[gone](../README.md#no-such-heading)'],
];

const fine: readonly TreeFile[] = [
  { path: 'core/domain/short.ts', text: lines(400) },
  { path: 'core/domain/cases.test.ts', text: lines(401) },
  { path: 'core/tools/look/known.tool.ts', text: '' },
  { path: 'core/tools/look/known.tool.test.ts', text: `it.skipIf(true)('x', () => undefined);` },
  {
    path: 'core/b.ts',
    text: '// eslint-disable-next-line no-console -- the terminal is the output',
  },
  { path: 'core/common-case.ts', text: `import './work/x.ts';` },
  {
    path: 'README.md',
    text: '# The two commands\n[x](https://example.org) [y](docs) [z](core/b.ts)',
  },
  {
    path: 'docs/b.md',
    text: '[a](../README.md#the-two-commands)\n```ts\nconst x = list[0](gone.md);\n```\n',
  },
];

describe('the rules of the tree', () => {
  it.each(plants)('%s: sees %s', (rule, path, text) => {
    expect(checkTree([...fine, { path, text }])).toMatchObject([{ rule, path }]);
  });

  it('finds nothing in a tree that keeps them', () => {
    expect(checkTree(fine)).toEqual([]);
  });
});
