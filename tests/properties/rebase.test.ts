import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Op } from '../../core/contract/workflow.schema.ts';
import { applyOps } from '../../core/domain/workflow/ops/apply-ops.ts';
import { diffWorkflows } from '../../core/domain/workflow/diff/diff-workflows.ts';
import { type WorkflowDocument } from '../../core/domain/workflow/document.ts';
import { rebaseOps } from '../../core/domain/workflow/rebase/rebase-ops.ts';
import { viewWorkflow } from '../../core/domain/workflow/view/view-workflow.ts';
import { coreCatalog } from '../fixtures/edit-workflows.ts';
import { PROPERTY_RUNS, arbitraryOps, arbitraryWorkflow } from './arbitrary-workflow.ts';

const catalog = coreCatalog();

/** Two edits of one workflow; new nodes of the second have ids of their own, so that both orders name them alike. */
const twoEdits = arbitraryWorkflow(catalog).chain((document) =>
  fc.tuple(
    fc.constant(document),
    arbitraryOps(document, catalog),
    arbitraryOps(document, catalog).map((ops) => ops.map(withOtherIds)),
  ),
);

describe(`for ${String(PROPERTY_RUNS)} pairs of random edits`, () => {
  it('rebasing disjoint edits commutes, and never throws', () => {
    let clean = 0;
    fc.assert(
      fc.property(twoEdits, ([base, first, second]) => {
        const a = fitting(base, first);
        const b = fitting(base, second);
        if (a.ops.length === 0 || b.ops.length === 0) return;
        const bAfterA = rebaseOps(b.ops, base, a.document, catalog);
        const aAfterB = rebaseOps(a.ops, base, b.document, catalog);
        if (!bAfterA.ok || !aAfterB.ok) return;
        const ab = applyOps(placed(base, a.ops), bAfterA.value, catalog);
        const ba = applyOps(placed(base, b.ops), aAfterB.value, catalog);
        expect(ab.ok && ba.ok).toBe(true);
        if (!ab.ok || !ba.ok) return;
        expect(diffWorkflows(ab.value.document, ba.value.document, catalog)).toEqual([]);
        clean += 1;
      }),
      { numRuns: PROPERTY_RUNS },
    );
    expect(clean).toBeGreaterThan(PROPERTY_RUNS / 10);
  });
});

/** The ops that work, one after the other, and what they make. */
function fitting(
  base: WorkflowDocument,
  ops: readonly Op[],
): { readonly ops: readonly Op[]; readonly document: WorkflowDocument } {
  let document = base;
  const taken: Op[] = [];
  for (const op of ops) {
    const applied = applyOps(document, [op], catalog);
    if (!applied.ok || applied.value.patch.entries.length === 0) continue;
    document = applied.value.document;
    const [settled] = applied.value.ops;
    const position =
      settled?.op === 'add_node'
        ? viewWorkflow(document, catalog).node(settled.nodeId)?.position
        : undefined;
    if (settled === undefined) continue;
    taken.push(
      settled.op === 'add_node' && position !== undefined
        ? { ...settled, position: [position[0], position[1]] }
        : settled,
    );
  }
  return { ops: taken, document };
}

function placed(base: WorkflowDocument, ops: readonly Op[]): WorkflowDocument {
  const applied = applyOps(base, ops, catalog);
  if (!applied.ok) throw new Error(applied.error.code);
  return applied.value.document;
}

function withOtherIds(op: Op): Op {
  const other = (id: string): string => (/^90\d$/.test(id) ? `8${id.slice(1)}` : id);
  if (op.op === 'connect') {
    return {
      ...op,
      from: { ...op.from, nodeId: other(op.from.nodeId) },
      to: { ...op.to, nodeId: other(op.to.nodeId) },
    };
  }
  return { ...op, nodeId: other(op.nodeId) };
}
