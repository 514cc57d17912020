import { z } from 'zod';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import { isRunOver } from '../../domain/run/run-reducer.ts';
import { defineTool } from '../define-tool.ts';
import { type RunReport, RunReportSchema, describeRun, toRunReport } from './run-report.ts';

/** Stops runs of this session; what others queued is never touched. */
export const interrupt = defineTool({
  name: 'interrupt',
  title: 'Stop rendering',
  description:
    'Stops one run, or without an id every run of this session that is rendering or waiting. Runs that others queued are not touched.',
  effect: 'execute',
  input: z.strictObject({
    prompt_id: z.string().min(1).optional().describe('Id of the run; absent: all of this session'),
  }),
  output: z.strictObject({
    runs: z.array(RunReportSchema).readonly().describe('The runs that were stopped'),
  }),
  describeCall: () => 'Stop rendering',
  describeResult: ({ runs }) => runs.map(describeRun).join('\n'),
  handler: async ({ prompt_id: promptId }, { session, desk }) => {
    const asked = session.runs.filter((run) => promptId === undefined || run.promptId === promptId);
    const last = asked.at(-1);
    if (last === undefined) return err(appError('run/unknown', { promptId: promptId ?? '' }));
    const open = asked.filter((run) => !isRunOver(run));
    if (open.length === 0) {
      const { status } = last;
      return err(appError('run/not-running', { promptId: last.promptId, status }));
    }
    const stopped: RunReport[] = [];
    for (const run of waitingFirst(open)) {
      const ended = await desk.cancelRun(run.promptId);
      if (ended.ok) stopped.push(toRunReport(ended.value));
      // One that ended by itself meanwhile is as good as stopped when several were asked for.
      else if (ended.error.code !== 'run/not-running' || open.length === 1) return ended;
    }
    return ok({ runs: stopped });
  },
});

/** Waiting ones go first, newest first, so that stopping the running one does not start the next. */
function waitingFirst(runs: readonly Run[]): readonly Run[] {
  const newestFirst = runs.toReversed();
  return [
    ...newestFirst.filter((run) => run.status !== 'running'),
    ...newestFirst.filter((run) => run.status === 'running'),
  ];
}
