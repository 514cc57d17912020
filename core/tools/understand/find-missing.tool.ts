import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { ReadinessSchema } from '../../contract/readiness.schema.ts';
import { describeReadiness } from '../../domain/readiness/describe-readiness.ts';
import { assessOpenWorkflow } from '../assess-open-workflow.ts';
import { defineTool } from '../define-tool.ts';
import { requireDocument } from '../require-document.ts';

/** Says whether the open workflow would run on the connected ComfyUI, what it lacks, and what would make it run. */
export const findMissing = defineTool({
  name: 'find_missing',
  title: 'Find what is missing',
  description:
    'Answers “what is this workflow missing?” and “will this run here?”: missing node classes and their packs, missing models with size, licence and source where known, whether it fits on the card, and the edits that would make it run. propose_fix with make_it_run proposes them.',
  effect: 'observe',
  input: z.strictObject({}),
  output: ReadinessSchema.extend({
    isComplete: z.boolean().describe('True when nothing keeps it from running'),
    nodeClasses: z.array(z.string()).readonly().describe('Node classes that are not installed'),
    lines: z.array(z.string()).readonly().describe('The answer in words'),
  }),
  describeCall: () => 'Look for what is missing',
  describeResult: ({ lines }) => lines.join('\n'),
  handler: async (_input, context) => {
    const document = requireDocument(context);
    if (!document.ok) return document;
    const readiness = await assessOpenWorkflow(document.value, context);
    return ok({
      ...readiness,
      isComplete: readiness.outcome === 'ready',
      nodeClasses: readiness.packs.flatMap(({ classTypes }) => classTypes),
      lines: describeReadiness(readiness),
    });
  },
});
