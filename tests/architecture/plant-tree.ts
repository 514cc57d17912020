import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const CONFIGS = [
  '.dependency-cruiser.cjs',
  'eslint.config.js',
  'package.json',
  'tsconfig.json',
  'tsconfig.pure.json',
];

/** A throw-away tree with this repository's own configuration files and nothing else of it. */
export interface PlantedTree {
  readonly root: string;
  remove(): void;
}

/** Plants files; with `packages: 'real'` imports find this repository's packages, else only planted ones. */
export function plantTree(
  files: Readonly<Record<string, string>>,
  packages: 'real' | 'planted',
): PlantedTree {
  const folder = mkdtempSync(join(tmpdir(), 'second-unit-planted-'));
  for (const config of CONFIGS) cpSync(join(root, config), join(folder, config));
  if (packages === 'real') {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { root: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
