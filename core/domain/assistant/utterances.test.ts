import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../base/exact-json.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../base/json.ts';
import { applyOps } from '../workflow/ops/apply-ops.ts';
import { createNodeCatalog } from '../workflow/create-catalog.ts';
import { workflowFromJson } from '../workflow/parse-workflow.ts';
import { shown } from './reading/change-value.ts';
import type { Plan, PlanContext } from './plan.ts';
import { planMessage } from './plan-message.ts';
import { planContext } from '../../../tests/fakes/plan-context.ts';
import { opsOf, writtenPlan } from '../../../tests/fakes/written-plan.ts';

/**
 * One file per workflow; each row is a message and what must come of it, written out in full: `ops` and `calls`,
 * or `question` with the offers, or `answer`.
 */
const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures');
const catalog = createNodeCatalog(objectOf('object-info.core.json'));
const tables = readdirSync(join(FIXTURES, 'utterances'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const rows = read(`utterances/${file}`);
    return {
      name: file.replace(/\.json$/, ''),
      rows: isJsonArray(rows) ? rows.filter(isJsonObject) : [],
    };
  });
const all = tables.flatMap(({ name, rows }) => rows.map((row) => ({ name, row })));

describe('messages as artists write them', () => {
  it('looks at enough of them', () => {
    expect(all.length).toBeGreaterThanOrEqual(170);
    expect(all.filter(({ row }) => row['question'] !== undefined).length).toBeGreaterThanOrEqual(
      30,
    );
    expect(tables.length).toBeGreaterThanOrEqual(5);
    expect(new Set(all.map(({ name, row }) => `${name} ${sayOf(row)}`)).size).toBe(all.length);
  });

  for (const { name, rows } of tables) {
    describe(`with the workflow ${name}`, () => {
      const context = contextOf(name);
      it.each(rows.map((row) => [sayOf(row), row] as const))('%s', (say, row) => {
        const plan = planMessage(say, context);
        expect({ say, ...written(plan) }).toEqual(row);
        expectApplicable(plan, context);
      });
    });
  }
});

describe('offers', () => {
  it.each(
    all
      .filter(({ row }) => row['question'] !== undefined)
      .map(({ name, row }) => [`${name}: ${sayOf(row)}`, name, row] as const),
  )('work when sent back as they stand: %s', (_title, name, row) => {
    const context = contextOf(name);
    const offers = row['offers'] ?? null;
    if (!isJsonArray(offers)) throw new Error('a question has offers');
    for (const offer of offers) {
      const plan = planMessage(shown(offer), context);
      expect({ offer, kind: plan.kind }).not.toEqual({ offer, kind: 'question' });
    }
  });
});

function sayOf(row: JsonObject): string {
  return shown(row['say']);
}

function written(plan: Plan): JsonObject {
  if (plan.kind === 'question') return { question: plan.text, offers: plan.suggestions };
  if (plan.kind === 'answer') return { answer: plan.text };
  const { ops, first, calls } = writtenPlan(plan);
  const made = [...first, ...calls];
  return { ...(ops === undefined ? {} : { ops }), ...(made.length === 0 ? {} : { calls: made }) };
}

function expectApplicable(plan: Plan, context: PlanContext): void {
  if (plan.kind !== 'calls' || context.document === null) return;
  const ops = opsOf(plan);
  if (ops.length === 0) return;
  const applied = applyOps(context.document, ops, context.catalog);
  expect(applied.ok ? 'applied' : applied.error).toBe('applied');
  expect(applied.ok && applied.value.document).not.toBe(context.document);
}

function contextOf(name: string): PlanContext {
  if (name === 'no-workflow') return planContext(null, catalog);
  const document = workflowFromJson(read(`workflows/${name}.json`));
  if (!document.ok) throw new Error(JSON.stringify(document.error));
  return planContext(document.value, catalog);
}

function objectOf(file: string): JsonObject {
  const value = read(file);
  if (!isJsonObject(value)) throw new Error(`${file} is no object`);
  return value;
}

function read(file: string): JsonValue {
  const parsed = parseExactJson(readFileSync(join(FIXTURES, file), 'utf8'));
  if (!parsed.ok) throw new Error(`${file}: ${parsed.error.message}`);
  return parsed.value;
}
