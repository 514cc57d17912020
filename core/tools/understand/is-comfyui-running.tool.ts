import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { oneLine } from '../../domain/errors/plain-error.ts';
import { defineTool } from '../define-tool.ts';
import { requireComfy } from '../require-comfy.ts';

/** Asks ComfyUI whether it answers; never fails, because "no" is an answer. */
export const isComfyuiRunning = defineTool({
  name: 'is_comfyui_running',
  title: 'Look for ComfyUI',
  description:
    'Tells whether a ComfyUI answers, where, which version, and whether it is the built-in practice one. Call it first when something does not work.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    running: z.boolean().describe('True when it answered just now'),
    isPractice: z.boolean().describe('True for the built-in practice ComfyUI'),
    url: z.string().optional().describe('Its address'),
    version: z.string().optional().describe('Its version'),
    missing: z.array(z.string()).readonly().describe('What this ComfyUI lacks'),
    reason: z.string().optional().describe('Why it does not answer'),
  }),
  describeCall: () => 'See whether ComfyUI answers',
  describeResult: ({ running, isPractice, url = '', version, reason }) => {
    if (!running) return reason ?? 'No ComfyUI answers.';
    const name = isPractice ? 'The practice ComfyUI' : 'ComfyUI';
    return `${name}${version === undefined ? '' : ` ${version}`} answers at ${url}.`;
  },
  handler: async (_input, context) => {
    const comfy = requireComfy(context);
    if (!comfy.ok) {
      return ok({ running: false, isPractice: false, missing: [], reason: oneLine(comfy.error) });
    }
    const { isPractice, url, version, missing } = comfy.value.connection;
    const stats = await comfy.value.systemStats();
    return ok({
      running: stats.ok,
      isPractice,
      missing,
      ...(url === undefined ? {} : { url }),
      ...(version === undefined ? {} : { version }),
      ...(stats.ok ? {} : { reason: oneLine(stats.error) }),
    });
  },
});
