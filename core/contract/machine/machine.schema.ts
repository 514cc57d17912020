import { z } from 'zod';
import { AppErrorSchema } from '../errors.ts';

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
  /** Unix ms when this server told the node classes that are worked with; it may not answer now. */
  catalogReadAt: z.number().optional(),
  /** Changes whenever the node classes do. */
  catalogRound: z.number().int().optional(),
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

/** What was asked of the current ComfyUI since it was connected; times of the newest 1000 in ms. */
export const RequestStatsSchema = z.strictObject({
  answered: z.number().int().describe('Questions that were answered, whatever the answer'),
  failed: z.number().int().describe('Questions that got no answer'),
  retried: z.number().int().describe('Questions that were asked a second time'),
  heldBack: z.number().int().describe('Questions that were not asked because it does not answer'),
  p50Ms: z.number().describe('Half of the answers came within this time'),
  p95Ms: z.number().describe('95 of 100 answers came within this time'),
  p99Ms: z.number().describe('99 of 100 answers came within this time'),
  breaker: z
    .enum(['closed', 'open', 'trial'])
    .describe('closed: it is asked; open: it is left alone for 30 s; trial: one question is out'),
  breakerChanges: z.number().int().describe('How often that has changed'),
});
export type RequestStats = Readonly<z.infer<typeof RequestStatsSchema>>;

/** Who named the address of a server that was found. */
export const ServerSourceSchema = z.enum([
  'configured',
  'environment',
  'comfy-cli',
  'desktop',
  'process',
  'port',
]);
export type ServerSource = z.infer<typeof ServerSourceSchema>;

/** A ComfyUI that answered when it was looked for; never with credentials. */
export const DiscoveredServerSchema = z.strictObject({
  /** What the artist calls it, where they named it. */
  name: z.string().optional(),
  url: z.string(),
  version: z.string(),
  /** The first graphics card's name. */
  gpu: z.string().optional(),
  /** Runs that wait or run. */
  queueLength: z.number().int().nonnegative().optional(),
  /** How long it took to answer, ms. */
  pingMs: z.number().nonnegative().optional(),
  source: ServerSourceSchema,
});
export type DiscoveredServer = Readonly<z.infer<typeof DiscoveredServerSchema>>;

/** A server of the artist's list that could not be used, and why. */
export const SilentServerSchema = z.strictObject({
  name: z.string(),
  url: z.string(),
  error: AppErrorSchema,
});
export type SilentServer = Readonly<z.infer<typeof SilentServerSchema>>;

/** ComfyUI's queue in run order. */
export const QueueStatusSchema = z.strictObject({
  running: z.array(z.string()).readonly().describe('prompt ids'),
  pending: z.array(z.string()).readonly().describe('prompt ids, next first'),
});
export type QueueStatus = Readonly<z.infer<typeof QueueStatusSchema>>;

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
/** These belong to the connection itself. */
const OWN_HEADERS =
  /^(host|origin|connection|upgrade|transfer-encoding|content-length|content-type|authorization|sec-websocket-.*)$/i;
const HeaderNameSchema = z
  .string()
  .regex(HEADER_NAME, 'has characters that a header name cannot have')
  .refine((name) => !OWN_HEADERS.test(name), 'is set by the connection itself');
/** One line, because a second line would be another header. */
const SecretSchema = z
  .string()
  .max(4_000)
  .regex(/^[\t\x20-\x7e\x80-\uffff]*$/, 'must be one line');

/** SHA-256 of a certificate as browsers show it. */
export const FingerprintSchema = z
  .string()
  .regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/, 'is not a SHA-256 fingerprint');

const server = {
  name: z.string().min(1).max(60),
  /** Without credentials; may have a path. */
  url: z.string().min(1).max(400),
  signIn: z.enum(['none', 'basic', 'bearer']).optional(),
  userName: z.string().max(200).optional(),
  /** The one certificate to take there, which the artist looked at and trusted. */
  fingerprint: FingerprintSchema.optional(),
};

/** A server that the artist named. Passwords, tokens and the values of headers are secrets: they are not in here. */
export const ServerSchema = z.strictObject({
  ...server,
  /** Names of the headers that are sent along. */
  headers: z.array(HeaderNameSchema).max(20).readonly().optional(),
});
export type Server = Readonly<z.infer<typeof ServerSchema>>;

/** A server as the artist fills it in; a secret that is left out stays as it was. */
export const ServerFormSchema = z.strictObject({
  ...server,
  /** The password or the token. */
  secret: SecretSchema.optional(),
  headers: z
    .array(z.strictObject({ name: HeaderNameSchema, value: SecretSchema.optional() }))
    .max(20)
    .readonly()
    .optional(),
});
export type ServerForm = Readonly<z.infer<typeof ServerFormSchema>>;

/** The ComfyUI that comfy-cli would start. */
export const ComfyInstallSchema = z.strictObject({ folder: z.string() });
export type ComfyInstall = Readonly<z.infer<typeof ComfyInstallSchema>>;

/** The end of ComfyUI's log as comfy-cli kept it, without secrets. */
export const ComfyLogSchema = z.strictObject({
  path: z.string(),
  lines: z.array(z.string()).readonly(),
});
export type ComfyLog = Readonly<z.infer<typeof ComfyLogSchema>>;

/** What the artist can choose. */
export const SettingsSchema = z.strictObject({
  /** Address of the ComfyUI to use; null: find one, else the practice ComfyUI. */
  comfyUrl: z.string().nullable(),
  servers: z.array(ServerSchema).max(50).readonly().optional(),
  /** `ask`: every run waits for a click. `artist-asked`: a run that the artist's own message asks for starts at once. */
  releaseRuns: z.enum(['ask', 'artist-asked']),
  /**
   * Who may say yes to an edit that an outside client proposes. `window`: only our own window (the default).
   * `client`: also a question that the client puts to its user. `accept`: applied at once; undo takes it back.
   */
  clientEdits: z.enum(['window', 'client', 'accept']).optional(),
  /** Seconds that a tool may take, by its name; tools that are not named keep their own time. */
  toolSeconds: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,79}$/), z.number().int().min(1).max(7_200))
    .optional(),
  /** Follows the system unless chosen. */
  theme: z.enum(['system', 'dark', 'light']),
});
export type Settings = Readonly<z.infer<typeof SettingsSchema>>;
