import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseExactJson } from '../../core/base/exact-json.ts';
import type { JsonObject } from '../../core/base/json.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import { carriedWorkflows, runFuzz } from './run-fuzz.ts';

it('reads, checks, converts and compares 2,000 damaged workflows without a crash or a hang', () => {
  const facts = parseExactJson(
    readFileSync(new URL('../fixtures/object-info.core.json', import.meta.url), 'utf8'),
  );
  if (!facts.ok) throw new Error(facts.error.message);
  const report = runFuzz({
    catalog: createNodeCatalog(facts.value as JsonObject),
    seeds: carriedWorkflows(),
    cases: 2_000,
  });
  expect(report.failures).toEqual([]);
  expect(report.cases).toBe(2_000);
  expect(report.workflows).toBeGreaterThan(1_000);
  expect(report.refused).toBeGreaterThan(50);
}, 60_000);
