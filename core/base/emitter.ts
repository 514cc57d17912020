import { type Disposable, toDisposable } from './disposable.ts';

/** Subscribes a listener until the returned handle is disposed. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** One source of events; the owner keeps the emitter and hands out only `event`. */
export interface Emitter<T> extends Disposable {
  readonly event: Event<T>;
  readonly listenerCount: number;
  fire(value: T): void;
}

/** Makes an emitter; a listener added while firing hears only later events. */
export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    event: (listener) => {
      // A fresh wrapper per subscription lets the same function subscribe twice.
      const own = (value: T): void => listener(value);
      listeners.add(own);
      return toDisposable(() => listeners.delete(own));
    },
    get listenerCount() {
      return listeners.size;
    },
    fire: (value) => {
      for (const listener of [...listeners]) listener(value);
    },
    dispose: () => listeners.clear(),
  };
}
