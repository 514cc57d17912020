import type { z } from 'zod';
import { createDisposableBag, type Disposable } from '../../base/disposable.ts';
import { type Event, createEmitter } from '../../base/emitter.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type Notification, NotificationSchema, ResponseSchema } from './envelope.ts';
import { type AppError, appError } from '../errors.ts';
import { type MethodName, type ParamsOf, type ResultOf, methods } from '../methods.ts';
import type { Transport } from './transport.ts';

/** The calling side of the contract; the same over every wire. */
export interface Client extends Disposable {
  /** Never rejects: what went wrong is in the result. */
  call<M extends MethodName>(
    method: M,
    params: ParamsOf<M>,
  ): Promise<Result<ResultOf<M>, AppError>>;
  readonly onNotification: Event<Notification>;
  readonly onClose: Event<void>;
}

/** Speaks the contract over a transport; calls still open when it closes fail as disconnected. */
export function connect(transport: Transport): Client {
  const bag = createDisposableBag();
  const notifications = bag.add(createEmitter<Notification>());
  const closes = bag.add(createEmitter<void>());
  const pending = new Map<number, (outcome: Result<unknown, AppError>) => void>();
  let nextId = 0;
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const settle of pending.values()) settle(err(appError('contract/disconnected', {})));
    pending.clear();
    closes.fire();
  };
  bag.add(
    transport.onMessage((raw) => {
      const response = ResponseSchema.safeParse(raw);
      if (response.success) {
        const { id, outcome } = response.data;
        pending.get(id)?.(outcome.ok ? ok(outcome.value) : err(outcome.error));
        pending.delete(id);
        return;
      }
      const notification = NotificationSchema.safeParse(raw);
      if (notification.success) notifications.fire(notification.data);
    }),
  );
  bag.add(transport.onClose(close));
  return {
    call: async (method, params) => {
      if (closed) return err(appError('contract/disconnected', {}));
      const outcome = await new Promise<Result<unknown, AppError>>((resolve) => {
        const id = nextId++;
        pending.set(id, resolve);
        transport.send({ kind: 'request', id, method, params });
      });
      if (!outcome.ok) return outcome;
      const result = (methods[method].result as z.ZodType).safeParse(outcome.value);
      if (!result.success) return err(appError('contract/invalid-result', { method }));
      return ok(result.data as ResultOf<typeof method>);
    },
    onNotification: notifications.event,
    onClose: closes.event,
    dispose: () => {
      close();
      bag.dispose();
      transport.dispose();
    },
  };
}
