/** Anything that holds on to something until it is told to let go. */
export interface Disposable {
  dispose(): void;
}

/** A bag of disposables that are let go together, last in first out, each at most once. */
export interface DisposableBag extends Disposable {
  /** Adds to the bag and hands back the same thing, so that creating and registering are one statement. */
  add<T extends Disposable>(disposable: T): T;
}

/** Turns a clean-up function into a disposable that runs it at most once. */
export function toDisposable(release: () => void): Disposable {
  let done = false;
  return {
    dispose: () => {
      if (done) return;
      done = true;
      release();
    },
  };
}

/** Makes an empty bag; what is added after it was disposed is disposed at once. */
export function createDisposableBag(): DisposableBag {
  const held: Disposable[] = [];
  let disposed = false;
  return {
    add: (disposable) => {
      if (disposed) disposable.dispose();
      else held.push(disposable);
      return disposable;
    },
    dispose: () => {
      disposed = true;
      for (let next = held.pop(); next !== undefined; next = held.pop()) next.dispose();
    },
  };
}
