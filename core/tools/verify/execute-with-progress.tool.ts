import { z } from 'zod';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, AppErrorSchema, appError } from '../../contract/errors.ts';
import type { Run } from '../../contract/run.schema.ts';
import { oneLine } from '../../domain/errors/plain-error.ts';
import { viewWorkflow } from '../../domain/workflow/view-workflow.ts';
import { type ToolContext, defineTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';
import { RunReportSchema, describeRun, toRunReport } from './run-report.ts';
import { varySeeds } from './vary-seeds.ts';

const NAME = 'execute_with_progress';

/** Runs the open workflow, once or in several variations, and waits for the verdicts. */
export const executeWithProgress = defineTool({
  name: NAME,
  title: 'Render',
  description:
    'Renders the open workflow and waits until it is done and checked. With count it renders variations that differ only in their seeds; the workflow itself stays as it is.',
  effect: 'execute',
  input: z.strictObject({
    count: z.number().int().min(1).max(16).optional().describe('How many to render; 1 if absent'),
    vary_seed: z
      .boolean()
      .optional()
      .describe('Give each another seed; true if absent and count is more than 1'),
    label: z.string().min(1).max(120).optional().describe('What to call the run'),
  }),
  output: z.strictObject({
    runs: z.array(RunReportSchema).readonly().describe('The runs, in order'),
    notStarted: z
      .strictObject({
        count: z.number().int().describe('How many were not started'),
        error: AppErrorSchema.describe('Why'),
      })
      .optional()
      .describe('Set when not all of them could be started'),
  }),
  describeCall: ({ count = 1 }) => (count === 1 ? 'Render' : `Render ${count} variations`),
  describeResult: ({ runs, notStarted }) =>
    [
      ...runs.map(describeRun),
      ...(notStarted === undefined
        ? []
        : [`${notStarted.count} not started: ${oneLine(notStarted.error)}`]),
    ].join('\n'),
  handler: async (input, context) => {
    const plans = planRuns(input, context);
    if (!plans.ok) return plans;
    const { started, error } = await startAll(plans.value, context);
    if (error !== undefined && started.length === 0) return err(error);
    const runs: Run[] = [];
    for (const run of started) {
      const ended = await context.desk.awaitRun(run.promptId);
      if (!ended.ok && started.length === 1) return ended;
      runs.push(ended.ok ? ended.value : { ...run, status: 'failed', failure: ended.error });
    }
    const missed = plans.value.length - started.length;
    const stats = await context.comfy?.systemStats();
    const machine = stats?.ok === true ? stats.value : undefined;
    return ok({
      runs: runs.map((run) => toRunReport(run, machine)),
      ...(error === undefined ? {} : { notStarted: { count: missed, error } }),
    });
  },
});

type RunPlan = Parameters<ToolContext['desk']['startRun']>[0];

function planRuns(
  {
    count = 1,
    vary_seed: varySeed = count > 1,
    label = 'Render',
  }: {
    readonly count?: number | undefined;
    readonly vary_seed?: boolean | undefined;
    readonly label?: string | undefined;
  },
  context: ToolContext,
): Result<readonly RunPlan[], AppError> {
  const document = requireDocument(context);
  if (!document.ok) return document;
  const view = viewWorkflow(document.value, context.catalog);
  if (varySeed && varySeeds(view, 0).length === 0) {
    const message = 'this workflow has no seed to vary, so every result would be the same';
    return err(
      appError('tool/invalid-input', { name: NAME, issues: [{ path: 'count', message }] }),
    );
  }
  // The first of several keeps the seed on the node; a single one that is to differ does not.
  const firstStep = count > 1 ? 0 : 1;
  const plans = Array.from({ length: count }, (_, index): RunPlan => {
    const name = count > 1 ? `${label} ${index + 1} of ${count}` : label;
    const step = varySeed ? firstStep + index : 0;
    return step === 0 ? { label: name } : { label: name, overrides: varySeeds(view, step) };
  });
  return ok(plans);
}

async function startAll(
  plans: readonly RunPlan[],
  { desk, cancellation }: ToolContext,
): Promise<{ readonly started: readonly Run[]; readonly error?: AppError }> {
  const started: Run[] = [];
  for (const plan of plans) {
    if (cancellation.isCancelled) return { started, error: appError('cancelled', {}) };
    const run = await desk.startRun(plan);
    if (!run.ok) return { started, error: run.error };
    started.push(run.value);
  }
  return { started };
}
