import { z } from 'zod';
import { McpClientNameSchema, McpClientSchema, SeenClientSchema } from '../mcp.schema.ts';
import { type MethodSpec, artist, both, method, nothing, session } from '../method-spec.ts';
import { ForecastSchema, ObservedPeakSchema } from './forecast.schema.ts';
import {
  ComfyInstallSchema,
  ComfyLogSchema,
  DiscoveredServerSchema,
  FingerprintSchema,
  ServerFormSchema,
  SettingsSchema,
  SilentServerSchema,
} from './machine.schema.ts';

/** What is asked about the computer, its ComfyUI, the settings and other programs. */
export const machineMethods = {
  'comfy/connect': method(
    artist,
    z.strictObject({
      target: z.union([
        z.literal('practice'),
        z.literal('automatic'),
        z.strictObject({ url: z.string().min(1) }),
      ]),
      /** The session in which it was chosen: it goes back there when it is opened again. */
      sessionId: z.string().min(1).optional(),
    }),
    nothing,
  ),
  /** Looks everywhere a ComfyUI may be; takes at most 2 s and connects to nothing. */
  'comfy/discover': method(
    both,
    nothing,
    z.strictObject({
      servers: z.array(DiscoveredServerSchema).readonly(),
      /** Of the artist's own list: those that do not answer or do not let us in. */
      silent: z.array(SilentServerSchema).readonly(),
    }),
  ),
  /** Which ComfyUI of this computer comfy-cli can start; null where there is none. */
  'comfy-cli/look': method(
    artist,
    nothing,
    z.strictObject({ install: ComfyInstallSchema.nullable() }),
  ),
  /** Starts it in the background; answers once it does, which can take minutes. */
  'comfy-cli/start': method(artist, nothing, z.strictObject({ url: z.string() })),
  /** Stops the one that comfy-cli started, with whatever it renders. */
  'comfy-cli/stop': method(artist, nothing, nothing),
  'comfy-cli/logs': method(artist, nothing, ComfyLogSchema),
  /** Adds a server to the list, or changes the one at `replaces`. Secrets go in here and never come out again. */
  'server/save': method(
    artist,
    z.strictObject({ server: ServerFormSchema, replaces: z.string().min(1).optional() }),
    z.strictObject({ settings: SettingsSchema }),
  ),
  /** Takes a server off the list, and forgets what lets us in there. */
  'server/remove': method(
    artist,
    z.strictObject({ url: z.string().min(1) }),
    z.strictObject({ settings: SettingsSchema }),
  ),
  /** Asks a server, as it would be saved, whether it answers; saves nothing. */
  'server/test': method(
    artist,
    z.strictObject({ server: ServerFormSchema, replaces: z.string().min(1).optional() }),
    z.strictObject({ server: DiscoveredServerSchema }),
  ),
  /** The artist saw this fingerprint and said yes: from now on this certificate, and no other, is taken there. */
  'server/trust': method(
    artist,
    z.strictObject({ url: z.string().min(1), fingerprint: FingerprintSchema }),
    z.strictObject({ settings: SettingsSchema }),
  ),
  /** The last lines that the current ComfyUI wrote, newest last, without secrets. */
  'comfy/log': method(
    artist,
    nothing,
    z.strictObject({ lines: z.array(z.string()).max(400).readonly() }),
  ),
  /** What a run of the session's workflow will need, with the change set that waits unless another is named. */
  'machine/forecast': method(
    both,
    z.strictObject({ ...session, changeSetId: z.string().min(1).optional() }),
    ForecastSchema,
  ),
  /** What runs took of the graphics card on this machine: the evidence behind the forecast. */
  'machine/peaks': method(
    both,
    nothing,
    z.strictObject({ peaks: z.array(ObservedPeakSchema).readonly() }),
  ),
  'machine/forget-peaks': method(artist, nothing, nothing),
  'settings/set': method(
    artist,
    // The list of servers changes only through `server/*`, which keeps the secrets in step with it.
    SettingsSchema.omit({ servers: true }).partial(),
    z.strictObject({ settings: SettingsSchema }),
  ),
  /** Other programs that may work with us: how they get in, which are connected, who asked lately. */
  'mcp/status': method(
    artist,
    nothing,
    z.strictObject({
      /** Address of the MCP endpoint; null where none is served. */
      url: z.string().nullable(),
      /** Where the key lies; the key itself is not told. */
      tokenFile: z.string(),
      clients: z.array(McpClientSchema).readonly(),
      seen: z.array(SeenClientSchema).readonly(),
    }),
  ),
  /** Adds us to a program's settings, or with `undo` takes us out; what was there before is kept beside them. */
  'mcp/install': method(
    artist,
    z.strictObject({ client: McpClientNameSchema, undo: z.boolean().optional() }),
    z.strictObject({
      outcome: z.enum(['added', 'replaced', 'unchanged', 'removed', 'restored']),
      client: McpClientSchema,
    }),
  ),
  /** Makes a new key; whoever shows the old one is locked out at once. */
  'mcp/rotate-token': method(artist, nothing, nothing),
} as const satisfies Record<string, MethodSpec<z.ZodType, z.ZodType>>;
