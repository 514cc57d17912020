import { z } from 'zod';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { RunStatus } from '../../contract/run/run.schema.ts';
import { interpretFailure } from '../../domain/run/interpret-failure.ts';
import type { WorkflowView } from '../../domain/workflow/view/view.ts';
import { type ToolContext, defineTool } from '../define-tool.ts';
import { requireComfy } from '../require-comfy.ts';
import { type RunReport, RunReportSchema, describeRun, toRunReport } from './run-report.ts';

/** Tells where a run stands: from this session, else from ComfyUI itself. */
export const getExecutionStatus = defineTool({
  name: 'get_execution_status',
  title: 'Look at a run',
  description:
    'Tells where a run stands, what it made and whether that is what was asked for. Without an id: the last run of this session. Also knows runs that others queued in ComfyUI.',
  effect: 'observe',
  input: z.strictObject({
    prompt_id: z.string().min(1).optional().describe('Id of the run; absent: the last one'),
  }),
  output: RunReportSchema,
  describeCall: () => 'Look at the run',
  describeResult: describeRun,
  handler: async ({ prompt_id: promptId }, context) => {
    const { runs } = context.session;
    const run =
      promptId === undefined ? runs.at(-1) : runs.find((own) => own.promptId === promptId);
    if (run !== undefined) return ok(toRunReport(run));
    if (promptId === undefined) return err(appError('run/unknown', { promptId: '' }));
    return askServer(promptId, context);
  },
});

async function askServer(
  promptId: string,
  context: ToolContext,
): Promise<Result<RunReport, AppError>> {
  const comfy = requireComfy(context);
  if (!comfy.ok) return comfy;
  const report = (status: RunStatus): RunReport => ({
    promptId,
    label: 'Another run',
    status,
    keyValues: {},
    outputs: [],
    warnings: [],
  });
  const queue = await comfy.value.queue();
  if (!queue.ok) return queue;
  if (queue.value.running.includes(promptId)) return ok(report('running'));
  const queuePosition = queue.value.pending.indexOf(promptId);
  if (queuePosition >= 0) return ok({ ...report('queued'), queuePosition });
  const history = await comfy.value.history(promptId);
  if (!history.ok) return history;
  if (history.value === undefined) return err(appError('run/unknown', { promptId }));
  const { ending, failure, startedAt, endedAt } = history.value;
  return ok({
    ...report(STATUS_OF[ending]),
    ...(startedAt === undefined || endedAt === undefined
      ? {}
      : { durationMs: endedAt - startedAt }),
    ...(failure === undefined
      ? {}
      : {
          failure: interpretFailure(failure, NOBODYS_WORKFLOW),
        }),
  });
}

/** Which workflow others queued is not known, so nodes go by their class. */
const NOBODYS_WORKFLOW: WorkflowView = {
  nodes: [],
  links: [],
  groups: [],
  node: () => undefined,
};

const STATUS_OF = {
  succeeded: 'succeeded',
  failed: 'failed',
  interrupted: 'cancelled',
} as const satisfies Record<string, RunStatus>;
