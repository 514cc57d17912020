import { z } from 'zod';

const bytes = (what: string) => z.number().nonnegative().describe(`${what}; bytes`);

/** What a run took of the graphics card, remembered so that the next forecast is better. */
export const ObservedPeakSchema = z.strictObject({
  family: z.string().describe('Id of the family of the model'),
  familyName: z.string(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  batch: z.number().int().positive(),
  frames: z.number().int().positive(),
  /** "16-bit", "fp8", "fp4" or "gguf": how the model was kept. */
  precision: z.string(),
  gpu: z.string(),
  /** The least that a run like this was seen to work with; bytes without what other programs held. */
  need: z.number().nonnegative(),
  /** True when every such run filled the card, so that it might have taken more of a larger one. */
  isFull: z.boolean(),
  /** What had been forecast; bytes. */
  forecast: z.number().nonnegative(),
  runs: z.number().int().positive(),
  /** Unix ms of the newest run. */
  at: z.number(),
});
export type ObservedPeak = Readonly<z.infer<typeof ObservedPeakSchema>>;

/** A band of the graphics memory that a run will need. */
export const ForecastBandSchema = z.strictObject({
  minimum: bytes('The least that it works with, slowly'),
  comfortable: bytes('What it takes to have everything on the card at once'),
  decode: bytes('What decoding takes without tiles'),
  ram: bytes('What the machine’s own memory holds meanwhile'),
  outcome: z
    .enum(['fits', 'slow', 'does-not-fit', 'unknown'])
    .describe('Whether it fits on the card, beside what other programs hold'),
  basis: z
    .enum(['reckoned', 'corrected', 'observed'])
    .describe(
      'reckoned: by ComfyUI’s own arithmetic; corrected: by runs of this model here; observed: runs like this were measured here',
    ),
});
export type ForecastBand = Readonly<z.infer<typeof ForecastBandSchema>>;

/** A program that holds memory of the card. */
export const MemoryHolderSchema = z.strictObject({
  name: z.string(),
  pid: z.number().int(),
  isComfy: z.boolean().describe('True for the program that is most likely ComfyUI itself'),
  bytes: z.number().optional().describe('Absent where the driver does not tell'),
});
export type MemoryHolder = Readonly<z.infer<typeof MemoryHolderSchema>>;

/** What a run will need, what a change adds to that, and who holds the rest. */
export const ForecastSchema = z.strictObject({
  now: ForecastBandSchema.describe('The workflow as it is'),
  after: ForecastBandSchema.optional().describe('With the change set'),
  changeSetId: z.string().optional().describe('The change set that was reckoned with'),
  addition: z
    .string()
    .optional()
    .describe(
      'What the change set adds, e.g. "+1.2 GB for 2048 × 2048"; absent where it makes no difference',
    ),
  card: z
    .strictObject({
      total: bytes('Memory of the card'),
      heldByComfy: bytes('Held by ComfyUI'),
      heldByOthers: bytes('Held by other programs'),
    })
    .optional()
    .describe('The card, and who holds what of it; absent where there is none'),
  holders: z
    .array(MemoryHolderSchema)
    .readonly()
    .describe('Who holds the memory, as far as the driver tells'),
  evidence: z.array(z.string()).readonly().describe('What was seen on this machine'),
  summary: z
    .array(z.string())
    .readonly()
    .describe('In short: what it needs, whether that fits, and what that rests on'),
  lines: z.array(z.string()).readonly().describe('The forecast in words'),
});
export type Forecast = Readonly<z.infer<typeof ForecastSchema>>;
