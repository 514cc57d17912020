import { z } from 'zod';

/** The core tells the app's main process that somebody waits for the artist. */
export const AttentionSchema = z.strictObject({
  type: z.literal('attention'),
  title: z.string().max(200),
  body: z.string().max(400),
});
export type Attention = Readonly<z.infer<typeof AttentionSchema>>;
