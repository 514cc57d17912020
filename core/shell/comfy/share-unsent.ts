/**
 * Lets everybody who asks the same in one moment share one request. Only a request that has not left yet is
 * shared: an answer is never older than the question that it is given to.
 */
export function shareUnsent<T>(ask: () => Promise<T>): () => Promise<T> {
  let unsent: Promise<T> | undefined;
  return () => {
    unsent ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      unsent = undefined;
      return ask();
    });
    return unsent;
  };
}
