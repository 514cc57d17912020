import { z } from 'zod';

/** One graphics card as its driver measures it; a field that the driver does not tell is absent. */
export const GpuSampleSchema = z.strictObject({
  /** Names the card whatever order it is listed in. */
  uuid: z.string(),
  name: z.string(),
  /** True when it is split into parts (MIG): its numbers are the whole card's. */
  isSplit: z.boolean(),
  /** True when it has no memory of its own and shares the machine's (Apple): a total would be the machine's. */
  isUnified: z.boolean().optional(),
  index: z.number().optional(),
  /** Bytes. */
  memoryTotal: z.number().optional(),
  memoryUsed: z.number().optional(),
  /** 0..100. */
  utilisation: z.number().optional(),
  /** Degrees Celsius. */
  temperature: z.number().optional(),
  /** Watts. */
  power: z.number().optional(),
  /** e.g. "8.9" of an NVIDIA card: which generation it is. */
  computeCapability: z.string().optional(),
  /** e.g. "gfx1100" of an AMD card: which generation it is. */
  architecture: z.string().optional(),
  driver: z.string().optional(),
});
export type GpuSample = Readonly<z.infer<typeof GpuSampleSchema>>;

/** Why the driver measures nothing; each has a sentence in domain/machine/hardware/describe-gpu-trouble. */
export const GpuTroubleSchema = z.enum([
  'not-looked',
  'nobody-looks',
  'no-tool',
  'no-card',
  'hangs',
  'nonsense',
  'driver-gone',
  'driver-mismatch',
  'other-machine',
  'practice',
]);
export type GpuTrouble = z.infer<typeof GpuTroubleSchema>;

/** A program that holds memory of a card. */
export const GpuHolderSchema = z.strictObject({
  /** Of the card. */
  uuid: z.string(),
  pid: z.number().int(),
  /** The program's file without its folder. */
  name: z.string(),
  /** Bytes; absent where the driver does not tell, as on Windows. */
  memoryUsed: z.number().optional(),
});
export type GpuHolder = Readonly<z.infer<typeof GpuHolderSchema>>;
