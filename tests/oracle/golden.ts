// `npm run -s golden -- DIR --object-info FILE [--json]`: converts every `{source, workflow, prompt}` in DIR and
// says where the result is not what ComfyUI's own page exported. Exit 1 when one difference is ours.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseExactJson, stringifyExactJson } from '../../core/base/exact-json.ts';
import { type JsonObject, type JsonValue, isJsonObject } from '../../core/base/json.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import { workflowFromJson } from '../../core/domain/workflow/parse-workflow.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { type GoldenDifference, judgeGolden } from './judge-golden.ts';

interface Row {
  readonly file: string;
  /** `exact`: to the letter. `fair`: but for what the pair and this catalog cannot tell. */
  readonly result: 'exact' | 'fair' | 'wrong' | 'failed';
  readonly differences: readonly GoldenDifference[];
  readonly failure?: string;
}

const { values, positionals } = parseArgs({
  // The first argument is this file: `build/launch.js` starts it.
  args: process.argv.slice(3),
  allowPositionals: true,
  options: { 'object-info': { type: 'string' }, json: { type: 'boolean' } },
});
const folder = positionals[0];
const objectInfo = values['object-info'];
if (folder === undefined || objectInfo === undefined) {
  complain('Usage: npm run -s golden -- DIR --object-info FILE [--json]');
  process.exit(2);
}
const catalog = createNodeCatalog(readObject(objectInfo) ?? {});
const rows = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .flatMap((file) => judgeFile(join(folder, file), file, catalog) ?? []);
report(rows);

function judgeFile(path: string, file: string, nodeCatalog: NodeCatalog): Row | undefined {
  const pair = readObject(path);
  const workflow = pair?.['workflow'];
  const prompt = pair?.['prompt'];
  if (!isJsonObject(workflow) || !isJsonObject(prompt)) return undefined;
  const document = workflowFromJson(workflow);
  const made = document.ok ? toExecutionPayload(document.value, nodeCatalog) : document;
  if (!made.ok) return { file, result: 'failed', differences: [], failure: made.error.code };
  const differences = judgeGolden(workflow, prompt, made.value.payload, nodeCatalog);
  const isFair = differences.every(({ category }) => category !== 'ours wrong');
  return {
    file,
    result: differences.length === 0 ? 'exact' : isFair ? 'fair' : 'wrong',
    differences,
  };
}

function report(all: readonly Row[]): void {
  const count = (...results: readonly Row['result'][]): number =>
    all.filter(({ result }) => results.includes(result)).length;
  const categories: Record<string, number> = {};
  for (const { category } of all.flatMap(({ differences }) => differences)) {
    categories[category] = (categories[category] ?? 0) + 1;
  }
  const summary = {
    pairs: all.length,
    exact: count('exact'),
    fairExact: count('exact', 'fair'),
    wrong: count('wrong'),
    failed: count('failed'),
    categories,
  };
  if (values.json === true) {
    say(stringifyExactJson({ summary, files: all } as unknown as JsonValue));
  } else {
    for (const { file, result, differences, failure } of all) {
      say(`${result.padEnd(6)} ${file}${failure === undefined ? '' : ` (${failure})`}`);
      for (const { where, category } of differences) say(`         ${where}: ${category}`);
    }
    say(JSON.stringify(summary));
  }
  process.exitCode = summary.wrong + summary.failed === 0 && all.length > 0 ? 0 : 1;
}

function readObject(path: string): JsonObject | undefined {
  const parsed = parseExactJson(readFileSync(path, 'utf8'));
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}
