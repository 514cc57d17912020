import { type Cancellation, createCancellation } from '../../base/cancellation.ts';
import { type Result, err } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Clock } from '../../ports/clock.ts';

interface TimeLimit {
  /** Who works, for what is said when it is late. */
  readonly name: string;
  /** Undefined: as long as it takes. */
  readonly timeoutMs: number | undefined;
  readonly clock: Clock;
  readonly cancellation: Cancellation;
}

/** Lets a tool work until it is done or late; when it is late it is told to stop, and nobody waits for it. */
export async function workInTime<T>(
  { name, timeoutMs, clock, cancellation }: TimeLimit,
  work: (cancellation: Cancellation) => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  if (timeoutMs === undefined) return work(cancellation);
  const source = createCancellation(cancellation);
  const late = Promise.withResolvers<Result<T, AppError>>();
  const timer = clock.after(timeoutMs, () => {
    source.cancel();
    late.resolve(err(appError('tool/timed-out', { name, seconds: timeoutMs / 1_000 })));
  });
  try {
    return await Promise.race([work(source.token), late.promise]);
  } finally {
    timer.dispose();
  }
}
