import type { Time } from '../endpoint-parts.ts';

/** A bucket of tokens per client: full at first, filled steadily. */
export interface RateLimiter {
  /** Takes one token: 0 when there was one, else whole seconds until there is. */
  take(client: string): number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Buckets that are kept; a client that is forgotten starts with a full one. */
const MOST_CLIENTS = 1_024;

/** Makes the limiter of one kind of request. */
export function createRateLimiter(
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
  { now }: Pick<Time, 'now'>,
): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take: (client) => {
      const at = now();
      const bucket = buckets.get(client) ?? { tokens: burst, at };
      // A clock that was set back fills nothing, and takes nothing away.
      const passed = Math.max(0, at - bucket.at);
      const filled = bucket.tokens + (passed / 1_000) * perSecond;
      bucket.tokens = Math.min(burst, filled);
      bucket.at = at;
      // Last in the map is last seen.
      buckets.delete(client);
      buckets.set(client, bucket);
      const [oldest] = buckets.keys();
      if (buckets.size > MOST_CLIENTS && oldest !== undefined) buckets.delete(oldest);
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond);
      bucket.tokens -= 1;
      return 0;
    },
  };
}
