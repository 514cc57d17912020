import { z } from 'zod';
import { type Result, err, ok } from '../../base/result.ts';
import { BatchStatusSchema, MAX_BATCH_ITEMS } from '../../contract/run/batch.schema.ts';
import { type AppError, AppErrorSchema, appError } from '../../contract/errors.ts';
import { runOfItem } from '../../domain/batch/find-batch.ts';
import { type BatchPlan, planSweep, planVariations } from '../../domain/batch/plan-batch.ts';
import { oneLine } from '../../domain/errors/plain-error.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import { type ToolContext, anyValue, defineTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';
import { RunReportSchema, describeRun, toRunReport } from './run-report.ts';

const NAME = 'render_batch';

const axis = z.strictObject({
  node_id: z.string().min(1).describe('Node id, as get_editable_fields gives it'),
  input_name: z.string().min(1).describe('Setting name, e.g. "cfg"'),
  values: z
    .array(anyValue('One value'))
    .min(1)
    .max(MAX_BATCH_ITEMS)
    .optional()
    .describe('The values, in order'),
  formulas: z
    .array(z.string().min(1).max(1_000))
    .min(1)
    .max(MAX_BATCH_ITEMS)
    .optional()
    .describe('Or formulas, e.g. ["old * 0.9", "old", "old * 1.1"]'),
  from: z.number().optional().describe('Or a range: its first value'),
  to: z.number().optional().describe('The last value of the range'),
  step: z.number().optional().describe('How far apart the values of the range are'),
  count: z
    .number()
    .int()
    .min(2)
    .max(MAX_BATCH_ITEMS)
    .optional()
    .describe('Or how many values the range has; 5 if neither is given'),
});

const input = z.strictObject({
  variations: z
    .number()
    .int()
    .min(1)
    .max(MAX_BATCH_ITEMS)
    .optional()
    .describe('How many renders that differ in their seeds only'),
  sweep: z
    .array(axis)
    .min(1)
    .max(2)
    .optional()
    .describe('Instead: one setting, or two as a grid, that go over several values'),
  wait: z
    .boolean()
    .optional()
    .describe('False: returns as soon as the artist has accepted; true if absent'),
});

const output = z.strictObject({
  batchId: z.string().describe('Id of the plan'),
  title: z.string().describe('What it renders'),
  status: BatchStatusSchema.describe('Where it stands'),
  estimateMs: z.number().optional().describe('How long all of it is expected to take, ms'),
  items: z
    .array(
      z.strictObject({
        label: z.string().describe('What tells it from the others'),
        status: z
          .enum(['waiting', 'started', 'refused', 'left-out'])
          .describe('Whether it came to be rendered'),
        run: RunReportSchema.optional().describe('Its run and what came of it'),
        error: AppErrorSchema.optional().describe('Why it could not be queued'),
      }),
    )
    .readonly()
    .describe('The renders, in order'),
});

/** Renders variations or a sweep over values as one plan that the artist accepts once. */
export const renderBatch = defineTool({
  name: NAME,
  title: 'Render several',
  description: `Renders the open workflow several times: variations of the seed, or a sweep (wedge) of one setting or a grid of two over values, ranges or formulas; at most ${MAX_BATCH_ITEMS}. The artist sees one plan and accepts it once; the workflow itself stays as it is.`,
  effect: 'execute',
  input,
  output,
  describeCall: ({ variations, sweep }) =>
    sweep === undefined
      ? `Plan ${variations ?? 1} variations`
      : `Plan a sweep over ${sweep.map((each) => each.input_name).join(' and ')}`,
  describeResult: ({ title, status, items, estimateMs }) =>
    status === 'running'
      ? `${title}: ${items.filter((item) => item.status !== 'left-out').length} renders${estimateMs === undefined ? '' : `, about ${inWords(estimateMs)}`}, one after another.`
      : items.map(describeItem).join('\n'),
  handler: async (asked, context) => {
    const plan = makePlan(asked, context);
    if (!plan.ok) return plan;
    const accepted = await context.desk.proposeBatch(plan.value);
    if (!accepted.ok) return accepted;
    const { batchId } = accepted.value;
    const settled =
      asked.wait === false
        ? ok({ batch: accepted.value, runs: [] })
        : await context.desk.awaitBatch(batchId);
    if (!settled.ok) return settled;
    const { batch, runs } = settled.value;
    const { title, status, estimateMs } = batch;
    return ok({
      batchId,
      title,
      status,
      ...(estimateMs === undefined ? {} : { estimateMs }),
      items: batch.items.map((item) => {
        const run = runOfItem({ runs: [...runs] }, item);
        return {
          label: item.label,
          status: item.status,
          ...(run === undefined ? {} : { run: toRunReport(run) }),
          ...(item.error === undefined ? {} : { error: item.error }),
        };
      }),
    });
  },
});

function makePlan(
  { variations, sweep }: z.output<typeof input>,
  context: ToolContext,
): Result<BatchPlan, AppError> {
  const document = requireDocument(context);
  if (!document.ok) return document;
  if ((variations === undefined) === (sweep === undefined)) {
    return refuse('variations', 'give either variations or a sweep, one of the two');
  }
  if (sweep !== undefined) {
    const axes = sweep.map(({ node_id: nodeId, input_name: widget, ...values }) => ({
      nodeId,
      widget,
      ...values,
    }));
    const empty = axes.findIndex(
      ({ values, formulas, from, to }) =>
        values === undefined && formulas === undefined && (from === undefined || to === undefined),
    );
    return empty < 0
      ? planSweep(document.value, context.catalog, axes)
      : refuse(`sweep.${empty}`, 'give it values, formulas, or from and to');
  }
  const view = viewWorkflow(document.value, context.catalog);
  const plan = planVariations(view, variations ?? 1);
  return plan === undefined
    ? refuse('variations', 'this workflow has no seed to vary, so every result would be the same')
    : ok(plan);
}

function refuse(path: string, message: string): Result<never, AppError> {
  return err(appError('tool/invalid-input', { name: NAME, issues: [{ path, message }] }));
}

function describeItem({
  label,
  status,
  run,
  error,
}: z.output<typeof output>['items'][number]): string {
  if (run !== undefined) return describeRun(run);
  if (error !== undefined) return `${label}: ${oneLine(error)}`;
  return `${label}: ${status === 'left-out' ? 'left out.' : 'not rendered.'}`;
}

function inWords(ms: number): string {
  return ms < 90_000
    ? `${Math.max(1, Math.round(ms / 1_000))} s`
    : `${Math.round(ms / 60_000)} min`;
}
