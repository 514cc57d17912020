import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringifyExactJson } from '../../core/base/exact-json.ts';
import { type JsonObject } from '../../core/base/json.ts';
import { type Op } from '../../core/contract/workflow.schema.ts';
import { applyOps } from '../../core/domain/workflow/ops/apply-ops.ts';
import { applyPatch, reversePatch } from '../../core/domain/workflow/patch/apply-patch.ts';
import { describeDiff } from '../../core/domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../core/domain/workflow/diff/diff-workflows.ts';
import { type WorkflowDocument } from '../../core/domain/workflow/document.ts';
import { toIdText } from '../../core/domain/workflow/view/graph-format.ts';
import { parseWorkflow } from '../../core/domain/workflow/parse-workflow.ts';
import { serializeWorkflow } from '../../core/domain/workflow/serialize-workflow.ts';
import { viewWorkflow } from '../../core/domain/workflow/view/view-workflow.ts';
import { coreCatalog } from '../fixtures/edit-workflows.ts';
import { PROPERTY_RUNS, arbitraryOps, arbitraryWorkflow } from './arbitrary-workflow.ts';

const catalog = coreCatalog();
const workflows = arbitraryWorkflow(catalog);
const edits = workflows.chain((document) =>
  fc.tuple(fc.constant(document), arbitraryOps(document, catalog)),
);

function check<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, property), { numRuns: PROPERTY_RUNS });
}

/** Takes the ops one by one, leaving out those that are refused, as an artist would. */
function takeWhatFits(document: WorkflowDocument, ops: readonly Op[]): WorkflowDocument {
  return ops.reduce((current, op) => {
    const result = applyOps(current, [op], catalog);
    return result.ok ? result.value.document : current;
  }, document);
}

describe(`for ${String(PROPERTY_RUNS)} random workflows and edits`, () => {
  it('undoing and redoing gives the same text, in the same order', () => {
    let taken = 0;
    check(edits, ([document, ops]) => {
      let current = document;
      const undo: (() => void)[] = [];
      for (const op of ops) {
        const before = current;
        const result = applyOps(before, [op], catalog);
        if (!result.ok) continue;
        const { patch, document: after } = result.value;
        taken += 1;
        undo.unshift(() => {
          const back = applyPatch(after, reversePatch(patch));
          expect(back.ok && serializeWorkflow(back.value)).toBe(serializeWorkflow(before));
          const again = applyPatch(before, patch);
          expect(again.ok && serializeWorkflow(again.value)).toBe(serializeWorkflow(after));
        });
        current = after;
      }
      for (const step of undo) step();
    });
    expect(taken).toBeGreaterThan(PROPERTY_RUNS / 2);
  });

  it('a refused change leaves the document as it was, and an accepted one never alters it', () => {
    check(edits, ([document, ops]) => {
      const text = serializeWorkflow(document);
      const { root } = document;
      const result = applyOps(document, ops, catalog);
      expect(document.root).toBe(root);
      expect(serializeWorkflow(document)).toBe(text);
      if (result.ok && result.value.patch.entries.length === 0) {
        expect(result.value.document).toBe(document);
      }
    });
  });

  it('nodes that the patch does not name stay the same objects', () => {
    check(edits, ([document, ops]) => {
      const result = applyOps(document, ops, catalog);
      if (!result.ok || document.format !== 'graph') return;
      const named = new Set(result.value.patch.entries.map((entry) => entry.id));
      const after = new Set(result.value.document.root['nodes'] as readonly JsonObject[]);
      for (const node of document.root['nodes'] as readonly JsonObject[]) {
        if (!named.has(idOf(node))) expect(after.has(node)).toBe(true);
      }
    });
  });

  it('an edited workflow is read back as what was edited', () => {
    check(edits, ([document, ops]) => {
      const after = takeWhatFits(document, ops);
      const isEmpty = viewWorkflow(after, catalog).nodes.length === 0;
      if (isEmpty) return;
      const parsed = parseWorkflow(serializeWorkflow(after));
      expect(parsed.ok && diffWorkflows(after, parsed.value, catalog)).toEqual([]);
    });
  });

  it('links agree on both ends after any edit', () => {
    check(edits, ([document, ops]) => {
      const after = takeWhatFits(document, ops);
      if (after.format !== 'graph') return;
      expect(brokenLinks(after.root)).toEqual([]);
    });
  });

  it('a workflow does not differ from itself, nor from an equal one', () => {
    check(workflows, (document) => {
      expect(diffWorkflows(document, document, catalog)).toEqual([]);
      const parsed = parseWorkflow(serializeWorkflow(document));
      expect(parsed.ok && diffWorkflows(document, parsed.value, catalog)).toEqual([]);
    });
  });

  it('the diff says something exactly when what is seen differs', () => {
    let differed = 0;
    check(edits, ([document, ops]) => {
      const after = takeWhatFits(document, ops);
      const entries = diffWorkflows(document, after, catalog);
      const differs = seen(document) !== seen(after);
      expect(entries.length > 0).toBe(differs);
      if (entries.length > 0) expect(describeDiff(entries).length).toBeGreaterThan(0);
      if (differs) differed += 1;
    });
    expect(differed).toBeGreaterThan(PROPERTY_RUNS / 4);
  });

  it('the diff back has as many entries as the diff forth', () => {
    check(edits, ([document, ops]) => {
      const after = takeWhatFits(
        document,
        ops.filter((op) => op.op !== 'replace_node'),
      );
      const forth = diffWorkflows(document, after, catalog);
      expect(diffWorkflows(after, document, catalog)).toHaveLength(forth.length);
    });
  });
});

function idOf(node: JsonObject): string {
  return toIdText(node['id']) ?? '';
}

/** Everything that an artist can see or that changes a picture, as one text; written apart from the diff. */
function seen(document: WorkflowDocument): string {
  const view = viewWorkflow(document, catalog);
  const nodes = view.nodes.map((node) => [
    node.id,
    node.classType,
    node.title,
    node.mode,
    node.position ?? null,
    node.widgets.map((widget) => [
      widget.name,
      widget.isLinked ? 'linked' : stringifyExactJson(widget.value),
    ]),
    node.inputs
      .map((input) => [input.name, input.link ?? null])
      .filter(([, link]) => link !== null),
  ]);
  const stored = Array.isArray(document.root['nodes'])
    ? (document.root['nodes'] as readonly JsonObject[])
    : [];
  const controls = stored.map((node) => [
    node['id'],
    Array.isArray(node['widgets_values'])
      ? node['widgets_values'].filter((cell) => cell === 'fixed' || cell === 'randomize')
      : [],
  ]);
  const byId = (a: readonly unknown[], b: readonly unknown[]): number =>
    String(a[0]).localeCompare(String(b[0]));
  return JSON.stringify([nodes.sort(byId), controls.sort(byId)]);
}

/** Links whose ends do not know of them, and ends whose links are not there. */
function brokenLinks(root: JsonObject): readonly string[] {
  const nodes = root['nodes'] as readonly JsonObject[];
  const links = (root['links'] as readonly (JsonObject | readonly unknown[])[]).map((link) =>
    Array.isArray(link)
      ? (link as readonly unknown[])
      : Object.values(link as JsonObject).slice(0, 5),
  );
  const slots = (node: JsonObject | undefined, side: string): readonly JsonObject[] =>
    (node?.[side] ?? []) as readonly JsonObject[];
  const find = (id: unknown): JsonObject | undefined => nodes.find((node) => node['id'] === id);
  const problems = links.flatMap(([id, from, slot, to, input]) => {
    const output = slots(find(from), 'outputs')[Number(slot)]?.['links'] as unknown[] | undefined;
    const isHeld = slots(find(to), 'inputs')[Number(input)]?.['link'] === id;
    return output?.includes(id) === true && isHeld ? [] : [`link ${String(id)}`];
  });
  const known = new Set(links.map(([id]) => id));
  for (const node of nodes) {
    for (const input of slots(node, 'inputs')) {
      if (input['link'] !== null && !known.has(input['link'])) problems.push(idOf(node));
    }
  }
  return problems;
}
