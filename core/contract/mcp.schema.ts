import { z } from 'zod';

/** Programs that Second Unit can be added to. */
export const McpClientNameSchema = z.enum(['claude-desktop', 'claude-code', 'cursor', 'vscode']);

/** One of them on this computer, with what connecting it edits. */
export const McpClientSchema = z.strictObject({
  client: McpClientNameSchema,
  title: z.string(),
  /** File that connecting edits. */
  configPath: z.string(),
  /** Where that file is kept as it was. */
  backupPath: z.string(),
  /** `absent`: no trace of the program here, though it can be connected all the same. */
  state: z.enum(['connected', 'not-connected', 'absent', 'unreadable']),
  /** What the person has to do for the program to notice. */
  afterwards: z.string(),
});
export type McpClientState = Readonly<z.infer<typeof McpClientSchema>>;

/** A client that asked for something, by its own word. */
export const SeenClientSchema = z.strictObject({
  name: z.string(),
  /** Unix ms of its newest request. */
  at: z.number(),
});
export type SeenClient = Readonly<z.infer<typeof SeenClientSchema>>;
