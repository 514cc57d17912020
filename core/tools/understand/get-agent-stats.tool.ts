import { z } from 'zod';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import { type RequestStats, RequestStatsSchema } from '../../contract/machine/machine.schema.ts';
import { defineTool } from '../define-tool.ts';
import { requireComfy } from '../require-comfy.ts';

/** Tells how the link to ComfyUI is doing: what was asked, how quickly it answered, what was held back. */
export const getAgentStats = defineTool({
  name: 'get_agent_stats',
  title: 'Look at the link',
  description:
    'Tells how the link to the connected ComfyUI is doing since it was connected: how many questions were answered, failed, tried again or held back, and how long answers took. Other ComfyUI servers where runs are still going are told one by one.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    stats: RequestStatsSchema.describe('Counts and times of what was asked'),
    others: z
      .array(z.strictObject({ url: z.string(), stats: RequestStatsSchema }))
      .readonly()
      .describe('The same of every other ComfyUI where runs are still going'),
  }),
  describeCall: () => 'Look at the link',
  describeResult: ({ stats, others }) =>
    [
      describeStats(stats),
      ...others.map((other) => `${other.url}: ${describeStats(other.stats)}`),
    ].join('\n'),
  handler: async (_input, context) => {
    const comfy = requireComfy(context);
    if (!comfy.ok) return comfy;
    const stats = comfy.value.requestStats?.();
    if (stats === undefined) return err(appError('comfy/not-connected', {}));
    const others = context.otherServers.flatMap(({ connection, requestStats }) => {
      const { url } = connection;
      return url === undefined || requestStats === undefined
        ? []
        : [{ url, stats: requestStats() }];
    });
    return ok({ stats, others });
  },
});

function describeStats({
  answered,
  failed,
  heldBack,
  p50Ms,
  p95Ms,
  breaker,
}: RequestStats): string {
  const state =
    breaker === 'closed' ? '' : ' It does not answer now and is left alone for a while.';
  return `${answered} answered, ${failed} failed, ${heldBack} held back; half within ${p50Ms} ms, 95 of 100 within ${p95Ms} ms.${state}`;
}
