import type { Disposable } from '../../base/disposable.ts';

/** Everything the product needs from a wire. MessagePort, WebSocket and an in-memory pair all fit. */
export interface Transport extends Disposable {
  /** Sends one message; silently nothing once closed. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  /** Calls back once when the other side is gone or the wire broke. */
  onClose(listener: () => void): Disposable;
}
