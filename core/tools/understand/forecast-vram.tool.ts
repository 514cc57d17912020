import { z } from 'zod';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { describeDifference, describeForecast } from '../../domain/machine/describe-forecast.ts';
import { forecastVram, type VramForecast } from '../../domain/machine/forecast-vram.ts';
import { readWorkload } from '../../domain/machine/read-workload.ts';
import { applyOps } from '../../domain/workflow/apply-ops.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';
import { viewWorkflow } from '../../domain/workflow/view-workflow.ts';
import { type ToolContext, defineTool } from '../define-tool.ts';
import { modelSizes } from '../model-sizes.ts';
import { requireDocument } from '../require-document.ts';

const bytes = (what: string) => z.number().describe(`${what}; bytes`);
const ForecastSchema = z.strictObject({
  minimum: bytes('The least that it works with, slowly'),
  comfortable: bytes('What it takes to have everything on the card at once'),
  decode: bytes('What decoding takes without tiles'),
  ram: bytes('What the machine’s own memory holds meanwhile'),
  outcome: z
    .enum(['fits', 'slow', 'does-not-fit', 'unknown'])
    .describe('Whether it fits on the card, beside what other programs hold'),
});

/** Tells before a run how much graphics memory it will need, and what a proposed change adds. */
export const forecastVramNeed = defineTool({
  name: 'forecast_vram',
  title: 'Forecast the memory',
  description:
    'Tells how much graphics memory a run of the open workflow will need, as a band, whether it fits, who holds the rest, and what the proposed change set adds. An estimate; the assumptions are part of the answer.',
  effect: 'observe',
  input: z.strictObject({
    change_set: z
      .string()
      .min(1)
      .optional()
      .describe('Id of a change set to reckon with; absent: the one that waits for an answer'),
  }),
  output: z.strictObject({
    now: ForecastSchema.describe('The workflow as it is'),
    after: ForecastSchema.optional().describe('With the change set'),
    lines: z.array(z.string()).readonly().describe('The forecast in words'),
  }),
  describeCall: () => 'Forecast the graphics memory',
  describeResult: ({ lines }) => lines.join(' '),
  handler: async ({ change_set: changeSetId }, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const changed = changedDocument(changeSetId, document.value, context);
    if (!changed.ok) return changed;
    const workloads = [document.value, changed.value].map((each) =>
      each === undefined ? undefined : readWorkload(viewWorkflow(each, context.catalog)),
    );
    const [now, after] = workloads;
    if (now === undefined) return err(appError('workflow/none-open', {}));
    const sizes = await modelSizes([now, ...(after === undefined ? [] : [after])], context.comfy);
    const stats = await context.comfy?.systemStats();
    const machine = stats?.ok === true ? stats.value : undefined;
    const current = forecastVram(now, sizes, machine);
    if (after === undefined) {
      return ok({ now: toReport(current), lines: describeForecast(current) });
    }
    const next = forecastVram(after, sizes, machine);
    return ok({
      now: toReport(current),
      after: toReport(next),
      lines: [describeDifference(current, next), ...describeForecast(next)],
    });
  },
});

/** Undefined: there is no change set to reckon with. */
function changedDocument(
  changeSetId: string | undefined,
  document: WorkflowDocument,
  { session, catalog }: ToolContext,
): Result<WorkflowDocument | undefined, AppError> {
  const changeSet = session.changeSets.findLast((candidate) =>
    changeSetId === undefined
      ? candidate.status === 'proposed'
      : candidate.changeSetId === changeSetId,
  );
  if (changeSet === undefined) {
    return changeSetId === undefined
      ? ok(undefined)
      : err(appError('change/unknown', { changeSetId }));
  }
  const applied = applyOps(document, changeSet.ops, catalog);
  return applied.ok ? ok(applied.value.document) : applied;
}

function toReport(forecast: VramForecast): z.output<typeof ForecastSchema> {
  const { minimum, comfortable, decode, ram, outcome } = forecast;
  return { minimum, comfortable, decode, ram, outcome };
}
