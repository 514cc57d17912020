/** Expected failure is data; `throw` is kept for bugs. */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a value as a success. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** Wraps an error as a failure. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

/** Makes a switch over a closed union fail to compile when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${String(value)}`);
}
