import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchitectureReport, cruiseTree } from '../../build/gates/cruise-tree.ts';
import { type PlantedTree, plantTree } from './plant-tree.ts';

const fakePackage = (name: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: `{"name":"${name}","version":"1.0.0","main":"index.js"}`,
  [`node_modules/${name}/index.js`]: 'module.exports = {};',
});

/** What each rule must see: an importing file, and the import in it that is forbidden. */
const plants: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['no-circular', 'core/host/a.ts', './b.ts'],
  ['no-unresolvable', 'core/host/lost.ts', './nowhere.ts'],
  ['base-stands-alone', 'core/base/x.ts', '../contract/target.ts'],
  ['contract-sees-base', 'core/contract/x.ts', '../domain/target.ts'],
  ['domain-sees-contract', 'core/domain/x.ts', '../ports/target.ts'],
  ['ports-see-domain', 'core/ports/x.ts', '../tools/target.ts'],
  ['tools-see-ports', 'core/tools/x.ts', '../agent/target.ts'],
  ['tools-see-ports', 'core/tools/y.ts', '../shell/target.ts'],
  ['agent-never-sees-shell', 'core/agent/x.ts', '../shell/target.ts'],
  ['agent-never-sees-shell', 'core/agent/y.ts', '../host/target.ts'],
  ['shell-never-sees-agent', 'core/shell/x.ts', '../agent/target.ts'],
  ['shell-never-sees-agent', 'core/shell/y.ts', '../practice/target.ts'],
  ['mcp-sees-tools', 'core/mcp/x.ts', '../agent/target.ts'],
  ['practice-stands-beside', 'core/practice/x.ts', '../ports/target.ts'],
  ['renderer-sees-contract-and-domain', 'renderer/x.ts', '../core/ports/target.ts'],
  ['renderer-sees-contract-and-domain', 'renderer/y.tsx', '../electron/preload/target.ts'],
  ['main-sees-contract', 'electron/main/x.ts', '../../core/host/target.ts'],
  ['preload-sees-contract', 'electron/preload/x.ts', '../../core/domain/target.ts'],
  ['core-stands-without-its-windows', 'core/host/x.ts', '../../electron/main/target.ts'],
  ['core-stands-without-its-windows', 'core/host/y.ts', '../../build/target.ts'],
  ['pure-npm-is-zod-only', 'core/domain/packages.ts', 'ws'],
  ['mcp-npm-is-mcp-and-zod', 'core/mcp/packages.ts', 'ws'],
  ['pure-no-node-builtins', 'core/contract/builtins.ts', 'node:fs'],
  ['renderer-no-node-builtins', 'renderer/builtins.ts', 'node:path'],
  ['electron-only-in-electron', 'core/host/desktop.ts', 'electron'],
  ['tool-files-do-not-import-each-other', 'core/tools/a.tool.ts', './b.tool.ts'],
  ['product-does-not-ship-tests', 'core/agent/z.ts', '../../tests/target.ts'],
  ['product-does-not-ship-tests', 'core/shell/z.ts', './some.test.ts'],
];

const allowed: readonly (readonly [from: string, to: string])[] = [
  ['core/contract/fine.ts', 'zod'],
  ['core/domain/fine.ts', '../contract/target.ts'],
  ['core/tools/fine.ts', '../ports/target.ts'],
  ['core/agent/fine.ts', '../tools/target.ts'],
  ['core/shell/fine.ts', '../ports/target.ts'],
  ['core/host/fine.ts', '../agent/target.ts'],
  ['core/host/fine-too.ts', '../shell/target.ts'],
  ['renderer/fine.ts', '../core/domain/target.ts'],
  ['electron/main/fine.ts', 'electron'],
  ['electron/main/fine-too.ts', '../../core/contract/target.ts'],
  ['core/domain/fine.test.ts', 'vitest'],
];

const targets = [...plants, ...allowed.map(([from, to]) => ['', from, to] as const)]
  .filter(([rule, , to]) => to.startsWith('.') && rule !== 'no-unresolvable')
  .map(([, from, to]) => join(from, '..', to).replaceAll('\\', '/'));

describe('the import rule', () => {
  let tree: PlantedTree;
  let report: ArchitectureReport;

  beforeAll(async () => {
    const files = Object.fromEntries([
      ...targets.map((path) => [path, 'export const target = 1;\n']),
      ...plants.map(([, from, to]) => [from, `import '${to}';\nexport const x = 1;\n`]),
      ...allowed.map(([from, to]) => [from, `import '${to}';\nexport const fine = 1;\n`]),
      ['core/host/b.ts', `import type { x } from './a.ts';\nexport type B = typeof x;\n`],
    ]) as Record<string, string>;
    const packages = ['zod', 'ws', 'electron', 'vitest'].map(fakePackage);
    tree = plantTree(Object.assign(files, ...packages) as Record<string, string>, 'planted');
    report = await cruiseTree(tree.root, ['core', 'electron', 'renderer', 'tests', 'build']);
  });

  afterAll(() => tree.remove());

  it.each(plants)('%s: sees that %s imports %s', (rule, from) => {
    expect(report.violations).toContainEqual(expect.objectContaining({ rule, from }));
  });

  it('lets the imports through that the arrows allow', () => {
    const clean = new Set(allowed.map(([from]) => from));
    expect(report.violations.filter(({ from }) => clean.has(from))).toEqual([]);
  });

  it('has a planted violation for every one of its rules', () => {
    const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
      readonly forbidden: readonly { readonly name: string }[];
    };
    expect(new Set(plants.map(([rule]) => rule))).toEqual(new Set(forbidden.map((r) => r.name)));
  });

  it('says how much it looked at', () => {
    expect(report.modules).toBeGreaterThanOrEqual(plants.length + allowed.length);
    expect(report.dependencies).toBeGreaterThanOrEqual(plants.length + allowed.length);
  });
});
