import { describe, expect, it } from 'vitest';
import { appError } from '../../contract/errors.ts';
import { apiDocument, coreCatalog } from '../../../tests/fakes/tool-context.ts';
import { viewWorkflow } from '../workflow/view/view-workflow.ts';
import { expandValues } from './expand-values.ts';
import { type SweepAxis, affectedNodes, planSweep } from './plan-batch.ts';
import { wouldRepeat } from './would-repeat.ts';

const catalog = coreCatalog();
const cfg = { nodeId: '3', widget: 'cfg' };
const steps = { nodeId: '3', widget: 'steps' };

function plan(...axes: readonly SweepAxis[]) {
  return planSweep(apiDocument(), catalog, axes);
}

function labels(...axes: readonly SweepAxis[]): readonly string[] {
  const planned = plan(...axes);
  return planned.ok ? planned.value.items.map(({ label }) => label) : [planned.error.code];
}

describe('planSweep', () => {
  it('works formulas out on the workflow as it is', () => {
    expect(labels({ ...cfg, formulas: ['old * 0.5', 'old', 'old * 1.1'] })).toEqual([
      'CFG 4',
      'CFG 8',
      'CFG 8.8',
    ]);
  });

  it('makes one of values that come to the same', () => {
    expect(labels({ ...steps, values: [20, 20, 30] })).toEqual(['Steps 20', 'Steps 30']);
    expect(labels({ ...steps, values: [20, 20] })).toEqual(['batch/nothing-varies']);
  });

  it('refuses a value that the node does not take before anything is shown', () => {
    expect(plan({ ...steps, values: [20, 0] }).ok).toBe(false);
  });

  it('refuses more than can be looked through, with the number', () => {
    const wide = { ...cfg, from: 1, to: 10, count: 10 };
    expect(plan(wide, { ...steps, from: 10, to: 80, step: 10 })).toMatchObject({
      error: { code: 'batch/too-many', data: { count: 80, limit: 64 } },
    });
  });

  it('names itself by its values, or by their range when they are many', () => {
    expect(plan({ ...cfg, values: [4, 6, 8] })).toMatchObject({
      value: { title: 'CFG 4, 6 and 8' },
    });
    expect(plan({ ...cfg, from: 4, to: 8 })).toMatchObject({
      value: { title: 'CFG from 4 to 8, 5 values' },
    });
  });
});

describe('expandValues', () => {
  const values = (given: Parameters<typeof expandValues>[0]) =>
    expandValues(given, undefined).map((each) => ('value' in each ? each.value : each.formula));

  it('includes both ends of a range where the step meets them, in either direction', () => {
    expect(values({ from: 20, to: 40, step: 5 })).toEqual([20, 25, 30, 35, 40]);
    expect(values({ from: 1, to: 0.7, step: 0.1 })).toEqual([1, 0.9, 0.8, 0.7]);
    expect(values({ from: 0, to: 10, step: 4 })).toEqual([0, 4, 8]);
  });

  it('spreads five values where no step is given', () => {
    expect(values({ from: 0.3, to: 0.7 })).toEqual([0.3, 0.4, 0.5, 0.6, 0.7]);
  });
});

describe('a failure', () => {
  const view = viewWorkflow(apiDocument(), catalog);
  const affected = affectedNodes(view, [
    { ops: [{ op: 'set_widget', nodeId: '3', widget: 'cfg', value: 4 }] },
  ]);
  const at = (nodeId: string) =>
    appError('run/out-of-memory', { nodeId, nodeTitle: nodeId, detail: '' });

  it('would repeat where its node is not behind a setting that differs', () => {
    expect([...affected].sort()).toEqual(['3', '8', '9']);
    expect(wouldRepeat(at('4'), affected)).toBe(true);
    expect(wouldRepeat(at('8'), affected)).toBe(false);
  });

  it('would repeat when it was the same the time before', () => {
    expect(wouldRepeat(at('8'), affected, at('8'))).toBe(true);
    expect(wouldRepeat(at('8'), affected, at('3'))).toBe(false);
  });
});
