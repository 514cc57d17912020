import { z } from 'zod';
import { AppErrorSchema } from '../../contract/errors.ts';
import type { SystemStats } from '../../contract/machine/machine.schema.ts';
import { RunMeasurementSchema } from '../../contract/machine/measurement.schema.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import {
  OutputSchema,
  type Run,
  RunStatusSchema,
  VerdictSchema,
} from '../../contract/run/run.schema.ts';
import { ProblemSchema } from '../../contract/workflow.schema.ts';
import { describeRunLine } from '../../domain/machine/describe-run-line.ts';
import { oneLine } from '../../domain/errors/plain-error.ts';

/** What a model and a terminal are told about a run. */
export const RunReportSchema = z.strictObject({
  promptId: z.string().describe('Id of the run'),
  label: z.string().describe('What it is called'),
  status: RunStatusSchema.describe('Where it stands'),
  keyValues: z
    .record(z.string(), JsonValueSchema)
    .readonly()
    .describe('Values that tell it from other runs'),
  outputs: z.array(OutputSchema).readonly().describe('What it made'),
  durationMs: z.number().optional().describe('From start to end'),
  queuePosition: z.number().int().optional().describe('Runs ahead of it, while it waits'),
  fraction: z.number().optional().describe('How far it is, 0 to 1, while it renders'),
  line: z
    .string()
    .optional()
    .describe('How long it took and what it took of the graphics card, in one line'),
  measured: RunMeasurementSchema.optional().describe(
    'What the graphics card did meanwhile, and what each node took; bytes',
  ),
  fromCache: z.boolean().optional().describe('True when nothing new had to be rendered'),
  warnings: z.array(ProblemSchema).readonly().describe('Outputs that ComfyUI left out, and why'),
  failure: AppErrorSchema.optional().describe('Why it failed'),
  verdict: VerdictSchema.optional().describe('Whether the result is what was asked for'),
});
export type RunReport = Readonly<z.infer<typeof RunReportSchema>>;

/** The part of a run that is worth telling; with the machine's numbers as they are when it has just ended. */
export function toRunReport(run: Run, stats?: SystemStats): RunReport {
  const { queuedAt, startedAt = queuedAt, endedAt, queuePosition, progress } = run;
  const hasResult = run.status === 'verified' || run.status === 'needs-attention';
  const line = hasResult ? describeRunLine(run, stats) : undefined;
  return {
    promptId: run.promptId,
    label: run.label,
    status: run.status,
    keyValues: run.keyValues,
    outputs: run.outputs,
    warnings: run.warnings,
    ...(startedAt === undefined || endedAt === undefined
      ? {}
      : { durationMs: endedAt - startedAt }),
    ...(line === undefined ? {} : { line }),
    ...(run.measured === undefined ? {} : { measured: run.measured }),
    ...(run.status === 'queued' && queuePosition !== undefined ? { queuePosition } : {}),
    ...(run.status === 'running' && progress !== undefined ? { fraction: progress.fraction } : {}),
    ...(run.fromCache === undefined ? {} : { fromCache: run.fromCache }),
    ...(run.failure === undefined ? {} : { failure: run.failure }),
    ...(run.verdict === undefined ? {} : { verdict: run.verdict }),
  };
}

/** One sentence about a run. */
export function describeRun({
  label,
  status,
  queuePosition,
  fraction,
  verdict,
  failure,
  outputs,
}: RunReport): string {
  switch (status) {
    case 'proposed':
      return `${label}: waits for your go-ahead.`;
    case 'queued':
      return `${label}: waits in the queue${queuePosition === undefined ? '' : `, ${queuePosition} ahead of it`}.`;
    case 'running':
      return `${label}: rendering${fraction === undefined ? '' : `, ${Math.round(fraction * 100)}% done`}.`;
    case 'succeeded':
      return `${label}: done, ${countOutputs(outputs.length)}.`;
    case 'verified':
    case 'needs-attention':
      return `${label}: ${verdict?.summary ?? `done, ${countOutputs(outputs.length)}.`}`;
    case 'failed':
      return `${label}: ${failure === undefined ? 'failed.' : oneLine(failure)}`;
    case 'unclear':
      return `${label}: ${failure === undefined ? 'it is not known how it ended.' : oneLine(failure)}`;
    case 'cancelled':
      return `${label}: stopped.`;
  }
}

function countOutputs(count: number): string {
  return `${count} ${count === 1 ? 'result' : 'results'}`;
}
