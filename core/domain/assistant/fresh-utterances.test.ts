import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import { applyOps } from '../workflow/ops/apply-ops.ts';
import { createNodeCatalog } from '../workflow/create-catalog.ts';
import { parseWorkflow } from '../workflow/parse-workflow.ts';
import type { Plan, PlanContext } from './plan.ts';
import { planMessage } from './plan-message.ts';
import { planContext } from '../../../tests/fakes/plan-context.ts';
import { opsOf, writtenPlan } from '../../../tests/fakes/written-plan.ts';
import { ANY_SEED, type FreshRow } from '../../../tests/fixtures/utterances/fresh-row.ts';
import { BATCHES } from '../../../tests/fixtures/utterances/fresh-batches.ts';
import { TEXT_TO_IMAGE } from '../../../tests/fixtures/utterances/fresh-text-to-image.ts';
import {
  FLUX,
  IMAGE_ADJUST,
  IMAGE_TO_IMAGE,
  UPSCALE,
  WITH_LORA,
} from '../../../tests/fixtures/utterances/fresh-other-templates.ts';

/** Written before they were tried: what artists type at the templates, and what they would expect to see. */
const ROOT = join(import.meta.dirname, '../../..');
const catalog = createNodeCatalog(readCatalog());
const TABLES: readonly (readonly [template: string, rows: readonly FreshRow[]])[] = [
  ['sdxl-text-to-image', [...TEXT_TO_IMAGE, ...BATCHES]],
  ['sdxl-with-lora', WITH_LORA],
  ['sdxl-image-to-image', IMAGE_TO_IMAGE],
  ['flux-dev-text-to-image', FLUX],
  ['image-adjust', IMAGE_ADJUST],
  ['upscale-image', UPSCALE],
];

it('looks at enough messages', () => {
  const rows = TABLES.flatMap(([, table]) => table);
  expect(rows.length).toBeGreaterThanOrEqual(150);
  expect(rows.filter((row) => row.asks !== undefined).length).toBeGreaterThanOrEqual(30);
});

describe.each(TABLES)('with the template %s', (template, rows) => {
  const context = contextOf(template);

  it.each(rows.map((row) => [row.say, row] as const))('%s', (say, row) => {
    const plan = planMessage(say, context);
    const { ops, first, calls } = writtenPlan(plan);
    expect({
      kind: plan.kind,
      ops: comparable(ops, row),
      first,
      calls,
      text: textOf(plan),
    }).toEqual({
      kind: row.asks !== undefined ? 'question' : row.answers !== undefined ? 'answer' : 'calls',
      ops: row.ops,
      first: row.first ?? [],
      calls: row.calls ?? [],
      text: expect.stringMatching(row.asks ?? row.answers ?? row.says ?? /^/),
    });
    expect(plan.suggestions ?? []).toEqual(expect.arrayContaining([...(row.offers ?? [])]));
    if (context.document !== null && row.ops !== undefined && row.first === undefined) {
      expect(applyOps(context.document, opsOf(plan), catalog).ok).toBe(true);
    }
  });

  it.each(
    rows.flatMap(({ say }) =>
      (planMessage(say, context).suggestions ?? []).map((offer) => [offer, say] as const),
    ),
  )('understands “%s”, which is offered after “%s”', (offer) => {
    const plan = planMessage(offer, context);
    expect({ offer, kind: plan.kind, text: textOf(plan) }).not.toMatchObject({ kind: 'question' });
  });
});

/** Without the places of new nodes, and with the mark where a seed was picked by chance. */
function comparable(ops: JsonValue | undefined, row: FreshRow): JsonValue | undefined {
  if (ops === undefined || !isJsonArray(ops)) return ops;
  return ops.map((op, at) => {
    if (!isJsonObject(op)) return op;
    const rest = Object.fromEntries(Object.entries(op).filter(([key]) => key !== 'position'));
    const isAny = row.ops?.[at]?.['value'] === ANY_SEED && typeof rest['value'] === 'number';
    return isAny ? { ...rest, value: ANY_SEED } : rest;
  });
}

function textOf(plan: Plan): string {
  return plan.kind === 'calls' ? (plan.reply ?? '') : plan.text;
}

function contextOf(template: string): PlanContext {
  const document = parseWorkflow(
    readFileSync(join(ROOT, 'resources/templates', `${template}.json`), 'utf8'),
  );
  if (!document.ok) throw new Error(JSON.stringify(document.error));
  return planContext(document.value, catalog);
}

function readCatalog(): JsonObject {
  const parsed = parseExactJson(
    readFileSync(join(ROOT, 'tests/fixtures/object-info.core.json'), 'utf8'),
  );
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('the catalog is no object');
  return parsed.value;
}
