import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../core/base/exact-json.ts';
import type { JsonObject } from '../../core/base/json.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { workflowFromJson } from '../../core/domain/workflow/parse-workflow.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { type Difference, comparePayloads } from './compare-payloads.ts';
import { sharedFolder as shared } from '../fixtures/shared-folder.ts';

const carried = new URL('../fixtures/golden/', import.meta.url).pathname;
const coreCatalog = new URL('../fixtures/object-info.core.json', import.meta.url).pathname;

function readJson(path: string): JsonObject {
  const parsed = parseExactJson(readFileSync(path, 'utf8'));
  if (!parsed.ok) throw new Error(`${path}: ${parsed.error.message}`);
  return parsed.value as JsonObject;
}

function compareFile(path: string, catalog: NodeCatalog): readonly Difference[] {
  const pair = readJson(path);
  const document = workflowFromJson(pair['workflow']!);
  if (!document.ok) throw new Error(`${path}: ${document.error.code}`);
  const made = toExecutionPayload(document.value, catalog);
  if (!made.ok) throw new Error(`${path}: ${made.error.code}`);
  return comparePayloads(pair['prompt'] as JsonObject, made.value.payload, catalog);
}

describe('toExecutionPayload against what ComfyUI’s own page exported', () => {
  const catalog = createNodeCatalog(readJson(coreCatalog));
  const files = readdirSync(carried);

  it('has pairs of several kinds to compare with', () => {
    expect(files.length).toBeGreaterThanOrEqual(8);
  });

  it.each(files)('makes the same payload: %s', (file) => {
    const ours = compareFile(`${carried}/${file}`, catalog).filter((entry) => !entry.excuse);
    expect(ours).toEqual([]);
  });
});

describe.skipIf(shared === undefined)(
  'toExecutionPayload against all golden pairs (needs SECOND_UNIT_SHARED)',
  () => {
    it('makes every payload exactly, but for what the pair cannot tell', () => {
      const folder = `${shared ?? ''}/golden`;
      const catalog = createNodeCatalog(readJson(`${shared ?? ''}/object_info.facts.json`));
      const results = readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .map((file) => ({ file, differences: compareFile(`${folder}/${file}`, catalog) }));
      const wrong = results.flatMap(({ file, differences }) =>
        differences.filter((entry) => !entry.excuse).map((entry) => `${file} ${entry.where}`),
      );
      const literal = results.filter(({ differences }) => differences.length === 0).length;
      const exact = results.filter(({ differences }) =>
        differences.every((entry) => entry.excuse),
      ).length;
      process.stdout.write(
        `golden pairs: ${exact}/${results.length} exact, ${literal} of them to the letter\n`,
      );
      expect(wrong).toEqual([]);
      expect(results.length).toBeGreaterThanOrEqual(54);
      expect(literal).toBeGreaterThanOrEqual(30);
    });
  },
);
