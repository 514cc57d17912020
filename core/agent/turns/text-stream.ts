import type { Disposable } from '../../base/disposable.ts';
import type { Clock } from '../../ports/clock.ts';

/** Collects streamed text so that a session's log gets a few pieces a second and not one per token. */
export interface TextStream {
  push(delta: string): void;
  /** Lets out what is waiting, so that what comes next stands behind it. */
  flush(): void;
  /** Lets out what is left and returns everything that was pushed. */
  end(): string;
}

const INTERVAL_MS = 80;

/** Makes a stream; the first piece goes out at once. */
export function createTextStream(clock: Clock, release: (delta: string) => void): TextStream {
  let whole = '';
  let waiting = '';
  let timer: Disposable | undefined;
  const flush = (): void => {
    timer?.dispose();
    timer = undefined;
    if (waiting === '') return;
    const delta = waiting;
    waiting = '';
    release(delta);
  };
  return {
    push: (delta) => {
      const isFirst = whole === '';
      whole += delta;
      waiting += delta;
      if (isFirst) flush();
      else timer ??= clock.after(INTERVAL_MS, flush);
    },
    flush,
    end: () => {
      flush();
      return whole;
    },
  };
}
