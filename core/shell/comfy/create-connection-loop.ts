import { type Disposable, createDisposableBag } from '../../base/disposable.ts';
import { type Event, createEmitter } from '../../base/emitter.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Connection } from '../../contract/machine/machine.schema.ts';
import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import { backOffMs } from './back-off.ts';
import type { ComfyRequests } from './create-comfy-requests.ts';
import type { ComfySocket } from './open-socket.ts';

/** Keeps one server connected: offline → connecting → discovering → ready | degraded, error → again. */
export interface ConnectionLoop extends Disposable {
  readonly connection: Connection;
  readonly onConnectionChanged: Event<Connection>;
  /** Fires when the live connection is back after a gap. */
  readonly onResumed: Event<void>;
  /** Fires at every beat while connected, with the length of the queue as just asked. */
  readonly onBeat: Event<number>;
  /** The id that runs are submitted with from now on; changes with every socket. */
  readonly clientId: string;
  start(): Promise<Result<Connection, AppError>>;
  /** Tells that a frame came: a server that talks is alive, however late it answers questions. */
  heard(): void;
}

/** What the loop needs from the outside. */
export interface ConnectionLoopOptions {
  readonly url: string;
  readonly isPractice: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly requests: Pick<ComfyRequests, 'systemStats' | 'remaining'>;
  readonly loadCatalog: () => Promise<Result<NodeCatalog, AppError>>;
  readonly openSocket: (
    clientId: string,
    onClosed: () => void,
  ) => Promise<Result<ComfySocket, AppError>>;
}

/** Each beat asks the server whether it is there: it sends nothing by itself, and no ping. */
const BEAT_MS = 3_000;
const MISSES_UNTIL_DOWN = 2;
/** Beats between two tries to get the live connection that a degraded server refused. */
const SOCKET_RETRY_BEATS = 5;

const LIVE_PROGRESS = 'live progress';
const NODE_LIST = 'the list of nodes';

/** Makes a loop that does nothing until `start`. */
export function createConnectionLoop(options: ConnectionLoopOptions): ConnectionLoop {
  const { clock, ids, requests, url, isPractice } = options;
  const changed = createEmitter<Connection>();
  const resumed = createEmitter<void>();
  const beaten = createEmitter<number>();
  const started = Promise.withResolvers<Result<Connection, AppError>>();
  const timers = createDisposableBag();

  let connection: Connection = { status: 'offline', url, isPractice, missing: [] };
  let clientId = ids.uuid();
  let socket: ComfySocket | undefined;
  let isStarted = false;
  let isOver = false;
  let wasReady = false;
  /** Counts connects and losses; whatever was begun in an earlier round is out of date. */
  let round = 0;
  let failures = 0;
  let misses = 0;
  let hasHeard = false;
  let beatsWithoutSocket = 0;

  const move = (next: Partial<Connection> & Pick<Connection, 'status'>): void => {
    connection = { url, isPractice, missing: [], ...next };
    changed.fire(connection);
  };
  let pendingTimer: Disposable | undefined;
  const later = (ms: number, what: () => void): void => {
    pendingTimer?.dispose();
    pendingTimer = clock.after(ms, what);
  };
  timers.add({ dispose: () => pendingTimer?.dispose() });

  const openFreshSocket = async (own: number): Promise<boolean> => {
    const freshId = ids.uuid();
    const opened = await options.openSocket(freshId, () => {
      if (own === round) lost();
    });
    if (own !== round) {
      if (opened.ok) opened.value.dispose();
      return false;
    }
    clientId = freshId;
    socket = opened.ok ? opened.value : undefined;
    beatsWithoutSocket = 0;
    return opened.ok;
  };

  const connect = async (): Promise<void> => {
    round += 1;
    const own = round;
    const stats = await requests.systemStats();
    if (own !== round) return;
    if (!stats.ok) {
      failed(stats.error);
      return;
    }
    const version = { version: stats.value.comfyVersion };
    move({ status: 'discovering', ...version });
    const [catalog, isLive] = await Promise.all([options.loadCatalog(), openFreshSocket(own)]);
    if (own !== round) return;
    const missing = [...(catalog.ok ? [] : [NODE_LIST]), ...(isLive ? [] : [LIVE_PROGRESS])];
    misses = 0;
    move({
      status: missing.length === 0 ? 'ready' : 'degraded',
      ...version,
      missing,
      ...(catalog.ok ? { nodeClassCount: catalog.value.size } : { error: catalog.error }),
    });
    started.resolve(ok(connection));
    later(BEAT_MS, () => void beat(own));
    if (wasReady) resumed.fire();
    wasReady = true;
  };

  const failed = (error: AppError): void => {
    move({ status: 'error', error });
    started.resolve(err(error));
    failures += 1;
    later(backOffMs(failures, ids.uuid()), () => void connect());
  };

  const lost = (error?: AppError): void => {
    round += 1;
    socket?.dispose();
    socket = undefined;
    move(error === undefined ? { status: 'connecting' } : { status: 'error', error });
    // At once the first time; a server that takes us in only to drop us is asked less and less often.
    later(backOffMs(failures, ids.uuid()), () => void connect());
    failures += 1;
  };

  const beat = async (own: number): Promise<void> => {
    hasHeard = false;
    const remaining = await requests.remaining();
    if (own !== round) return;
    if (remaining.ok) {
      misses = 0;
      failures = 0;
      beaten.fire(remaining.value);
      if (socket === undefined) await retrySocket(own);
    } else if (!didHear()) {
      misses += 1;
    }
    if (own !== round) return;
    if (misses >= MISSES_UNTIL_DOWN && !remaining.ok) lost(remaining.error);
    else later(BEAT_MS, () => void beat(own));
  };
  const didHear = (): boolean => hasHeard;

  const retrySocket = async (own: number): Promise<void> => {
    beatsWithoutSocket += 1;
    if (beatsWithoutSocket < SOCKET_RETRY_BEATS) return;
    if (!(await openFreshSocket(own))) return;
    const missing = connection.missing.filter((what) => what !== LIVE_PROGRESS);
    move({ ...connection, status: missing.length === 0 ? 'ready' : 'degraded', missing });
    resumed.fire();
  };

  return {
    get connection() {
      return connection;
    },
    get clientId() {
      return clientId;
    },
    onConnectionChanged: changed.event,
    onResumed: resumed.event,
    onBeat: beaten.event,
    heard: () => {
      hasHeard = true;
    },
    start: () => {
      if (isOver) return Promise.resolve(err(appError('comfy/not-connected', {})));
      if (!isStarted) {
        isStarted = true;
        move({ status: 'connecting' });
        void connect();
      }
      return started.promise;
    },
    dispose: () => {
      if (isOver) return;
      isOver = true;
      round += 1;
      timers.dispose();
      socket?.dispose();
      move({ status: 'offline' });
      started.resolve(err(appError('comfy/not-connected', {})));
      for (const emitter of [changed, resumed, beaten]) emitter.dispose();
    },
  };
}
