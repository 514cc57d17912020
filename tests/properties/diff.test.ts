import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Op } from '../../core/contract/workflow.schema.ts';
import { applyOps } from '../../core/domain/workflow/apply-ops.ts';
import { diffParts } from '../../core/domain/workflow/diff/nodes/diff-parts.ts';
import { partOfGraph } from '../../core/domain/workflow/diff/nodes/part.ts';
import { diffWorkflows } from '../../core/domain/workflow/diff-workflows.ts';
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
