import { type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import WebSocket, { WebSocketServer, type RawData } from 'ws';

/** What goes wrong on the way between the core and ComfyUI. */
export type WireFault =
  | 'none'
  | 'refused'
  | 'half-open'
  | 'slow'
  | 'torn-frames'
  | 'garbage-frames'
  | 'status-500'
  | 'html'
  | 'huge-history';

/** A server between the core and ComfyUI whose wire can be broken. */
export interface FaultProxy {
  readonly url: string;
  /** Requests that asked for the whole history, which a client must not do. */
  readonly wholeHistoryAsks: number;
  set(fault: WireFault): void;
  /** Cuts every connection, once. */
  cut(): void;
  close(): Promise<void>;
}

const SLOW_MS = 700;
const HUGE_BYTES = 200 * 1024 * 1024;

/** Starts a proxy in front of `target`; `random` (0..1) decides which frames and answers are hit. */
export async function createFaultProxy(target: string, random: () => number): Promise<FaultProxy> {
  let fault: WireFault = 'none';
  let wholeHistoryAsks = 0;
  const sockets = new Set<Socket>();
  const wires = new Set<WebSocket>();

  const forward = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { method, headers } = incoming;
    const path = incoming.url ?? '/';
    const onward = request(`${target}${path}`, { method, headers }, (answer) => {
      if (fault === 'huge-history' && path.startsWith('/history/')) {
        pad(answer, response);
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  };

  const server = createServer((incoming, response) => {
    response.on('error', () => response.destroy());
    if (/^\/history(\?|$)/.test(incoming.url ?? '')) wholeHistoryAsks += 1;
    // Every other answer, so that what is asked again can get through.
    const isHit = random() < 0.5;
    if (fault === 'half-open') return;
    if (fault === 'refused') {
      incoming.socket.destroy();
      return;
    }
    if (fault === 'slow') setTimeout(() => forward(incoming, response), SLOW_MS * random());
    else if (fault === 'status-500' && isHit) {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('500 Internal Server Error\n\nServer got itself in trouble');
    } else if (fault === 'html' && isHit) {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Sign in</title>');
    } else forward(incoming, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });

  const hub = new WebSocketServer({ noServer: true });
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    if (fault === 'half-open') return;
    if (fault === 'refused') {
      socket.destroy();
      return;
    }
    const onward = new WebSocket(`${target.replace('http', 'ws')}${incoming.url ?? ''}`);
    onward.on('error', () => socket.destroy());
    onward.once('open', () => {
      hub.handleUpgrade(incoming, socket, head, (client) => {
        wires.add(client);
        wires.add(onward);
        client.on('error', () => client.terminate());
        client.on('message', (data, isBinary) => onward.send(toBuffer(data), { binary: isBinary }));
        client.on('close', () => onward.terminate());
        onward.on('close', () => client.terminate());
        for (const [data, isBinary] of early) relay(client, data, isBinary);
        onward.off('message', keep);
        onward.on('message', (data, isBinary) => relay(client, toBuffer(data), isBinary));
      });
    });
    const early: [Buffer, boolean][] = [];
    const keep = (data: RawData, isBinary: boolean): void =>
      void early.push([toBuffer(data), isBinary]);
    onward.on('message', keep);
  });

  const relay = (client: WebSocket, data: Buffer, isBinary: boolean): void => {
    if (client.readyState !== client.OPEN || fault === 'half-open') return;
    if (fault === 'garbage-frames') {
      client.send(randomBytes(random, 40), { binary: random() < 0.5 });
      if (random() < 0.05) sockets.values().next().value?.write(randomBytes(random, 9));
    }
    const isTorn = fault === 'torn-frames' && random() < 0.5;
    const bytes = isTorn ? data.subarray(0, Math.floor(data.length * random())) : data;
    client.send(bytes, { binary: isBinary });
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    for (const wire of wires) wire.terminate();
    for (const socket of sockets) socket.destroy();
    wires.clear();
  };
  return {
    url: `http://127.0.0.1:${String(port)}`,
    get wholeHistoryAsks() {
      return wholeHistoryAsks;
    },
    set: (next) => {
      // What was swallowed stays swallowed: a half-open wire does not come back, it is replaced.
      fault = next;
    },
    cut,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Makes a run's entry as large as one with embedded footage: 200 MB of JSON. */
function pad(answer: IncomingMessage, response: ServerResponse): void {
  const pieces: Buffer[] = [];
  answer.on('data', (piece: Buffer) => pieces.push(piece));
  answer.on('end', () => {
    const text = Buffer.concat(pieces).toString();
    response.writeHead(200, { 'content-type': 'application/json' });
    if (text.trim() === '{}') {
      response.end(text);
      return;
    }
    response.write(`${text.trimEnd().slice(0, -1)},"padding":"`);
    const block = Buffer.alloc(1024 * 1024, 'x');
    let left = HUGE_BYTES / block.length;
    const more = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= 1;
        if (!response.write(block)) {
          response.once('drain', more);
          return;
        }
      }
      if (!response.destroyed) response.end('"}');
    };
    more();
  });
}

function toBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function randomBytes(random: () => number, count: number): Buffer {
  // Text frames must be UTF-8, or the wire itself refuses them; binary ones may be anything.
  return Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 128)));
}
