import { readFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** What the server got, in order. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** One prepared answer. */
export interface RecordedAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** `cut` drops the connection without an answer; a function may answer differently every time. */
export type PreparedAnswer = RecordedAnswer | (() => RecordedAnswer) | 'cut';

/** A server that answers with recorded bytes and says on its sockets what a test tells it to. */
export interface RecordedComfy {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  /** Client ids of the sockets that were opened, in order. */
  readonly clientIds: readonly string[];
  /** Sockets that are open now. */
  readonly openSockets: number;
  /** First frames of the sockets, in order. */
  readonly greetings: readonly string[];
  /** `route` is "GET /queue", with or without the query. */
  answer(route: string, answer: PreparedAnswer): void;
  /** Sends one frame to every open socket. */
  send(frame: string | Uint8Array): void;
  /** Cuts every socket without a word. */
  cutSockets(): void;
  /** Refuses sockets from now on. */
  refuseSockets(refuse: boolean): void;
  close(): Promise<void>;
}

const GREETING =
  '{"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 0}}, "sid": "x"}}';

/** Text of a recorded answer or log under tests/fixtures/recordings. */
export function recording(name: string): string {
  return readFileSync(new URL(`../../fixtures/recordings/${name}`, import.meta.url), 'utf8');
}

/** Text frames that a recorded log says the server sent. */
export function recordedFrames(log: string): readonly string[] {
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly kind: string; readonly text: string })
    .filter(({ kind }) => kind === 'text')
    .map(({ text }) => text);
}

/** Starts one with the answers that a connection needs; `port` 0 takes any. */
export async function createRecordedComfy(port = 0): Promise<RecordedComfy> {
  const answers = new Map<string, PreparedAnswer>([
    ['GET /system_stats', { body: recording('client-a01-system_stats.json') }],
    ['GET /object_info', { body: '{}' }],
    ['GET /prompt', { body: '{"exec_info": {"queue_remaining": 0}}' }],
    ['GET /queue', { body: '{"queue_running": [], "queue_pending": []}' }],
  ]);
  const seen: SeenRequest[] = [];
  const clientIds: string[] = [];
  const greetings: string[] = [];
  const sockets = new Set<WebSocket>();
  let isRefusing = false;

  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, path: url, body, headers });
      const found =
        answers.get(`${method} ${url}`) ?? answers.get(`${method} ${url.split('?')[0] ?? ''}`);
      if (found === 'cut') request.socket.destroy();
      else write(response, typeof found === 'function' ? found() : found);
    });
  });
  const socketServer = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (isRefusing) {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const query = (request.url ?? '').split('?')[1] ?? '';
    clientIds.push(new URLSearchParams(query).get('clientId') ?? '');
    socketServer.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened);
      opened.once('message', (data: Buffer) => greetings.push(data.toString()));
      opened.on('close', () => sockets.delete(opened));
      opened.send(GREETING);
    });
  });
  await listen(server, port);
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${String(own)}`,
    port: own,
    seen,
    clientIds,
    greetings,
    get openSockets() {
      return sockets.size;
    },
    answer: (route, answer) => answers.set(route, answer),
    send: (frame) => {
      for (const socket of sockets) socket.send(frame);
    },
    cutSockets: () => {
      for (const socket of sockets) socket.terminate();
    },
    refuseSockets: (refuse) => {
      isRefusing = refuse;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function write(response: ServerResponse, answer: RecordedAnswer | undefined): void {
  response.writeHead(answer === undefined ? 404 : (answer.status ?? 200), {
    'content-type': answer?.type ?? 'application/json; charset=utf-8',
    ...answer?.headers,
  });
  response.end(answer?.body ?? '');
}
