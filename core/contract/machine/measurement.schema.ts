import { z } from 'zod';

/** What one node took; a node that was over between two measurements is not among them. */
export const NodeMeasurementSchema = z.strictObject({
  nodeId: z.string(),
  nodeTitle: z.string(),
  /** Bytes in use on the whole card, the highest seen while this node worked. */
  vramPeak: z.number().nonnegative(),
  /** How often it was measured meanwhile. */
  samples: z.number().int().positive(),
});

/** What was measured of the graphics card while a run worked; absent fields were not measured. */
export const RunMeasurementSchema = z.strictObject({
  /** driver: the card itself was measured; comfyui: only what ComfyUI reports of its memory. */
  source: z.enum(['driver', 'comfyui']),
  gpu: z.string(),
  samples: z.number().int().positive(),
  /** ms between two measurements, on average; what is shorter may have been missed. */
  intervalMs: z.number().nonnegative(),
  /** Mean load, 0..100. */
  gpuPercent: z.number().min(0).max(100).optional(),
  /** Bytes in use on the whole card: the highest, and at the first measurement. */
  vramPeak: z.number().nonnegative().optional(),
  vramBefore: z.number().nonnegative().optional(),
  vramTotal: z.number().positive().optional(),
  /** True when the memory is the machine's, which the graphics share. */
  isUnified: z.boolean().optional(),
  nodes: z.array(NodeMeasurementSchema).max(200).readonly(),
});
export type RunMeasurement = Readonly<z.infer<typeof RunMeasurementSchema>>;
