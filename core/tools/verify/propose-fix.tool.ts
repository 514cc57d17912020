import { z } from 'zod';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { artistMessage } from '../../domain/errors/artist-message.ts';
import { joinFixes } from '../../domain/failure/fixes/collect-fixes.ts';
import { forProblems, proposeFixFor } from '../../domain/failure/fixes/fix-error.ts';
import { describeLacks, describeReadiness } from '../../domain/readiness/describe-readiness.ts';
import { assessOpenWorkflow } from '../assess-open-workflow.ts';
import { type ToolContext, defineProposingTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';
import { lastFailureOf } from './last-failure.ts';

const GIB = 1024 ** 3;

/** Puts before the artist the change that may settle what went wrong. */
export const proposeFix = defineProposingTool({
  name: 'propose_fix',
  title: 'Propose a fix',
  description:
    'Proposes the change that may settle what went wrong in a run, or what ComfyUI would refuse. Without an id: the last trouble of this session, else the problems of the open workflow. Says so when no change of the workflow would help.',
  input: z.strictObject({
    run: z.string().min(1).optional().describe('Id of the run that failed; absent: the last one'),
    make_it_run: z
      .boolean()
      .optional()
      .describe('True: what keeps the open workflow from running here, whatever failed before'),
  }),
  describeCall: () => 'Look for a fix',
  handler: async ({ run: promptId, make_it_run: makeItRun = false }, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const { catalog } = context;
    if (makeItRun) {
      const readiness = await assessOpenWorkflow(document.value, context);
      const fix = joinFixes(readiness.fixes);
      if (fix !== undefined) return ok(fix);
      const [title = ''] = describeReadiness(readiness);
      return err(appError('run/no-fix', { title, steps: [...describeLacks(readiness)] }));
    }
    const failure = failureIn(promptId, context);
    if (!failure.ok) return failure;
    const { value: error } = failure;
    const capacityGb = await capacityOf(context);
    const fix =
      (error === undefined
        ? undefined
        : proposeFixFor({
            error,
            document: document.value,
            catalog,
            ...(capacityGb === undefined ? {} : { capacityGb }),
          })) ?? (promptId === undefined ? forProblems([], document.value, catalog) : undefined);
    return fix === undefined ? err(noFix(error)) : ok(fix);
  },
});

/** Undefined: nothing went wrong. */
function failureIn(
  promptId: string | undefined,
  { session }: ToolContext,
): Result<AppError | undefined, AppError> {
  if (promptId === undefined) return ok(lastFailureOf(session));
  const run = session.runs.find((candidate) => candidate.promptId === promptId);
  return run === undefined ? err(appError('run/unknown', { promptId })) : ok(run.failure);
}

async function capacityOf({ comfy }: ToolContext): Promise<number | undefined> {
  const stats = await comfy?.systemStats();
  const card =
    stats?.ok === true ? stats.value.devices.find(({ type }) => type !== 'cpu') : undefined;
  return card === undefined ? undefined : Math.round(card.vramTotal / GIB);
}

function noFix(error: AppError | undefined): AppError {
  if (error === undefined) return appError('run/no-fix', { title: '', steps: [] });
  const { title, nextSteps } = artistMessage(error);
  const steps = nextSteps.map(({ label }) => label).filter((label) => label !== 'Fix it');
  return appError('run/no-fix', { title, steps });
}
