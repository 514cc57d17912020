import { z } from 'zod';
import { SessionEnvelopeSchema, WorkspaceEnvelopeSchema } from '../actions.ts';
import { AppErrorSchema } from '../errors.ts';

/** One call of a method. Ids are chosen by the caller and unique per connection. */
export const RequestSchema = z.strictObject({
  kind: z.literal('request'),
  id: z.number().int().nonnegative(),
  method: z.string(),
  params: z.unknown(),
});

/** The one answer to a request. */
export const ResponseSchema = z.strictObject({
  kind: z.literal('response'),
  id: z.number().int().nonnegative(),
  outcome: z.union([
    z.strictObject({ ok: z.literal(true), value: z.unknown() }),
    z.strictObject({ ok: z.literal(false), error: AppErrorSchema }),
  ]),
});

/** A numbered action on a channel that this connection subscribed to. */
export const NotificationSchema = z.discriminatedUnion('channel', [
  z.strictObject({
    kind: z.literal('notification'),
    channel: z.literal('session'),
    sessionId: z.string(),
    envelope: SessionEnvelopeSchema,
  }),
  z.strictObject({
    kind: z.literal('notification'),
    channel: z.literal('workspace'),
    envelope: WorkspaceEnvelopeSchema,
  }),
]);
export type Notification = Readonly<z.infer<typeof NotificationSchema>>;
