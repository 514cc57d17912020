import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { defineTool } from '../define-tool.ts';
import { requireComfy } from '../require-comfy.ts';

const EntrySchema = z.strictObject({
  promptId: z.string().describe('Id of the run'),
  isOurs: z.boolean().describe('True when this session queued it'),
  label: z.string().optional().describe('What it is called, when it is ours'),
});

/** Tells what ComfyUI is rendering and what waits. */
export const getQueueStatus = defineTool({
  name: 'get_queue_status',
  title: 'Look at the queue',
  description:
    'Tells what ComfyUI is rendering now and what waits, next first, and which of it this session queued.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    running: z.array(EntrySchema).readonly().describe('Rendering now'),
    pending: z.array(EntrySchema).readonly().describe('Waiting, next first'),
  }),
  describeCall: () => 'Look at the queue',
  describeResult: ({ running, pending }) =>
    running.length + pending.length === 0
      ? 'The queue is empty.'
      : `${running.length} rendering, ${pending.length} waiting.`,
  handler: async (_input, context) => {
    const comfy = requireComfy(context);
    if (!comfy.ok) return comfy;
    const queue = await comfy.value.queue();
    if (!queue.ok) return queue;
    const toEntry = (promptId: string): z.output<typeof EntrySchema> => {
      const run = context.session.runs.find((candidate) => candidate.promptId === promptId);
      return run === undefined
        ? { promptId, isOurs: false }
        : { promptId, isOurs: true, label: run.label };
    };
    return ok({
      running: queue.value.running.map(toEntry),
      pending: queue.value.pending.map(toEntry),
    });
  },
});
