import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountForNodes } from '../../core/domain/workflow/payload/account-for-nodes.ts';
import { objectsIn, toIdText } from '../../core/domain/workflow/view/graph-format.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { coreCatalog } from '../fixtures/edit-workflows.ts';
import { PROPERTY_RUNS, arbitraryWorkflow } from './arbitrary-workflow.ts';

const catalog = coreCatalog();

/** Types that are not sent, or sent by guess, to stand among the real ones. */
const ODD_TYPES = ['Note', 'PrimitiveNode', 'Reroute', 'GetNode', 'No such class', 'workflow>gone'];

describe(`for ${String(PROPERTY_RUNS)} random workflows`, () => {
  it('every node is sent or accounted for, and nothing is accounted for that is not there', () => {
    let leftOut = 0;
    const odd = fc.array(
      fc.record({ type: fc.constantFrom(...ODD_TYPES), mode: fc.constantFrom(0, 0, 2, 4) }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(arbitraryWorkflow(catalog), odd, (document, extras) => {
        if (document.format === 'api') return;
        const added = extras.map((each, index) => ({
          ...each,
          id: 700 + index,
          order: 90 + index,
        }));
        const nodes = [...objectsIn(document.root['nodes']), ...added];
        const full = { ...document, root: { ...document.root, nodes } };
        const made = toExecutionPayload(full, catalog);
        if (!made.ok) return;
        const accounts = accountForNodes(full, catalog, made.value);
        expect(accounts.map(({ nodeId }) => nodeId).toSorted()).toEqual(
          nodes.map(({ id }) => toIdText(id)).toSorted(),
        );
        const sent = accounts.filter(({ outcome }) => outcome === 'sent' || outcome === 'guessed');
        expect(sent.map(({ nodeId }) => nodeId).toSorted()).toEqual(
          Object.keys(made.value.payload).toSorted(),
        );
        for (const { outcome, because, confidence } of accounts) {
          if (outcome !== 'sent') expect(because.join('')).not.toBe('');
          expect(confidence > 0).toBe(outcome !== 'left-out');
          if (outcome === 'left-out') leftOut += 1;
        }
      }),
      { numRuns: PROPERTY_RUNS },
    );
    expect(leftOut).toBeGreaterThan(PROPERTY_RUNS / 10);
  });
});
