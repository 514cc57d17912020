import type { Disposable } from '../../core/base/disposable.ts';
import { type Result, err } from '../../core/base/result.ts';
import { type Client, connect } from '../../core/contract/wire/client.ts';
import type { Notification } from '../../core/contract/wire/envelope.ts';
import { type AppError, appError } from '../../core/contract/errors.ts';
import type { MethodName, ParamsOf, ResultOf } from '../../core/contract/methods.ts';
import type { Transport } from '../../core/contract/wire/transport.ts';
import { CONTRACT_VERSION } from '../../core/contract/version.ts';
import type { Scheduler } from './scheduler.ts';

/** Where the link between the page and its core stands. */
export type LinkStatus =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** Was open or will be; `attempt` counts the tries since it was lost. */
  | { readonly kind: 'reconnecting'; readonly attempt: number }
  /** Trying again cannot help: wrong token, or the two halves are of different versions. */
  | { readonly kind: 'refused'; readonly error: AppError };

export type Hello = ResultOf<'core/hello'>;

/** What opening a wire came to; `refused` means that trying again is pointless. */
export type Opened =
  | { readonly kind: 'open'; readonly transport: Transport }
  | { readonly kind: 'closed' }
  | { readonly kind: 'refused'; readonly error: AppError };

export interface ConnectionOptions {
  readonly open: () => Promise<Opened>;
  readonly scheduler: Scheduler;
  readonly onStatus: (status: LinkStatus) => void;
  readonly onNotification: (notification: Notification) => void;
  /** Runs on every new wire before it counts as open: subscribe again here. */
  readonly onConnected: (client: Client, hello: Hello) => Promise<Result<unknown, AppError>>;
}

/** A link that keeps itself up; calls made while it is down fail as disconnected and change nothing. */
export interface Connection extends Disposable {
  call<M extends MethodName>(
    method: M,
    params: ParamsOf<M>,
  ): Promise<Result<ResultOf<M>, AppError>>;
  /** Does not wait for the next try. */
  retryNow(): void;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;

/** Milliseconds to wait before try number `attempt` (1 is the first after a loss). */
function delayBefore(attempt: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, attempt - 1));
}

/** Opens the wire, says hello, subscribes, and does so again whenever the wire is lost. */
export function createConnection(options: ConnectionOptions): Connection {
  let client: Client | undefined;
  let waiting: Disposable | undefined;
  let attempt = 0;
  let generation = 0;
  let disposed = false;

  const refuse = (error: AppError, wire?: Client): void => {
    // From here on no wire is the current one: its closing is no reason to try again.
    generation += 1;
    wire?.dispose();
    client = undefined;
    options.onStatus({ kind: 'refused', error });
  };
  const retryLater = (): void => {
    if (disposed) return;
    client = undefined;
    attempt += 1;
    options.onStatus({ kind: 'reconnecting', attempt });
    waiting = options.scheduler.after(delayBefore(attempt), () => void start());
  };
  const start = async (): Promise<void> => {
    waiting = undefined;
    const own = ++generation;
    const isCurrent = (): boolean => own === generation && !disposed;
    const opened = await options.open();
    if (!isCurrent()) {
      if (opened.kind === 'open') opened.transport.dispose();
      return;
    }
    if (opened.kind !== 'open') {
      if (opened.kind === 'refused') refuse(opened.error);
      else retryLater();
      return;
    }
    const next = connect(opened.transport);
    next.onNotification(options.onNotification);
    next.onClose(() => {
      if (isCurrent()) retryLater();
    });
    const hello = await next.call('core/hello', { version: CONTRACT_VERSION, client: 'window' });
    if (!isCurrent()) {
      next.dispose();
      return;
    }
    if (!hello.ok) {
      if (hello.error.code !== 'contract/disconnected') refuse(hello.error, next);
      return;
    }
    if (hello.value.version !== CONTRACT_VERSION) {
      const { version } = hello.value;
      const client = CONTRACT_VERSION;
      refuse(appError('contract/version-mismatch', { core: version, client }), next);
      return;
    }
    client = next;
    const subscribed = await options.onConnected(next, hello.value);
    if (!isCurrent() || client !== next) return;
    if (!subscribed.ok && subscribed.error.code === 'contract/disconnected') return;
    attempt = 0;
    options.onStatus({ kind: 'open' });
  };

  options.onStatus({ kind: 'connecting' });
  void start();
  return {
    call: async (method, params) =>
      client === undefined
        ? err(appError('contract/disconnected', {}))
        : client.call(method, params),
    retryNow: () => {
      if (waiting === undefined) return;
      waiting.dispose();
      void start();
    },
    dispose: () => {
      disposed = true;
      waiting?.dispose();
      client?.dispose();
    },
  };
}
