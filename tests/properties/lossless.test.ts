import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringifyExactJson } from '../../core/base/exact-json.ts';
import { type JsonObject, type JsonValue, isJsonArray } from '../../core/base/json.ts';
import { applyOps } from '../../core/domain/workflow/ops/apply-ops.ts';
import { applyPatch, reversePatch } from '../../core/domain/workflow/patch/apply-patch.ts';
import { createEditScript } from '../../core/domain/workflow/diff/edit-script.ts';
import { type WorkflowDocument } from '../../core/domain/workflow/document.ts';
import { toIdText } from '../../core/domain/workflow/view/graph-format.ts';
import { parseWorkflow } from '../../core/domain/workflow/parse-workflow.ts';
import { serializeWorkflow } from '../../core/domain/workflow/serialize-workflow.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { coreCatalog } from '../fixtures/edit-workflows.ts';
import { PROPERTY_RUNS, arbitraryOps, arbitraryWorkflow } from './arbitrary-workflow.ts';

const catalog = coreCatalog();
const workflows = arbitraryWorkflow(catalog);
const edits = workflows.chain((document) =>
  fc.tuple(fc.constant(document), arbitraryOps(document, catalog)),
);
/** One spelling of many for the same value: white space, signs of exponents, zeros that say nothing. */
const spelling = fc.record({
  space: fc.constantFrom('', ' ', '\n', '\n\t', '  ', '\r\n'),
  number: fc.nat(3),
  tail: fc.constantFrom('', '\n', ' \r\n'),
});

function check<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, property), { numRuns: PROPERTY_RUNS });
}

function open(text: string): WorkflowDocument {
  const parsed = parseWorkflow(text);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value;
}

describe(`for ${String(PROPERTY_RUNS)} random workflows`, () => {
  it('reading and writing keeps every byte, and so does an edit that is taken back', () => {
    let taken = 0;
    check(fc.tuple(edits, spelling), ([[document, ops], style]) => {
      const text = spell(document.root, style) + style.tail;
      const read = open(text);
      expect(serializeWorkflow(read)).toBe(text);
      for (const op of ops) {
        const result = applyOps(read, [op], catalog);
        if (!result.ok) continue;
        taken += 1;
        const { document: edited, patch } = result.value;
        const written = serializeWorkflow(edited);
        const undone = applyPatch(edited, reversePatch(patch));
        expect(undone.ok && serializeWorkflow(undone.value)).toBe(text);
        const stillThere = Object.keys(edited.root).length > 0;
        if (stillThere)
          expect(stringifyExactJson(rootOf(written))).toBe(stringifyExactJson(edited.root));
        for (const untouched of untouchedNodes(
          read,
          patch.entries.map((entry) => entry.id),
        )) {
          expect(written).toContain(spell(untouched, style));
        }
      }
    });
    expect(taken).toBeGreaterThan(PROPERTY_RUNS / 2);
  });

  it('the edit script from one to any other leads there, and backwards back', () => {
    check(fc.tuple(workflows, workflows), ([before, after]) => {
      const script = createEditScript(before, after);
      expect(script.ok).toBe(before.format === after.format);
      if (!script.ok) return;
      const there = applyPatch(before, script.value);
      expect(there.ok && serializeWorkflow(there.value)).toBe(serializeWorkflow(after));
      const back = applyPatch(after, reversePatch(script.value));
      expect(back.ok && serializeWorkflow(back.value)).toBe(serializeWorkflow(before));
    });
  });

  it('the edit script between a workflow and an edited one does what was edited', () => {
    check(edits, ([document, ops]) => {
      const result = applyOps(document, ops, catalog);
      if (!result.ok) return;
      // Read apart, so that nothing is told by identity.
      const [a, b] = [detached(document), detached(result.value.document)];
      const script = createEditScript(a, b);
      const there = script.ok ? applyPatch(a, script.value) : script;
      expect(there.ok && serializeWorkflow(there.value)).toBe(serializeWorkflow(b));
      expect(script.ok && script.value.entries).toHaveLength(result.value.patch.entries.length);
    });
  });

  it('the payload depends on what executes only', () => {
    const cosmetics = fc.record({ x: fc.integer(), color: fc.string(), note: fc.string() });
    check(fc.tuple(workflows, cosmetics), ([document, { x, color, note }]) => {
      if (document.format === 'api') return;
      const nodes = (document.root['nodes'] as readonly JsonObject[]).map((node) => ({
        ...node,
        pos: [x, 7],
        size: [1, x],
        flags: { collapsed: true },
        color,
        unknown: note,
      }));
      const noteNode = { id: 7777, type: 'Note', mode: 0, widgets_values: [note] };
      const root = { ...document.root, nodes: [...nodes, noteNode], groups: [], config: { x } };
      expect(payloadText({ format: 'graph', root })).toBe(payloadText(document));
    });
  });
});

function payloadText(document: WorkflowDocument): string {
  const made = toExecutionPayload(document, catalog);
  return made.ok ? stringifyExactJson(made.value.payload) : made.error.code;
}

function detached({ format, root }: WorkflowDocument): WorkflowDocument {
  return { format, root: rootOf(stringifyExactJson(root)) };
}

function rootOf(text: string): JsonObject {
  const parsed = parseWorkflow(text);
  // A file whose last node was deleted is no workflow any more.
  return parsed.ok ? parsed.value.root : {};
}

function untouchedNodes(
  document: WorkflowDocument,
  touched: readonly string[],
): readonly JsonValue[] {
  const entries: readonly (readonly [string, JsonValue])[] =
    document.format === 'api'
      ? Object.entries(document.root)
      : (document.root['nodes'] as readonly JsonObject[]).map((node) => [
          toIdText(node['id']) ?? '',
          node,
        ]);
  return entries.filter(([id]) => !touched.includes(id)).map(([, node]) => node);
}

interface Spelling {
  readonly space: string;
  readonly number: number;
}

function spell(value: JsonValue, style: Spelling): string {
  const { space } = style;
  if (typeof value === 'number' && Number.isFinite(value)) return spellNumber(value, style.number);
  if (isJsonArray(value)) {
    return `[${space}${value.map((item) => spell(item, style)).join(`${space},${space}`)}${space}]`;
  }
  if (typeof value !== 'object' || value === null) return stringifyExactJson(value);
  const parts = Object.entries(value).map(
    ([key, child]) => `${JSON.stringify(key)}${space}:${space}${spell(child, style)}`,
  );
  return `{${space}${parts.join(`${space},${space}`)}${space}}`;
}

function spellNumber(value: number, kind: number): string {
  const plain = stringifyExactJson(value);
  if (plain.includes('e')) return plain;
  if (kind === 1) return plain.includes('.') ? `${plain}0` : `${plain}.0`;
  if (kind === 2) return `${plain}e0`;
  return kind === 3 ? `${plain}E+00` : plain;
}
