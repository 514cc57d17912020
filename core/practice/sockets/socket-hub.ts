import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseExactJson } from '../../base/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { toTextFrame } from './frames.ts';

/** Server feature flags, from `/features` and the WebSocket answer. */
export const serverFeatures = {
  supports_preview_metadata: true,
  max_upload_size: 104_857_600,
} as const satisfies JsonObject;

/** All sockets of the server, by client id; one per id. */
export interface SocketHub {
  readonly server: WebSocketServer;
  /** Takes over an upgraded socket. */
  accept(socket: WebSocket, request: IncomingMessage): void;
  /** To one client, or to all when `clientId` is undefined. */
  send(type: string, data: JsonObject, clientId?: string): void;
  sendBytes(bytes: Uint8Array, clientId?: string): void;
  wantsPreviewMetadata(clientId: string | undefined): boolean;
  close(): void;
}

/** What a fresh socket is told. */
export interface Greeting {
  readonly remaining: number;
  /** The node that is running for this client; a reconnect hears of it. */
  readonly runningNode: (clientId: string) => string | undefined;
}

/** Largest text a client may send; the page's messages are far below. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** Makes the hub; `greet` is asked at each connect. */
export function createSocketHub(greet: () => Greeting): SocketHub {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const sockets = new Map<string, WebSocket>();
  const features = new Map<string, JsonObject>();
  const all = new Set<WebSocket>();
  const deliver = (frame: string | Uint8Array, clientId?: string): void => {
    const targets = clientId === undefined ? [...sockets.values()] : [sockets.get(clientId)];
    for (const socket of targets) if (socket?.readyState === socket?.OPEN) socket?.send(frame);
  };
  const hub: SocketHub = {
    server,
    accept: (socket, request) => {
      // A path such as "//" is no URL; who sends it gets an id of ours.
      const url = URL.parse(request.url ?? '/', 'http://practice');
      const asked = url?.searchParams.get('clientId') ?? '';
      const sid = asked === '' ? randomUUID().replaceAll('-', '') : asked;
      sockets.set(sid, socket);
      features.set(sid, {});
      all.add(socket);
      let isFirst = true;
      socket.on('message', (raw, isBinary) => {
        if (isBinary || !isFirst) return;
        const message = parseExactJson(toText(raw));
        if (!message.ok || !isJsonObject(message.value)) return;
        isFirst = false;
        const { type, data } = message.value;
        if (type !== 'feature_flags') return;
        features.set(sid, isJsonObject(data) ? data : {});
        deliver(toTextFrame('feature_flags', serverFeatures), sid);
      });
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        all.delete(socket);
        // ComfyUI forgets the id, also when a newer socket has it: that one stays open and mute.
        sockets.delete(sid);
        features.delete(sid);
      });
      const { remaining, runningNode } = greet();
      hub.send('status', { ...toStatus(remaining), sid }, sid);
      const node = runningNode(sid);
      if (node !== undefined) hub.send('executing', { node }, sid);
    },
    send: (type, data, clientId) => deliver(toTextFrame(type, data), clientId),
    sendBytes: deliver,
    wantsPreviewMetadata: (clientId) =>
      clientId !== undefined && features.get(clientId)?.['supports_preview_metadata'] === true,
    close: () => {
      for (const socket of all) socket.terminate();
      server.close();
    },
  };
  return hub;
}

/** The data of a `status` message. */
export function toStatus(remaining: number): JsonObject {
  return { status: { exec_info: { queue_remaining: remaining } } };
}

function toText(raw: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(raw)) return Buffer.concat(raw).toString('utf8');
  return Buffer.isBuffer(raw) ? raw.toString('utf8') : Buffer.from(raw).toString('utf8');
}
