import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../core/base/exact-json.ts';
import type { JsonObject } from '../../core/base/json.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import { compareAnswers } from '../oracle/compare-answers.ts';
import { ourPayload } from '../oracle/run-oracle.ts';
import { oracleClasses } from '../oracle/workflows/oracle-classes.ts';

const folder = new URL('../fixtures/oracle/', import.meta.url);
const coreClasses = new URL('../fixtures/object-info.core.json', import.meta.url);

function readJson(url: URL): JsonObject {
  const parsed = parseExactJson(readFileSync(url, 'utf8'));
  if (!parsed.ok) throw new Error(`${url.href}: ${parsed.error.message}`);
  return parsed.value as JsonObject;
}

describe('toExecutionPayload against what ComfyUI’s own page answered for written workflows', () => {
  const catalog = createNodeCatalog({ ...readJson(coreClasses), ...oracleClasses });
  const files = readdirSync(folder);

  it('has sixty pairs or more', () => expect(files.length).toBeGreaterThanOrEqual(60));

  it.each(files)('answers as the page does: %s', (file) => {
    const pair = readJson(new URL(file, folder));
    const payload = ourPayload(pair['workflow'] as JsonObject, catalog);
    const differences = compareAnswers(pair['prompt'] as JsonObject, payload).filter(
      ({ part }) => part !== '_meta',
    );
    expect(differences).toEqual([]);
  });
});
