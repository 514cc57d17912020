import { z } from 'zod';

/**
 * How a card deals with a number format. `hardware`: it calculates in it. `storage`: it keeps models in it
 * and calculates in a larger one, which saves memory and no time. `none`: it cannot load it at all.
 */
export const PrecisionSupportSchema = z.enum(['hardware', 'storage', 'none', 'unknown']);
export type PrecisionSupport = z.infer<typeof PrecisionSupportSchema>;

/** One graphics card and what it can do; a field that nobody tells is absent. */
export const HardwareGpuSchema = z.strictObject({
  name: z.string().describe('e.g. "NVIDIA GeForce RTX 4090"'),
  maker: z.enum(['nvidia', 'amd', 'apple', 'intel', 'other']).describe('Who made it'),
  uuid: z.string().optional().describe('Its id at the driver'),
  memory: z.number().optional().describe('Memory of its own; bytes'),
  isUnified: z.boolean().describe('True when it shares the machine’s memory'),
  generation: z.string().optional().describe('e.g. "Ada Lovelace"'),
  computeCapability: z.string().optional().describe('e.g. "8.9"; NVIDIA only'),
  driver: z.string().optional().describe('Version of its driver'),
  precisions: z
    .strictObject({
      fp16: PrecisionSupportSchema,
      bf16: PrecisionSupportSchema,
      fp8: PrecisionSupportSchema,
      fp4: PrecisionSupportSchema,
    })
    .describe('How it deals with the number formats of models'),
});
export type HardwareGpu = Readonly<z.infer<typeof HardwareGpuSchema>>;

/** The machine that ComfyUI runs on, as far as it is known. */
export const HardwareSchema = z.strictObject({
  source: z
    .enum(['driver', 'comfyui'])
    .describe('driver: read from this machine; comfyui: only what ComfyUI tells of its own'),
  os: z.string().describe('e.g. "Windows 11 Pro"'),
  cpu: z.string().optional().describe('e.g. "AMD Ryzen Threadripper PRO 5975WX"'),
  processors: z.number().int().optional().describe('What the system can run at once'),
  ramTotal: z.number().describe('Bytes'),
  gpus: z.array(HardwareGpuSchema).readonly(),
  /** Which of `gpus` ComfyUI works on; absent where there is none or it cannot be told. */
  comfyGpu: z.number().int().nonnegative().optional().describe('Position in gpus'),
});
export type Hardware = Readonly<z.infer<typeof HardwareSchema>>;
