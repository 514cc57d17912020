import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { SystemStatsSchema } from '../../contract/machine.schema.ts';
import { defineTool } from '../define-tool.ts';
import { requireComfy } from '../require-comfy.ts';

const GIB = 1024 ** 3;

/** Tells what the machine behind ComfyUI has, and how much of its memory is free. */
export const getSystemStats = defineTool({
  name: 'get_system_stats',
  title: 'Look at the machine',
  description:
    'Tells which graphics cards the connected ComfyUI has, how much of their memory is free (bytes), and the versions that it runs with.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    stats: SystemStatsSchema.describe('The machine, as ComfyUI reports it'),
  }),
  describeCall: () => 'Look at the machine',
  describeResult: ({ stats }) =>
    [
      ...stats.devices.map(
        (device) =>
          `${device.name}: ${gigabytes(device.vramFree)} of ${gigabytes(device.vramTotal)} GB free`,
      ),
      `Memory: ${gigabytes(stats.ramFree)} of ${gigabytes(stats.ramTotal)} GB free`,
      `ComfyUI ${stats.comfyVersion}`,
    ].join('. '),
  handler: async (_input, context) => {
    const comfy = requireComfy(context);
    if (!comfy.ok) return comfy;
    const stats = await comfy.value.systemStats();
    return stats.ok ? ok({ stats: stats.value }) : stats;
  },
});

function gigabytes(bytes: number): string {
  return (bytes / GIB).toFixed(1);
}
