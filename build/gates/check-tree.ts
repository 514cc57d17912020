// Gate: the house rules that no compiler or linter sees. Exit codes as in check-architecture.ts.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TreeFile, checkTree } from './tree-rules.ts';

/** Fewer files than this means that the gate looked in the wrong place. */
const FLOOR = 150;
const NOT_OURS = /^(\.git|node_modules|out|dist|coverage|test-results|playwright-report)$/;
/** Only these are opened; the rest (pictures, recordings) only has to exist. */
const TEXT = /\.(tsx?|css|cjs|js|md)$/;

const root = join(import.meta.dirname, '..', '..');
const files = listFiles('').map((path): TreeFile => ({
  path,
  text: TEXT.test(path) ? readFileSync(join(root, path), 'utf8') : '',
}));
const violations = checkTree(files);
for (const { rule, path, detail } of violations) console.error(`${rule}: ${path}: ${detail}`);
console.log(`${String(files.length)} files, ${String(violations.length)} violations`);
if (files.length < FLOOR) {
  console.error(`INCONCLUSIVE: expected at least ${String(FLOOR)} files`);
  process.exitCode = 2;
} else if (violations.length > 0) process.exitCode = 1;

function listFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.test(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}
