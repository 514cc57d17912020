import type { z } from 'zod';
import type { Disposable } from '../../base/disposable.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type Notification, RequestSchema } from './envelope.ts';
import { type AppError, appError } from '../errors.ts';
import { type MethodName, type ParsedParamsOf, type ResultOf, methods } from '../methods.ts';
import type { Role } from '../method-spec.ts';
import type { Transport } from './transport.ts';

/** One function per method; a missing one does not compile. They return failures and never throw. */
export type Handlers<C> = {
  readonly [M in MethodName]: (
    params: ParsedParamsOf<M>,
    connection: C,
  ) => Promise<Result<ResultOf<M>, AppError>>;
};

/** What the contract needs to know of a connection; the host may add more. */
export interface ServedConnection {
  readonly role: Role;
  notify(notification: Notification): void;
}

/** How unexpected things leave the contract. */
export interface ServeOptions<C extends ServedConnection> {
  readonly transport: Transport;
  readonly handlers: Handlers<C>;
  readonly connection: C;
  /** Records a bug and returns the correlation id that the artist is shown instead of a stack. */
  readonly onUnexpected: (cause: unknown) => string;
}

/** Answers requests on one transport until it is disposed. What is no request is dropped. */
export function serve<C extends ServedConnection>(options: ServeOptions<C>): Disposable {
  return options.transport.onMessage((raw) => {
    const request = RequestSchema.safeParse(raw);
    if (!request.success) return;
    const { id, method, params } = request.data;
    void answer(method, params, options).then((outcome) => {
      options.transport.send({ kind: 'response', id, outcome });
    });
  });
}

/** Answers one call: method, role, parameters and result are checked here, whatever it came over. */
export async function answer<C extends ServedConnection>(
  method: string,
  rawParams: unknown,
  { handlers, connection, onUnexpected }: Omit<ServeOptions<C>, 'transport'>,
): Promise<Result<unknown, AppError>> {
  if (!Object.hasOwn(methods, method)) return err(appError('contract/unknown-method', { method }));
  const name = method as MethodName;
  const spec = methods[name];
  if (!spec.roles.includes(connection.role)) {
    return err(appError('contract/forbidden', { method, role: connection.role }));
  }
  const params = (spec.params as z.ZodType).safeParse(rawParams);
  if (!params.success) {
    return err(appError('contract/invalid-params', { method, issues: toIssues(params.error) }));
  }
  try {
    const handler = handlers[name] as (
      params: unknown,
      connection: C,
    ) => Promise<Result<unknown, AppError>>;
    const outcome = await handler(params.data, connection);
    if (!outcome.ok) return outcome;
    const result = (spec.result as z.ZodType).safeParse(outcome.value);
    if (result.success) return ok(result.data);
    throw new Error(`${method} returned what the contract does not allow: ${result.error.message}`);
  } catch (cause) {
    return err(appError('internal/unexpected', { correlationId: onUnexpected(cause) }));
  }
}

/** Zod's issues in the shape that errors carry. */
export function toIssues(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
}
