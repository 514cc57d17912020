import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Op } from '../../core/contract/workflow.schema.ts';
import { applyOps } from '../../core/domain/workflow/ops/apply-ops.ts';
import { diffText } from '../../core/domain/workflow/diff/describe/diff-text.ts';
import { diffParts } from '../../core/domain/workflow/diff/nodes/diff-parts.ts';
import { partOfGraph } from '../../core/domain/workflow/diff/nodes/part.ts';
import { diffWorkflows } from '../../core/domain/workflow/diff/diff-workflows.ts';
import { type WorkflowDocument } from '../../core/domain/workflow/document.ts';
import { parseWorkflow } from '../../core/domain/workflow/parse-workflow.ts';
import { serializeWorkflow } from '../../core/domain/workflow/serialize-workflow.ts';
import { coreCatalog } from '../fixtures/edit-workflows.ts';
import { PROPERTY_RUNS, arbitraryOps, arbitraryWorkflow } from './arbitrary-workflow.ts';

const catalog = coreCatalog();
/** Without replaced nodes: whether two files are of one origin may be seen differently with and without history. */
const edits = arbitraryWorkflow(catalog)
  .filter(({ format }) => format === 'graph')
  .chain((document) =>
    fc.tuple(
      fc.constant(document),
      arbitraryOps(document, catalog).map((ops) => ops.filter(({ op }) => op !== 'replace_node')),
    ),
  );

describe(`for ${String(PROPERTY_RUNS)} edited workflows`, () => {
  it('the diff tells the same whether the two share memory, were read anew, or are compared node by node', () => {
    let told = 0;
    fc.assert(
      fc.property(edits, ([before, ops]) => {
        const after = takeWhatFits(before, ops);
        const entries = diffWorkflows(before, after, catalog);
        expect(diffWorkflows(reread(before), reread(after), catalog)).toEqual(entries);
        const whole = diffParts(
          partOfGraph(before.root, catalog),
          partOfGraph(after.root, catalog),
        );
        expect(entries).toEqual(whole);
        told += entries.length;
      }),
      { numRuns: PROPERTY_RUNS },
    );
    expect(told).toBeGreaterThan(PROPERTY_RUNS / 2);
  });
});

describe(`for ${String(PROPERTY_RUNS)} pairs of texts`, () => {
  it('as many words stay as can, and the changes are in reading order', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 9 });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const changes = diffText(before.join(' '), after.join(' '));
        const most = longestCommon(before, after);
        const removed = changes.flatMap((change) => wordsOf(change.removed));
        const added = changes.flatMap((change) => wordsOf(change.added));
        expect(removed).toHaveLength(before.length - most);
        expect(added).toHaveLength(after.length - most);
        expect(longestCommon(removed, before)).toBe(removed.length);
        expect(longestCommon(added, after)).toBe(added.length);
      }),
      { numRuns: PROPERTY_RUNS },
    );
  });
});

function wordsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}

/** The length of the longest list of words that stand in both in this order, tried out. */
function longestCommon([first, ...rest]: readonly string[], other: readonly string[]): number {
  if (first === undefined) return 0;
  const at = other.indexOf(first);
  const without = longestCommon(rest, other);
  return at < 0 ? without : Math.max(without, 1 + longestCommon(rest, other.slice(at + 1)));
}

function takeWhatFits(document: WorkflowDocument, ops: readonly Op[]): WorkflowDocument {
  return ops.reduce((current, op) => {
    const result = applyOps(current, [op], catalog);
    return result.ok ? result.value.document : current;
  }, document);
}

/** The same file with nothing shared in memory; an empty one is not read back as a workflow. */
function reread(document: WorkflowDocument): WorkflowDocument {
  const parsed = parseWorkflow(serializeWorkflow(document));
  return parsed.ok ? parsed.value : document;
}
