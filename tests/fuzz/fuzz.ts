// `npm run -s fuzz -- [--cases 200000] [--seconds 1200] [--seed 1] [--json]`: mutated real workflows through
// parse, validate, convert and diff. Exit 1 when one of them crashed, was slow or was left without a sentence.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseExactJson } from '../../core/base/exact-json.ts';
import { isJsonObject } from '../../core/base/json.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import { carriedWorkflows, runFuzz } from './run-fuzz.ts';

const { values } = parseArgs({
  // The first argument is this file: `build/launch.js` starts it.
  args: process.argv.slice(3),
  options: {
    cases: { type: 'string', default: '200000' },
    seconds: { type: 'string', default: '1200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean' },
  },
});
const objectInfo = parseExactJson(
  readFileSync(new URL('../fixtures/object-info.core.json', import.meta.url), 'utf8'),
);
const startedAt = performance.now();
const report = runFuzz({
  catalog: createNodeCatalog(
    objectInfo.ok && isJsonObject(objectInfo.value) ? objectInfo.value : {},
  ),
  seeds: carriedWorkflows(),
  cases: Number(values.cases),
  firstSeed: Number(values.seed),
  milliseconds: Number(values.seconds) * 1_000,
});
const seconds = Math.round((performance.now() - startedAt) / 1_000);
if (values.json === true) say(JSON.stringify({ ...report, seconds }));
else {
  for (const { seed, kind, detail } of report.failures) say(`seed ${seed}: ${kind}: ${detail}`);
  const { cases, workflows, refused, slowest, failures } = report;
  say(
    `${cases} cases in ${seconds} s: ${workflows} read, ${refused} refused, slowest step ${slowest.toFixed(1)} ms per 100 nodes, ${failures.length} failed`,
  );
}
process.exitCode = report.failures.length === 0 ? 0 : 1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
