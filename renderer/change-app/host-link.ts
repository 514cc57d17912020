import { z } from 'zod';

/** What the host says of itself and of how to look. */
export interface HostContext {
  readonly theme?: 'light' | 'dark' | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** The page's side of MCP Apps (2026-01-26): JSON-RPC with the window around us, and with nobody else. */
export interface HostLink {
  /** Introduces the page; resolves with what the host can do for it. */
  start(): Promise<{ readonly canReadResources: boolean }>;
  /** Reads a resource of our own server through the host; undefined when it does not give it. */
  readText(uri: string): Promise<string | undefined>;
  /** Tells the host how much room the page takes, pixels. */
  sizeChanged(width: number, height: number): void;
}

/** What the host tells the page. */
export interface HostEvents {
  readonly onContext: (context: HostContext) => void;
  /** The call that this page belongs to was made; its result comes later. */
  readonly onInput: () => void;
  readonly onResult: (result: ToolResult) => void;
  readonly onCancelled: () => void;
}

const ResultSchema = z.looseObject({
  isError: z.boolean().optional(),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).optional(),
  structuredContent: z.unknown().optional(),
  _meta: z.record(z.string(), z.unknown()).optional(),
});
/** A tool's result, as far as the page reads it. */
export type ToolResult = z.infer<typeof ResultSchema>;

const ContextSchema = z.looseObject({
  theme: z.enum(['light', 'dark']).optional().catch(undefined),
  styles: z
    .looseObject({ variables: z.record(z.string(), z.unknown()).optional() })
    .optional()
    .catch(undefined),
});
const InitializedSchema = z.looseObject({
  hostCapabilities: z.looseObject({ serverResources: z.unknown().optional() }).optional(),
  hostContext: z.unknown().optional(),
});
const ReadSchema = z.looseObject({
  contents: z.array(z.looseObject({ text: z.string().optional() })),
});
const MessageSchema = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});

const PROTOCOL = '2026-01-26';

/** Listens to the window around `own`; messages from anywhere else are not looked at. */
export function createHostLink(own: Window, version: string, events: HostEvents): HostLink {
  const waiting = new Map<number, (result: unknown) => void>();
  let count = 0;
  const send = (message: object): void => {
    // The host's origin is not known to a page in a sandbox; nothing secret is ever sent.
    own.parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  };
  const request = (method: string, params: object): Promise<unknown> =>
    new Promise((resolve) => {
      count += 1;
      waiting.set(count, resolve);
      send({ id: count, method, params });
    });
  const tellContext = (given: unknown): void => {
    const context = ContextSchema.safeParse(given);
    if (!context.success) return;
    const { theme, styles } = context.data;
    const variables = Object.entries(styles?.variables ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    events.onContext({ theme, variables: Object.fromEntries(variables) });
  };
  const told = (method: string, params: unknown): void => {
    if (method === 'ui/notifications/tool-input') events.onInput();
    if (method === 'ui/notifications/tool-cancelled') events.onCancelled();
    if (method === 'ui/notifications/host-context-changed') tellContext(params);
    if (method !== 'ui/notifications/tool-result') return;
    const result = ResultSchema.safeParse(params);
    if (result.success) events.onResult(result.data);
  };
  own.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (source !== own.parent) return;
    const message = MessageSchema.safeParse(data);
    if (!message.success) return;
    const { id, method, params, result } = message.data;
    if (method === undefined) {
      if (typeof id !== 'number') return;
      waiting.get(id)?.(result);
      waiting.delete(id);
    } else if (id === undefined) told(method, params);
    else if (method === 'ping' || method === 'ui/resource-teardown') send({ id, result: {} });
    else send({ id, error: { code: -32_601, message: 'Method not found' } });
  });
  return {
    start: async () => {
      const answer = await request('ui/initialize', {
        protocolVersion: PROTOCOL,
        appInfo: { name: 'second-unit-change', version },
        appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
      });
      const host = InitializedSchema.safeParse(answer);
      if (host.success) tellContext(host.data.hostContext);
      send({ method: 'ui/notifications/initialized', params: {} });
      const capabilities = host.success ? host.data.hostCapabilities : undefined;
      return { canReadResources: capabilities?.serverResources !== undefined };
    },
    readText: async (uri) => {
      const read = ReadSchema.safeParse(await request('resources/read', { uri }));
      return read.success ? read.data.contents[0]?.text : undefined;
    },
    sizeChanged: (width, height) => {
      send({ method: 'ui/notifications/size-changed', params: { width, height } });
    },
  };
}
