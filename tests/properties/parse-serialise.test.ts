import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson, stringifyExactJson } from '../../core/base/exact-json.ts';
import { type JsonValue, jsonEquals } from '../../core/base/json.ts';
import { parseWorkflow } from '../../core/domain/workflow/parse-workflow.ts';
import { serializeWorkflow } from '../../core/domain/workflow/serialize-workflow.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { validateWorkflow } from '../../core/domain/workflow/validation/validate-workflow.ts';
import { viewWorkflow } from '../../core/domain/workflow/view/view-workflow.ts';
import { coreCatalog } from '../fixtures/edit-workflows.ts';

const RUNS = 200;
const catalog = coreCatalog();

/** Beyond ±2^53 integers are bigint, as the reader makes them. */
const beyond = fc
  .bigInt({ min: -(2n ** 64n), max: 2n ** 64n })
  .filter((value) => !Number.isSafeInteger(Number(value)));
const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  beyond,
  fc.boolean(),
  fc.constant(null),
);
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const id = fc.oneof(fc.integer({ min: -3, max: 6 }), fc.constantFrom('1', 'a', ''));
const classType = fc.constantFrom(
  'KSampler',
  'LoadImage',
  'SaveImage',
  'VAEDecode',
  'Reroute',
  'PrimitiveNode',
  'Note',
  'Unknown',
);
const input = fc.record(
  { name: fc.constantFrom('model', 'seed', 'images', 'x'), type: json, link: id, widget: json },
  { requiredKeys: [] },
);
const node = fc.record(
  {
    id,
    type: classType,
    mode: fc.constantFrom(0, 2, 4),
    inputs: fc.oneof(fc.array(input, { maxLength: 4 }), json),
    outputs: json,
    pos: json,
    widgets_values: json,
    extraKey: json,
  },
  { requiredKeys: ['id', 'type'] },
);
const link = fc.oneof(
  fc.tuple(id, id, fc.nat(3), id, fc.nat(3), fc.constant('*')),
  fc.record({ id, origin_id: id, origin_slot: fc.nat(3), target_id: id, target_slot: fc.nat(3) }),
  fc.constant(null),
);
const workflow = fc.record(
  {
    nodes: fc.array(fc.oneof(node, fc.constant(null)), { maxLength: 6 }),
    links: fc.array(link, { maxLength: 8 }),
    groups: json,
    extra: json,
    definitions: json,
    somethingNew: json,
  },
  { requiredKeys: ['nodes'] },
);

describe('exact JSON', () => {
  it('is read back equal whatever it holds, on one line and indented', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2), (value, indent) => {
        const parsed = parseExactJson(stringifyExactJson(value, indent));
        expect(parsed.ok && jsonEquals(parsed.value, value)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('parse after serialise', () => {
  it('gives every value and every unknown key back', () => {
    fc.assert(
      fc.property(workflow, (root) => {
        const document = { format: 'graph', root: root as never } as const;
        const again = parseWorkflow(serializeWorkflow(document));
        expect(again.ok && again.value.format).toBe('graph');
        expect(again.ok && jsonEquals(again.value.root, document.root)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a workflow of any shape', () => {
  it('can be viewed, converted and checked without an exception and without being changed', () => {
    fc.assert(
      fc.property(workflow, (root) => {
        const document = { format: 'graph', root: root as never } as const;
        const before = serializeWorkflow(document);
        const view = viewWorkflow(document, catalog);
        expect(view).toBe(viewWorkflow(document, catalog));
        const made = toExecutionPayload(document, catalog);
        if (made.ok) {
          const ids = new Set(Object.keys(made.value.payload));
          for (const link of linksIn(made.value.payload)) expect(ids.has(link)).toBe(true);
        }
        expect(validateWorkflow(document, catalog)).toBeInstanceOf(Array);
        expect(serializeWorkflow(document)).toBe(before);
      }),
      { numRuns: RUNS },
    );
  });
});

function linksIn(payload: object): readonly string[] {
  return Object.values(payload as Record<string, { inputs: Record<string, unknown> }>).flatMap(
    ({ inputs }) =>
      Object.values(inputs).flatMap((value) => (Array.isArray(value) ? [String(value[0])] : [])),
  );
}
