import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { type Hardware, HardwareSchema } from '../../contract/machine/hardware.schema.ts';
import { SystemStatsSchema } from '../../contract/machine/machine.schema.ts';
import { cardOf } from '../../domain/machine/hardware/derive-hardware.ts';
import { describeCard } from '../../domain/machine/hardware/describe-hardware.ts';
import { defineTool } from '../define-tool.ts';
import { requireComfy } from '../require-comfy.ts';

const GIB = 1024 ** 3;

/** Tells what the machine behind ComfyUI has, and how much of its memory is free. */
export const getSystemStats = defineTool({
  name: 'get_system_stats',
  title: 'Look at the machine',
  description:
    'Tells which graphics cards the connected ComfyUI has, how much of their memory is free (bytes), which generation they are and which number formats (fp16, bf16, fp8, fp4) they calculate in, the machine’s processors and memory, and the versions that it runs with.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    stats: SystemStatsSchema.describe('The machine, as ComfyUI reports it'),
    hardware: HardwareSchema.optional().describe(
      'What the machine is and can do, once it was looked at',
    ),
  }),
  describeCall: () => 'Look at the machine',
  describeResult: ({ stats, hardware }) =>
    [
      ...stats.devices.map(
        (device) =>
          `${device.name}: ${gigabytes(device.vramFree)} of ${gigabytes(device.vramTotal)} GB free`,
      ),
      `Memory: ${gigabytes(stats.ramFree)} of ${gigabytes(stats.ramTotal)} GB free`,
      `ComfyUI ${stats.comfyVersion}`,
      ...(card(hardware) ?? []),
    ].join('. '),
  handler: async (_input, context) => {
    const comfy = requireComfy(context);
    if (!comfy.ok) return comfy;
    const stats = await comfy.value.systemStats();
    if (!stats.ok) return stats;
    const { hardware } = context;
    return ok({ stats: stats.value, ...(hardware === null ? {} : { hardware }) });
  },
});

/** The sentence without its full stop, as the others are. */
function card(hardware: Hardware | undefined): readonly string[] | undefined {
  const own = cardOf(hardware);
  return own === undefined ? undefined : [describeCard(own).replace(/\.$/, '')];
}

function gigabytes(bytes: number): string {
  return (bytes / GIB).toFixed(1);
}
