import { describe, expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import type { Batch } from '../../contract/run/batch.schema.ts';
import type { BatchPlan } from '../../domain/batch/plan-batch.ts';
import {
  apiDocument,
  callTool,
  finishedRun,
  sessionDesk,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { renderBatch } from './render-batch.tool.ts';

const cfg = { node_id: '3', input_name: 'cfg' };

describe('render_batch', () => {
  it('plans variations of the seed; the first keeps its own', async () => {
    const { desk, plans } = planningDesk();
    await callTool(renderBatch, { variations: 3 }, toolContext({ desk }));
    expect(plans[0]?.items.map(({ label }) => label)).toEqual(['Seed 7', 'Seed 8', 'Seed 9']);
  });

  it('plans a grid of two settings and tells what came of each', async () => {
    const { desk, plans } = planningDesk();
    const steps = { node_id: '3', input_name: 'steps', from: 20, to: 30, step: 10 };
    const input = { sweep: [{ ...cfg, values: [4, 6] }, steps] };
    const answer = await callTool(renderBatch, input, toolContext({ desk }));
    expect(plans[0]?.items.map(({ label }) => label)).toEqual([
      'CFG 4 · Steps 20',
      'CFG 4 · Steps 30',
      'CFG 6 · Steps 20',
      'CFG 6 · Steps 30',
    ]);
    expect(answer).toMatchObject({
      ok: true,
      value: { status: 'done', items: [{ run: { status: 'verified' } }, {}, {}, {}] },
    });
  });

  it('returns once accepted when it need not wait', async () => {
    const { desk } = planningDesk();
    const input = { sweep: [{ ...cfg, values: [4, 6] }], wait: false };
    expect(await callTool(renderBatch, input, toolContext({ desk }))).toMatchObject({
      text: 'CFG 4 and 6: 2 renders, about 8 s, one after another.',
    });
  });

  it.each([
    [{}, 'variations'],
    [{ variations: 2, sweep: [{ ...cfg, values: [4, 6] }] }, 'variations'],
    [{ sweep: [{ ...cfg, from: 4 }] }, 'sweep.0'],
  ])('refuses what is not one plan: %j', async (input, path) => {
    expect(await callTool(renderBatch, input, toolContext())).toMatchObject({
      error: { code: 'tool/invalid-input', data: { issues: [{ path }] } },
    });
  });

  it('proposes nothing when there is no seed to vary', async () => {
    const document = apiDocument({ '1': { class_type: 'EmptyImage', inputs: { width: 64 } } });
    expect(await callTool(renderBatch, { variations: 2 }, toolContext({ document }))).toMatchObject(
      { error: { code: 'tool/invalid-input' } },
    );
  });
});

function planningDesk() {
  const plans: BatchPlan[] = [];
  const desk = sessionDesk({
    proposeBatch: async (plan) => {
      plans.push(plan);
      return ok(toBatch(plan, 'running'));
    },
    awaitBatch: async () => {
      const batch = toBatch(plans.at(-1), 'done');
      return ok({ batch, runs: [finishedRun({ promptId: 'run-0' })] });
    },
  });
  return { desk, plans };
}

function toBatch(plan: BatchPlan | undefined, status: Batch['status']): Batch {
  const items = (plan?.items ?? []).map((item, index) => ({
    ...item,
    status: 'started' as const,
    promptId: `run-${String(index)}`,
  }));
  return {
    batchId: 'batch-1',
    title: plan?.title ?? '',
    axes: plan?.axes ?? [],
    items,
    baseEntryId: '0',
    baseRevision: 1,
    digest: 'digest',
    status,
    estimateMs: 8_000,
    proposedBy: 'artist',
    proposedAt: 1,
  };
}
