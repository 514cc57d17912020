import { WebSocket, type RawData } from 'ws';
import type { Disposable } from '../../base/disposable.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { type ComfyAddress, socketUrl } from './address.ts';
import { createSocketConnector } from './net/connectors.ts';
import { toTransportError } from './transport-error.ts';

/** A socket that the server has greeted. */
export interface ComfySocket extends Disposable {
  /** Run events go to the socket whose client id the run was submitted with, and to no other. */
  readonly clientId: string;
}

/** What comes out of a socket; nothing comes after `dispose`. */
export interface SocketListener {
  text(frame: string): void;
  binary(frame: Uint8Array): void;
  closed(): void;
}

const GREETING_TIMEOUT_MS = 8_000;
const MAX_FRAME_BYTES = 64 * 1024 * 1024;
const FEATURE_FLAGS = JSON.stringify({
  type: 'feature_flags',
  data: { supports_preview_metadata: true },
});

/**
 * Opens one socket, announces previews with metadata, and waits for the server's first frame. Every
 * socket needs a fresh `clientId`: when two share one, the closing of the older mutes the newer.
 */
export function openSocket(
  address: ComfyAddress,
  clientId: string,
  options: { readonly clock: Clock; readonly listener: SocketListener },
): Promise<Result<ComfySocket, AppError>> {
  const { clock, listener } = options;
  return new Promise((resolve) => {
    const socket = new WebSocket(socketUrl(address, clientId), {
      headers: address.headers,
      handshakeTimeout: GREETING_TIMEOUT_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      ...(address.pin === undefined
        ? {}
        : { createConnection: createSocketConnector(address.pin) }),
    });
    let state: 'opening' | 'greeted' | 'over' = 'opening';
    const give = (result: Result<ComfySocket, AppError>): void => {
      patience.dispose();
      state = result.ok ? 'greeted' : 'over';
      if (!result.ok) socket.terminate();
      resolve(result);
    };
    const patience = clock.after(GREETING_TIMEOUT_MS, () => {
      const seconds = GREETING_TIMEOUT_MS / 1000;
      if (state === 'opening') give(err(appError('comfy/timeout', { url: address.url, seconds })));
    });
    const handle: ComfySocket = {
      clientId,
      dispose: () => {
        state = 'over';
        socket.terminate();
      },
    };
    socket.on('open', () => socket.send(FEATURE_FLAGS));
    socket.on('message', (data, isBinary) => {
      if (state === 'over') return;
      if (state === 'opening') give(ok(handle));
      if (isBinary) listener.binary(toBytes(data));
      else listener.text(toBytes(data).toString());
    });
    socket.on('error', (cause) => {
      if (state === 'opening') {
        give(err(toTransportError(cause, address.url, GREETING_TIMEOUT_MS)));
      }
    });
    socket.on('close', () => {
      if (state === 'opening') {
        const reason = 'it closed the live connection at once';
        give(err(appError('comfy/unreachable', { url: address.url, reason })));
      } else if (state === 'greeted') {
        state = 'over';
        listener.closed();
      }
    });
  });
}

function toBytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
