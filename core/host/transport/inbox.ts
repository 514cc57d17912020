import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { createEmitter } from '../../base/emitter.ts';

/** What arrives over a wire: kept until somebody listens, and told once that the wire is closed. */
export interface Inbox {
  readonly isClosed: boolean;
  readonly deliver: (message: unknown) => void;
  /** The other side is gone; later messages are dropped. */
  readonly close: () => void;
  readonly onMessage: (listener: (message: unknown) => void) => Disposable;
  readonly onClose: (listener: () => void) => Disposable;
  /** Our own side lets go: nobody is told. */
  readonly dispose: () => void;
}

/** Makes an inbox; `onFirstListener` is for wires that wait to be started. */
export function createInbox(onFirstListener: () => void = () => undefined): Inbox {
  const messages = createEmitter<unknown>();
  const closes = createEmitter<void>();
  let waiting: unknown[] | undefined = [];
  let closed = false;
  return {
    get isClosed() {
      return closed;
    },
    deliver: (message) => {
      if (closed) return;
      if (waiting === undefined) messages.fire(message);
      else waiting.push(message);
    },
    close: () => {
      if (closed) return;
      closed = true;
      closes.fire();
    },
    onMessage: (listener) => {
      const subscription = messages.event(listener);
      if (waiting !== undefined) {
        const early = waiting;
        waiting = undefined;
        for (const message of early) messages.fire(message);
        onFirstListener();
      }
      return subscription;
    },
    onClose: (listener) => {
      if (!closed) return closes.event(listener);
      listener();
      return toDisposable(() => undefined);
    },
    dispose: () => {
      closed = true;
      messages.dispose();
      closes.dispose();
    },
  };
}
