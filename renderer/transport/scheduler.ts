import { type Disposable, toDisposable } from '../../core/base/disposable.ts';

/** Time as the page needs it, so that tests decide it. */
export interface Scheduler {
  /** Calls back once after `ms`, unless disposed before. */
  after(ms: number, callback: () => void): Disposable;
}

/** The browser's own timers. */
export const browserScheduler: Scheduler = {
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return toDisposable(() => clearTimeout(timer));
  },
};
