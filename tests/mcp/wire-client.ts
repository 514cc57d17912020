import { openWire } from '../../core/host/mcp-bridge/open-wire.ts';
import type { Surface } from '../../core/mcp/http/wire-names.ts';
import { mcpTokenPath } from '../../core/host/mcp-token.ts';
import type { RpcAnswer } from './spawn-bridge.ts';

/** A client that says exactly what it is told to, over the bridge's wire. */
export interface WireClient {
  request(method: string, params?: unknown): Promise<RpcAnswer>;
  /** Sends without waiting: a notification, an answer, or anything else. */
  send(message: object): void;
  /** What the core asked or told by itself. */
  readonly told: readonly Readonly<Record<string, unknown>>[];
  close(): void;
}

interface WireClientOptions {
  readonly name?: string;
  readonly capabilities?: object;
  readonly surface?: Surface;
  /** Answers a request of the core; nothing unless given. */
  readonly onRequest?: (method: string) => object | undefined;
}

/** Connects and introduces itself with protocol 2025-11-25. */
export async function connectWire(
  place: { readonly port: number; readonly dataFolder: string },
  options: WireClientOptions = {},
): Promise<WireClient> {
  const { name = 'hostile', capabilities = {}, surface = 'full', onRequest } = options;
  const waiting = new Map<number, (answer: RpcAnswer) => void>();
  const told: Readonly<Record<string, unknown>>[] = [];
  let count = 0;
  const wire = await openWire(
    { port: place.port, tokenFile: mcpTokenPath(place.dataFolder) },
    surface,
    {
      onDrain: () => undefined,
      onClose: () => undefined,
      onLine: (line) => {
        const message = JSON.parse(line) as RpcAnswer & { readonly method?: string };
        if (message.method !== undefined) {
          told.push({ ...message });
          const result = onRequest?.(message.method);
          if (result !== undefined) send({ id: message.id, result });
          return;
        }
        if (typeof message.id !== 'number') return;
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
      },
    },
  );
  if (wire === undefined) throw new Error('the wire was refused');
  const send = (message: object): void =>
    void wire.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  const request: WireClient['request'] = (method, params) =>
    new Promise((resolve) => {
      const id = count;
      count += 1;
      waiting.set(id, resolve);
      send({ id, method, ...(params === undefined ? {} : { params }) });
    });
  await request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities,
    clientInfo: { name, version: '1' },
  });
  send({ method: 'notifications/initialized' });
  return { request, send, told, close: () => wire.close() };
}
