import { z } from 'zod';

/** What a connection may do is fixed when it is made: `artist` is our window, `agent` an MCP client. */
export type Role = 'artist' | 'agent';

/** One method: who may call it, what it takes and gives. */
export interface MethodSpec<P extends z.ZodType, R extends z.ZodType> {
  readonly params: P;
  readonly result: R;
  readonly roles: readonly Role[];
}

/** Declares a method. */
export function method<P extends z.ZodType, R extends z.ZodType>(
  roles: readonly Role[],
  params: P,
  result: R,
): MethodSpec<P, R> {
  return { roles, params, result };
}

/** The artist's window and other programs. */
export const both = ['artist', 'agent'] as const;
/** The artist's window alone. */
export const artist = ['artist'] as const;
/** Which session it is about. */
export const session = { sessionId: z.string().min(1) };
/** No parameters, or nothing to tell. */
export const nothing = z.strictObject({});
