import { z } from 'zod';
import { AppErrorSchema } from './errors.ts';

/** Where the link to ComfyUI stands. `missing` says what a degraded server lacks. */
export const ConnectionSchema = z.strictObject({
  status: z.enum(['offline', 'connecting', 'discovering', 'ready', 'degraded', 'error']),
  /** e.g. "http://127.0.0.1:8188"; absent while offline with nothing configured. */
  url: z.string().optional(),
  /** True for the built-in practice ComfyUI. */
  isPractice: z.boolean(),
  version: z.string().optional(),
  nodeClassCount: z.number().int().optional(),
  missing: z.array(z.string()).readonly(),
  error: AppErrorSchema.optional(),
});
export type Connection = Readonly<z.infer<typeof ConnectionSchema>>;

/** One graphics card as ComfyUI reports it; bytes. */
export const DeviceSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  index: z.number().int().optional(),
  vramTotal: z.number(),
  vramFree: z.number(),
  /** Reserved by torch, and the part of it that is unused. */
  torchVramTotal: z.number(),
  torchVramFree: z.number(),
});
export type Device = Readonly<z.infer<typeof DeviceSchema>>;

/** `/system_stats` in our words; bytes. */
export const SystemStatsSchema = z.strictObject({
  os: z.string(),
  comfyVersion: z.string(),
  pythonVersion: z.string(),
  torchVersion: z.string(),
  ramTotal: z.number(),
  ramFree: z.number(),
  devices: z.array(DeviceSchema).readonly(),
  arguments: z.array(z.string()).readonly(),
});
export type SystemStats = Readonly<z.infer<typeof SystemStatsSchema>>;

/** ComfyUI's queue in run order. */
export const QueueStatusSchema = z.strictObject({
  running: z.array(z.string()).readonly().describe('prompt ids'),
  pending: z.array(z.string()).readonly().describe('prompt ids, next first'),
});
export type QueueStatus = Readonly<z.infer<typeof QueueStatusSchema>>;

/** What the artist can choose. */
export const SettingsSchema = z.strictObject({
  /** Address of the ComfyUI to use; null: find one, else the practice ComfyUI. */
  comfyUrl: z.string().nullable(),
  /** `ask`: every run waits for a click. `artist-asked`: a run that the artist's own message asks for starts at once. */
  releaseRuns: z.enum(['ask', 'artist-asked']),
  /**
   * Who may say yes to an edit that an outside client proposes. `window`: only our own window. `client`: also a
   * question that the client puts to its user (the default). `accept`: applied at once; undo takes it back.
   */
  clientEdits: z.enum(['window', 'client', 'accept']).optional(),
  /** Follows the system unless chosen. */
  theme: z.enum(['system', 'dark', 'light']),
});
export type Settings = Readonly<z.infer<typeof SettingsSchema>>;
