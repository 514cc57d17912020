import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlantedTree, plantTree } from './plant-tree.ts';

/** Things of the outside world that pure code must not be able to name. */
const impure = {
  fetch: `export const x = fetch('http://127.0.0.1');`,
  process: `export const x = process.env['HOME'];`,
  document: `export const x = document.title;`,
  setTimeout: `setTimeout(() => undefined, 1);\nexport {};`,
  console: `console.log('x');\nexport {};`,
  crypto: `export const x = crypto.randomUUID();`,
  URL: `export const x = new URL('http://127.0.0.1');`,
  TextDecoder: `export const x = new TextDecoder();`,
  Buffer: `export const x = Buffer.from('x');`,
};

const pureFolders = ['base', 'contract', 'domain', 'ports', 'tools'];

describe('tsconfig.pure.json', () => {
  let tree: PlantedTree;
  let messages: readonly string[];

  beforeAll(() => {
    const files = Object.fromEntries([
      ...Object.entries(impure).flatMap(([name, text]) =>
        pureFolders.map((folder) => [`core/${folder}/${name}.ts`, text]),
      ),
      ['core/domain/fine.ts', 'export const x = new Map([[1n, new Date(0).toISOString()]]);'],
      ['core/domain/enumeration.ts', 'export enum Kind { A }'],
      ['core/domain/fine.test.ts', impure.process],
      ['core/shell/fine.ts', impure.process],
    ]) as Record<string, string>;
    tree = plantTree(files, 'real');
    messages = compile(join(tree.root, 'tsconfig.pure.json'), tree.root);
  });

  afterAll(() => tree.remove());

  it.each(Object.keys(impure))('does not compile %s in any pure folder', (name) => {
    for (const folder of pureFolders) {
      expect(messages).toContainEqual(
        expect.stringMatching(
          new RegExp(`^core/${folder}/${name}\\.ts: Cannot find name '${name}'`),
        ),
      );
    }
  });

  it('does not compile syntax that type stripping cannot remove', () => {
    expect(messages).toContainEqual(expect.stringMatching(/^core\/domain\/enumeration\.ts: /));
  });

  it('compiles what is pure, and leaves tests and the shell alone', () => {
    expect(messages.filter((message) => message.includes('/fine.'))).toEqual([]);
  });
});

function compile(config: string, root: string): readonly string[] {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
    },
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(config, undefined, host);
  if (parsed === undefined) throw new Error(`${config} could not be read`);
  const program = ts.createProgram(parsed.fileNames, parsed.options);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const path = (file?.fileName ?? '').replace(`${root.replaceAll('\\', '/')}/`, '');
    return `${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
