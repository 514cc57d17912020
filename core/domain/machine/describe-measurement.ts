import type { RunMeasurement } from '../../contract/machine/measurement.schema.ts';

/** How a run was measured, and what that may have missed. */
export function describeMeasurement({ source, samples, intervalMs }: RunMeasurement): string {
  const times = samples === 1 ? 'once' : `${String(samples)} times`;
  const every = samples < 2 ? '' : `, about every ${(intervalMs / 1000).toFixed(1)} s`;
  const by = source === 'driver' ? 'at the graphics driver' : 'by asking ComfyUI';
  return `Measured ${times}${every}, ${by}. It is what the whole card held, other programs included; a node that was over between two measurements is not listed, and a short peak may have been higher.`;
}
