import { z } from 'zod';

/** What the core asks of the app's main process: only that one reaches the system's keychain. */
export const VaultRequestSchema = z.strictObject({
  type: z.literal('vault'),
  id: z.number().int(),
  action: z.enum(['seal', 'open']),
  text: z.string(),
});
export type VaultRequest = Readonly<z.infer<typeof VaultRequestSchema>>;

/** The answer; null when the keychain does not do it. */
export const VaultAnswerSchema = z.strictObject({
  type: z.literal('vault'),
  id: z.number().int(),
  text: z.string().nullable(),
});
export type VaultAnswer = Readonly<z.infer<typeof VaultAnswerSchema>>;
