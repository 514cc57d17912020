import { createDisposableBag } from '../../base/disposable.ts';
import { createEmitter } from '../../base/emitter.ts';
import { type Result, err } from '../../base/result.ts';
import type { Client } from './client.ts';
import type { Notification } from './envelope.ts';
import { type AppError, appError } from '../errors.ts';
import type { ResultOf } from '../methods.ts';
import { type ServeOptions, type ServedConnection, answer } from './server.ts';

/** The server's side of a client in the same process. */
export interface LocalServing<C extends ServedConnection> extends Omit<
  ServeOptions<C>,
  'transport' | 'connection'
> {
  /** Makes the connection; `notify` tells its client. */
  readonly open: (notify: (notification: Notification) => void) => C;
  /** The client is gone. */
  readonly onClosed: (connection: C) => void;
}

/**
 * A client in the same process as what it calls. There is no wire: nothing is copied, and what the server has
 * checked is not checked again; roles, parameters and results are checked as for everybody.
 */
export function connectLocally<C extends ServedConnection>(serving: LocalServing<C>): Client {
  const { handlers, onUnexpected } = serving;
  const bag = createDisposableBag();
  const notifications = bag.add(createEmitter<Notification>());
  const closes = bag.add(createEmitter<void>());
  const open = new Set<() => void>();
  let closed = false;
  const connection = serving.open((notification) => {
    // Later, as over any wire: whoever causes it is not called back in the middle of what it does.
    void Promise.resolve().then(() => {
      if (!closed) notifications.fire(notification);
    });
  });
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const give of open) give();
    open.clear();
    serving.onClosed(connection);
    closes.fire();
  };
  return {
    call: (method, params) =>
      new Promise<Result<ResultOf<typeof method>, AppError>>((resolve) => {
        const give = (): void => resolve(err(appError('contract/disconnected', {})));
        if (closed) {
          give();
          return;
        }
        open.add(give);
        void answer(method, params, { handlers, connection, onUnexpected }).then((outcome) => {
          open.delete(give);
          resolve(outcome as Result<ResultOf<typeof method>, AppError>);
        });
      }),
    onNotification: notifications.event,
    onClose: closes.event,
    dispose: () => {
      close();
      bag.dispose();
    },
  };
}
