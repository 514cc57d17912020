// `npm run -s oracle -- DIR… --page PAGE_DIR [--newer-page PAGE_DIR] [--json] [--fixtures OUT_DIR]`
// Asks ComfyUI's own page what it would send for each workflow, and compares with ours. Exit 1 when a
// difference is left that nothing explains.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringifyExactJson } from '../../core/base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../core/base/json.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import type { AnswerDifference } from './compare-answers.ts';
import { explainDifference } from './explain-difference.ts';
import { openComfyPage } from './open-page.ts';
import { type OracleCase, readCases } from './oracle-case.ts';
import { type OracleRow, runOracle } from './run-oracle.ts';
import { knownExceptions } from './workflows/known-exceptions.ts';
import { oracleWorkflows } from './workflows/oracle-workflows.ts';

interface Judged {
  readonly name: string;
  readonly nodes: number;
  readonly unknown: readonly string[];
  readonly explained: readonly AnswerDifference[];
  readonly ours: readonly AnswerDifference[];
}

const { values, positionals } = parseArgs({
  // The first argument is this file: `build/launch.js` starts it.
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    page: { type: 'string' },
    'newer-page': { type: 'string' },
    json: { type: 'boolean' },
    fixtures: { type: 'string' },
  },
});
if (values.page === undefined) {
  complain('Usage: npm run -s oracle -- DIR… --page PAGE_DIR [--newer-page PAGE_DIR] [--json]');
  process.exit(2);
}
const judged = await judge(values.page, positionals.flatMap(readCases));
const settled =
  values['newer-page'] === undefined ? judged : await askNewer(values['newer-page'], judged);
report(settled);

async function judge(
  pageDir: string,
  fromFiles: readonly OracleCase[],
): Promise<readonly Judged[]> {
  const page = await openComfyPage(pageDir);
  const catalog = createNodeCatalog(page.objectInfo);
  const cases = [...fromFiles, ...oracleWorkflows(catalog)];
  const byName = new Map(cases.map((each) => [each.name, each]));
  const rows: Judged[] = [];
  const keep = (row: OracleRow): void => {
    const workflow = byName.get(row.name)?.workflow ?? {};
    const differences = row.differences.map((each): AnswerDifference => {
      const because = explainDifference(each, workflow, catalog) ?? knownExceptions[row.name];
      return because === undefined ? each : { ...each, because };
    });
    rows.push({
      name: row.name,
      nodes: row.nodes,
      unknown: row.unknown ?? [],
      explained: differences.filter(({ because }) => because !== undefined),
      ours: differences.filter(({ because }) => because === undefined),
    });
    if (values.fixtures !== undefined && row.differences.length === 0 && row.payload) {
      writePair(values.fixtures, row.name, { workflow, prompt: withoutTitles(row.payload) });
    }
  };
  try {
    await runOracle(page, catalog, cases, keep);
  } finally {
    await page.close();
  }
  return rows;
}

/** A newer page that answers as we do settles a difference with an older one. */
async function askNewer(pageDir: string, rows: readonly Judged[]): Promise<readonly Judged[]> {
  const open = new Set(rows.filter(({ ours }) => ours.length > 0).map(({ name }) => name));
  if (open.size === 0) return rows;
  const page = await openComfyPage(pageDir);
  const catalog = createNodeCatalog(page.objectInfo);
  const still = new Map<string, ReadonlySet<string>>();
  try {
    const cases = [...positionals.flatMap(readCases), ...oracleWorkflows(catalog)];
    await runOracle(
      page,
      catalog,
      cases.filter(({ name }) => open.has(name)),
      ({ name, differences }) => still.set(name, new Set(differences.map(({ where }) => where))),
    );
  } finally {
    await page.close();
  }
  return rows.map((row): Judged => {
    const settledBy = 'a newer page answers as we do';
    const isSettled = ({ where }: AnswerDifference): boolean =>
      still.get(row.name)?.has(where) === false;
    return {
      ...row,
      ours: row.ours.filter((each) => !isSettled(each)),
      explained: [
        ...row.explained,
        ...row.ours.filter(isSettled).map((each) => ({ ...each, because: settledBy })),
      ],
    };
  });
}

function report(rows: readonly Judged[]): void {
  const compared = rows.filter(({ unknown }) => unknown.length === 0);
  const summary = {
    workflows: rows.length,
    compared: compared.length,
    notCompared: rows.length - compared.length,
    same: compared.filter((row) => row.ours.length + row.explained.length === 0).length,
    explained: compared.filter((row) => row.ours.length === 0 && row.explained.length > 0).length,
    different: compared.filter(({ ours }) => ours.length > 0).length,
    reasons: countReasons(compared),
  };
  if (values.json === true) say(JSON.stringify({ summary, rows }));
  else {
    for (const { name, ours } of compared) {
      if (ours.length > 0) say(`✗ ${name}`);
      for (const { where, page, ours: made } of ours) {
        say(`    ${where}: the page ${page}, ours ${made}`);
      }
    }
    say(JSON.stringify(summary, undefined, 2));
  }
  process.exitCode = summary.different === 0 ? 0 : 1;
}

function countReasons(rows: readonly Judged[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { because = '' } of rows.flatMap(({ explained }) => explained)) {
    counts[because] = (counts[because] ?? 0) + 1;
  }
  return counts;
}

function withoutTitles(payload: JsonObject): JsonObject {
  const nodes = Object.entries(payload).filter(([, node]) => isJsonObject(node));
  return Object.fromEntries(
    nodes.map(([id, node]) => {
      const kept = Object.entries(node as JsonObject).filter(([key]) => key !== '_meta');
      return [id, Object.fromEntries(kept)];
    }),
  );
}

function writePair(
  folder: string,
  name: string,
  pair: Parameters<typeof stringifyExactJson>[0],
): void {
  // Only what was written for it: files from elsewhere are not ours to carry.
  if (name.endsWith('.json')) return;
  mkdirSync(folder, { recursive: true });
  const file = `${name.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}.json`;
  writeFileSync(join(folder, file), `${stringifyExactJson(pair)}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}
