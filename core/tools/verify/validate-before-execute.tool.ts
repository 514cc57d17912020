import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { oneLine } from '../../domain/errors/plain-error.ts';
import { toExecutionPayload } from '../../domain/workflow/payload/to-execution-payload.ts';
import { validateWorkflow } from '../../domain/workflow/validation/validate-workflow.ts';
import { defineTool } from '../define-tool.ts';
import { requireComfy } from '../require-comfy.ts';
import { isAboutMissing, lookAgain } from '../look-again.ts';
import { requireDocument } from '../require-document.ts';

const CheckSchema = z.strictObject({
  what: z.string().describe('What was checked'),
  isGood: z.boolean().describe('True when it does not stand in the way'),
  detail: z.string().describe('What was found'),
});

/** Checks everything that can be known before a run: the server, the workflow, what would be sent. */
export const validateBeforeExecute = defineTool({
  name: 'validate_before_execute',
  title: 'Check before rendering',
  description:
    'Checks everything that can be known before a run: whether ComfyUI answers, whether the workflow is complete and its model files are there, and whether all of it can be sent.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    isReady: z.boolean().describe('True when nothing stands in the way of a run'),
    checks: z.array(CheckSchema).readonly().describe('What was checked'),
  }),
  describeCall: () => 'Check before rendering',
  describeResult: ({ isReady, checks }) => {
    if (isReady) return 'Ready to render.';
    const bad = checks.filter((check) => !check.isGood);
    return `Not ready. ${bad.map((check) => `${check.what}: ${check.detail}`).join(' ')}`;
  },
  handler: async (_input, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const comfy = requireComfy(context);
    const queue = comfy.ok ? await comfy.value.queue() : comfy;
    const found = await lookAgain(
      context,
      (catalog) => validateWorkflow(document.value, catalog),
      (problems) => problems.some(isAboutMissing),
    );
    const problems = found.filter(({ severity }) => severity === 'error');
    const payload = toExecutionPayload(document.value, context.catalog);
    const leftOut = payload.ok
      ? payload.value.report.filter((note) => note.kind === 'left-out')
      : [];
    const checks: readonly z.output<typeof CheckSchema>[] = [
      {
        what: 'ComfyUI',
        isGood: queue.ok,
        detail: queue.ok
          ? `Answers; ${queue.value.running.length + queue.value.pending.length} in the queue.`
          : oneLine(queue.error),
      },
      {
        what: 'Workflow',
        isGood: problems.length === 0,
        detail:
          problems.length === 0
            ? 'Complete.'
            : problems.map((problem) => problem.message).join(' '),
      },
      {
        what: 'What is sent',
        isGood: payload.ok,
        detail: payload.ok
          ? leftOut.map((note) => note.message).join(' ') || 'Everything.'
          : oneLine(payload.error),
      },
    ];
    return ok({ isReady: checks.every((check) => check.isGood), checks });
  },
});
