import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../base/json.ts';
import { parseExactJson } from '../../../base/exact-json.ts';
import { createNodeCatalog } from '../create-catalog.ts';
import { validatePayload } from './server-validation.ts';

const parsed = parseExactJson(readFileSync('tests/fixtures/object-info.core.json', 'utf8'));
const catalog = createNodeCatalog(parsed.ok && isJsonObject(parsed.value) ? parsed.value : {});

/** A picture that goes through `length` inverters into a preview; `first` feeds the first of them. */
function chain(length: number, first: JsonObject): JsonObject {
  const nodes: Record<string, JsonObject> = { n0: first };
  for (let index = 1; index <= length; index += 1) {
    nodes[`n${String(index)}`] = {
      class_type: 'ImageInvert',
      inputs: { image: [`n${String(index - 1)}`, 0] },
    };
  }
  nodes['out'] = { class_type: 'PreviewImage', inputs: { images: [`n${String(length)}`, 0] } };
  return nodes;
}

const picture = { width: 64, height: 64, batch_size: 1, color: 0 };

it('checks a chain of 20,000 nodes without running out of stack', () => {
  const payload = chain(20_000, { class_type: 'EmptyImage', inputs: picture });
  expect(validatePayload(payload, catalog)).toMatchObject({ ok: true, outputs: ['out'] });
});

it('finds what is wrong at the far end of such a chain', () => {
  const first = { class_type: 'EmptyImage', inputs: { ...picture, width: 0 } };
  const verdict = validatePayload(chain(20_000, first), catalog);
  expect(verdict.ok).toBe(false);
  expect(verdict.nodeErrors).toMatchObject({
    n0: { errors: [{ type: 'value_smaller_than_min' }] },
  });
});

it('comes to an end on a loop of 20,000 nodes', () => {
  const first = { class_type: 'ImageInvert', inputs: { image: ['n20000', 0] } };
  expect(validatePayload(chain(20_000, first), catalog).ok).toBe(false);
});
