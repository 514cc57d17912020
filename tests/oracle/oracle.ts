// `npm run -s oracle -- DIR… --page PAGE_DIR [--newer-page PAGE_DIR] [--derive-classes] [--json]
//  [--fixtures OUT_DIR] [--list OUT.md]`
// Asks ComfyUI's own page what it would send for each workflow, and compares with ours. Exit 1 when a
// difference is left that nothing explains.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringifyExactJson } from '../../core/base/exact-json.ts';
import { type JsonObject, type JsonValue, isJsonObject } from '../../core/base/json.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import { placeOf } from './compare-answers.ts';
import { deriveClasses } from './derive-classes.ts';
import { type Judged, judgeRow, settledBy, summarise } from './judge-row.ts';
import { listDifferences } from './list-differences.ts';
import { openComfyPage } from './open-page.ts';
import { type OracleCase, readCases } from './oracle-case.ts';
import { type OracleRow, runOracle } from './run-oracle.ts';
import { oracleWorkflows } from './workflows/oracle-workflows.ts';

const { values, positionals } = parseArgs({
  // The first argument is this file: `build/launch.js` starts it.
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    page: { type: 'string' },
    'newer-page': { type: 'string' },
    json: { type: 'boolean' },
    fixtures: { type: 'string' },
    list: { type: 'string' },
    'derive-classes': { type: 'boolean' },
  },
});
if (values.page === undefined) {
  process.stderr.write(
    'Usage: npm run -s oracle -- DIR… --page PAGE_DIR [--newer-page PAGE_DIR] [--json]\n',
  );
  process.exit(2);
}
const fromFiles = positionals.flatMap(readCases);
const rows: Judged[] = [];
await ask(values.page, undefined, (row, { workflow }) => {
  rows.push(judgeRow(row));
  if (values.fixtures !== undefined && row.differences.length === 0 && row.payload) {
    writePair(values.fixtures, row.name, { workflow, prompt: withoutTitles(row.payload) });
  }
});
report(values['newer-page'] === undefined ? rows : await askNewer(values['newer-page']));

async function ask(
  pageDir: string,
  only: ReadonlySet<string> | undefined,
  onRow: (row: OracleRow, from: OracleCase) => void,
): Promise<void> {
  const page = await openComfyPage(pageDir, (known) => classesFor(known));
  try {
    const catalog = createNodeCatalog(page.objectInfo);
    const all = [...fromFiles, ...oracleWorkflows(catalog)];
    const cases = only === undefined ? all : all.filter(({ name }) => only.has(name));
    const byName = new Map(cases.map((each) => [each.name, each]));
    await runOracle(page, catalog, cases, (row) => {
      const from = byName.get(row.name);
      if (from !== undefined) onRow(row, from);
    });
  } finally {
    await page.close();
  }
}

/** A newer page that answers as we do settles a difference with an older one. */
async function askNewer(pageDir: string): Promise<readonly Judged[]> {
  const open = new Set(rows.filter(({ ours }) => ours.length > 0).map(({ name }) => name));
  if (open.size === 0) return rows;
  const still = new Map<string, ReadonlySet<string>>();
  await ask(pageDir, open, ({ name, differences }) => {
    still.set(name, new Set(differences.map(({ difference }) => placeOf(difference))));
  });
  return rows.map((row) => settledBy(row, still.get(row.name)));
}

/** With `--derive-classes`: what the server lacks is made up from the files. */
function classesFor(known: JsonObject): JsonObject {
  if (values['derive-classes'] !== true) return {};
  return deriveClasses(
    fromFiles.map(({ workflow }) => workflow),
    (type) => Object.hasOwn(known, type),
  );
}

function report(judged: readonly Judged[]): void {
  const summary = summarise(judged);
  if (values.list !== undefined) writeFileSync(values.list, listDifferences(judged, summary));
  if (values.json === true) say(JSON.stringify({ summary, rows: judged }));
  else {
    for (const { name, ours } of judged) {
      if (ours.length > 0) say(`✗ ${name}`);
      for (const { where, page, ours: made } of ours) {
        say(`    ${where}: the page ${page}, ours ${made}`);
      }
    }
    say(JSON.stringify(summary, undefined, 2));
  }
  process.exitCode = summary.different === 0 && summary.compared > 0 ? 0 : 1;
}

function withoutTitles(payload: JsonObject): JsonObject {
  const nodes = Object.entries(payload).flatMap(([id, node]): [string, JsonObject][] => {
    if (!isJsonObject(node)) return [];
    const kept = Object.entries(node).filter(([key]) => key !== '_meta');
    return [[id, Object.fromEntries(kept)]];
  });
  return Object.fromEntries(nodes);
}

function writePair(folder: string, name: string, pair: Readonly<Record<string, JsonValue>>): void {
  // Only what was written for it: files from elsewhere are not ours to carry.
  if (name.endsWith('.json')) return;
  mkdirSync(folder, { recursive: true });
  const file = `${name.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}.json`;
  writeFileSync(join(folder, file), `${stringifyExactJson(pair)}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
