import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { type WebSocket as CoreSocket, WebSocketServer } from 'ws';
import type { Transport } from '../../core/contract/wire/transport.ts';
import { createInMemoryTransports } from '../fakes/in-memory-transport.ts';
import { createMessagePortTransport } from '../../core/host/transport/message-port-transport.ts';
import { createWebSocketTransport } from '../../core/host/transport/web-socket-transport.ts';
import { createMessagePortTransport as createPagePort } from '../../renderer/transport/message-port-transport.ts';
import { openSocket } from '../../renderer/transport/web-socket-transport.ts';

/** Both ends of one wire, and what it takes to let go of it. */
export interface Wire {
  readonly core: Transport;
  readonly page: Transport;
  /** Breaks the wire as an outage would: nobody calls dispose. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

/** Every wire that the product speaks the contract over, each end with the half that the product has there. */
export const wires: readonly (readonly [name: string, open: () => Promise<Wire>])[] = [
  ['in memory', openInMemory],
  ['over a MessagePort', openMessagePort],
  ['over a WebSocket', openWebSocket],
];

async function openInMemory(): Promise<Wire> {
  const [core, page] = createInMemoryTransports();
  return { core, page, cut: () => core.dispose(), close: async () => page.dispose() };
}

async function openMessagePort(): Promise<Wire> {
  const { port1, port2 } = new MessageChannel();
  const core = createMessagePortTransport(port1);
  const page = createPagePort(port2);
  return { core, page, cut: () => port1.close(), close: async () => page.dispose() };
}

async function openWebSocket(): Promise<Wire> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address() as { port: number };
  const connected = once(server, 'connection');
  const page = await openSocket(new WebSocket(`ws://127.0.0.1:${String(address.port)}`));
  const [coreSocket] = (await connected) as [CoreSocket];
  if (page === undefined) throw new Error('the socket was closed before it was open');
  return {
    core: createWebSocketTransport(coreSocket),
    page,
    cut: () => coreSocket.terminate(),
    close: async () => {
      page.dispose();
      coreSocket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
