import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { defineTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';
import { RunReportSchema, describeRun, toRunReport } from './run-report.ts';

/** Runs the open workflow once and waits for the verdict. */
export const executeWithProgress = defineTool({
  name: 'execute_with_progress',
  title: 'Render',
  description:
    'Renders the open workflow once and waits until it is done and checked. For several variations or a sweep over values use render_batch.',
  effect: 'execute',
  input: z.strictObject({
    label: z.string().min(1).max(120).optional().describe('What to call the run'),
  }),
  output: z.strictObject({
    runs: z.array(RunReportSchema).readonly().describe('The run and what came of it'),
  }),
  describeCall: () => 'Render',
  describeResult: ({ runs }) => runs.map(describeRun).join('\n'),
  handler: async ({ label = 'Render' }, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const run = await context.desk.startRun({ label });
    if (!run.ok) return run;
    const ended = await context.desk.awaitRun(run.value.promptId);
    if (!ended.ok) return ended;
    const { value: done } = ended;
    // What was measured while it rendered says more than the numbers afterwards.
    const stats = done.measured === undefined ? await context.comfy?.systemStats() : undefined;
    return ok({ runs: [toRunReport(done, stats?.ok === true ? stats.value : undefined)] });
  },
});
