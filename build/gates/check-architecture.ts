// Gate: who may import whom. Exit 0 when nothing is violated, 1 when something is, 2 when too little was looked at to tell.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GUARDED_FOLDERS, cruiseTree } from './cruise-tree.ts';

/** Fewer modules than this means that the gate looked in the wrong place. */
const FLOOR = 150;

const root = join(import.meta.dirname, '..', '..');
const folders = GUARDED_FOLDERS.filter((folder) => existsSync(join(root, folder)));
const { modules, dependencies, violations } = await cruiseTree(root, folders);
for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`);
console.log(
  `${String(modules)} modules, ${String(dependencies)} dependencies, ${String(violations.length)} violations`,
);
if (modules < FLOOR) {
  console.error(`INCONCLUSIVE: expected at least ${String(FLOOR)} modules`);
  process.exitCode = 2;
} else if (violations.length > 0) process.exitCode = 1;
