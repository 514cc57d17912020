import { type Disposable, createDisposableBag, toDisposable } from '../../base/disposable.ts';
import { type Event, createEmitter } from '../../base/emitter.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Connection } from '../../contract/machine/machine.schema.ts';
import type { CardMeasure } from '../../domain/run/measure-run.ts';
import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import { createNodeCatalog } from '../../domain/workflow/create-catalog.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Comfy, ComfyEvent } from '../../ports/comfy.ts';
import type { MachineWatch } from '../machine/machine-watch.ts';
import { createComfyPool } from './comfy-pool.ts';
import { createSparing } from './sparing.ts';
import { serverName } from '../runs/server-name.ts';
import type { WorkspaceStore } from '../sessions/workspace-store.ts';

/** Which ComfyUI to use; `automatic` looks for one and falls back to practice. */
export type ComfyTarget = 'practice' | 'automatic' | { readonly url: string };

/** The one current ComfyUI. It can be changed while everything else keeps its reference to this. */
export interface ComfyLink extends Disposable {
  /** Undefined until the first `connect`. */
  readonly current: Comfy | undefined;
  /** The newest catalog seen, also one that is kept on the disk; empty before the first. Outlives a lost connection. */
  readonly catalog: NodeCatalog;
  /** Fires when `catalog` is another one: what was checked against the old one may not hold. */
  readonly onCatalogChanged: Event<void>;
  /** Events of whichever server is current. */
  readonly onEvent: Event<ComfyEvent>;
  /**
   * Takes the other server; resolves once it answers or says why not. The one before stays connected as
   * long as somebody holds it. `isPinned` holds until the next `connect`.
   */
  connect(
    target: ComfyTarget,
    options?: { readonly isPinned?: boolean },
  ): Promise<Result<Connection, AppError>>;
  /** True when the current server was named for this start, so that no session leads away from it. */
  readonly isPinned: boolean;
  /** The current server, if it can take work now. */
  ready(): Result<Comfy, AppError>;
  /** Servers besides the current one that stay connected because a run is going there. */
  readonly others: readonly Comfy[];
  /** A connected server by the name that runs remember; undefined when nobody needs it now. */
  find(server: string): Comfy | undefined;
  /** Keeps a server connected until disposed, also when another one is taken: a run is going there. */
  hold(comfy: Comfy): Disposable;
  /** Asks the server for its node classes and models again; the old ones stay when it does not answer. */
  refreshCatalog(): Promise<void>;
  /** Measures the machine more often until disposed: a run is going. */
  watchClosely(): Disposable;
  /** Each measurement of the card that ComfyUI works on. */
  readonly onMeasure: Event<CardMeasure>;
}

interface ComfyLinkParts {
  readonly open: (target: ComfyTarget) => Promise<Result<Comfy, AppError>>;
  readonly workspace: WorkspaceStore;
  readonly clock: Clock;
  readonly machine: MachineWatch;
}

const CALM_MS = 5_000;
const CLOSE_MS = 1_000;

/** Makes the link, connected to nothing. */
export function createComfyLink({ open, workspace, clock, machine }: ComfyLinkParts): ComfyLink {
  const events = createEmitter<ComfyEvent>();
  let current: Comfy | undefined;
  const pool = createComfyPool();
  let held = createDisposableBag();
  const catalogChanged = createEmitter<void>();
  let catalog = createNodeCatalog({});
  let catalogRound = 0;
  /** When the current server told `catalog`; absent while it is another server's. */
  let catalogReadAt: number | undefined;
  let sparing = createSparing(clock);
  let watchers = 0;
  let disposed = false;
  let timer: Disposable | undefined;
  let generation = 0;
  let isPinned = false;

  const tell = (connection: Connection): void => {
    workspace.dispatch({
      type: 'connection/changed',
      connection: {
        ...connection,
        catalogRound,
        ...(catalogReadAt === undefined ? {} : { catalogReadAt }),
      },
    });
  };
  const takeCatalog = (next: NodeCatalog, readAt: number): void => {
    catalogReadAt = readAt;
    if (next === catalog) return;
    catalog = next;
    catalogRound += 1;
    catalogChanged.fire();
  };
  const measure = async (): Promise<void> => {
    const comfy = current;
    if (comfy === undefined || !isReady(comfy)) return;
    const [stats, queue] = await Promise.all([
      comfy.systemStats(),
      sparing.waitMs > 0 ? undefined : sparing.ask(() => comfy.queue()),
    ]);
    if (comfy !== current || disposed) return;
    if (stats.ok) machine.took(comfy, stats.value);
    if (queue?.ok === true) workspace.dispatch({ type: 'queue/changed', queue: queue.value });
  };
  const keepMeasuring = (): void => {
    timer?.dispose();
    if (disposed) return;
    timer = clock.after(watchers > 0 ? CLOSE_MS : CALM_MS, () => {
      void measure().finally(keepMeasuring);
    });
  };
  const loadCatalog = async (comfy: Comfy, refresh = false): Promise<void> => {
    const loaded = await comfy.catalog({ refresh });
    if (!loaded.ok || comfy !== current) return;
    // What is kept keeps the time at which it was told.
    const isKept = loaded.value === catalog && !refresh;
    takeCatalog(loaded.value, (isKept ? catalogReadAt : undefined) ?? clock.now());
  };
  const adopt = async (comfy: Comfy): Promise<Result<Connection, AppError>> => {
    current = comfy;
    sparing = createSparing(clock);
    held.add(pool.hold(comfy));
    held.add(comfy.onEvent((event) => events.fire(event)));
    const reading = comfy.onCatalogRead?.((read) => {
      if (comfy !== current) return;
      const isNews = read !== catalog;
      takeCatalog(read, clock.now());
      // The rest is told when the connection is.
      if (isNews && isReady(comfy)) tell(withCount(comfy.connection, read.size));
    });
    if (reading !== undefined) held.add(reading);
    held.add(
      comfy.onConnectionChanged((connection) => {
        if (!isReady(comfy)) {
          tell(connection);
          return;
        }
        // Whoever is told that it is ready may ask for its nodes at once.
        void loadCatalog(comfy).then(() => {
          if (comfy !== current || comfy.connection !== connection) return;
          tell(connection);
          void measure();
        });
      }),
    );
    // A server where our runs are going is connected already.
    const kept = isReady(comfy) ? undefined : await comfy.keptCatalog?.();
    if (comfy !== current) return err(appError('cancelled', {}));
    if (kept !== undefined) {
      takeCatalog(kept.catalog, kept.readAt);
      tell(comfy.connection);
    }
    const started = isReady(comfy) ? ok(comfy.connection) : await comfy.start();
    if (started.ok) await loadCatalog(comfy);
    if (comfy !== current) return err(appError('cancelled', {}));
    tell(comfy.connection);
    if (started.ok) void measure();
    keepMeasuring();
    return started;
  };

  /** A second connection to the same server would not hear of the runs of the first. */
  const reuse = (opened: Comfy): Comfy => {
    const known = pool.find(serverName(opened.connection));
    if (known === undefined || !isReady(known)) return opened;
    opened.dispose();
    return known;
  };

  return {
    get current() {
      return current;
    },
    get catalog() {
      return catalog;
    },
    onCatalogChanged: catalogChanged.event,
    onEvent: events.event,
    onMeasure: machine.onMeasure,
    get isPinned() {
      return isPinned;
    },
    connect: async (target, options) => {
      generation += 1;
      isPinned = options?.isPinned === true;
      const mine = generation;
      held.dispose();
      held = createDisposableBag();
      current = undefined;
      catalogReadAt = undefined;
      const isPractice = target === 'practice';
      const url = typeof target === 'object' ? { url: target.url } : {};
      tell({ status: 'connecting', isPractice, missing: [], ...url });
      const opened = await open(target);
      if (mine !== generation) {
        if (opened.ok) opened.value.dispose();
        return err(appError('cancelled', {}));
      }
      if (opened.ok) return adopt(reuse(opened.value));
      tell({ status: 'error', isPractice, missing: [], error: opened.error, ...url });
      return opened;
    },
    ready: () =>
      current !== undefined && isReady(current)
        ? ok(current)
        : err(appError('comfy/not-connected', {})),
    get others() {
      return pool.all.filter((comfy) => comfy !== current);
    },
    find: (server) => pool.find(server),
    hold: (comfy) => pool.hold(comfy),
    refreshCatalog: async () => {
      if (current !== undefined && isReady(current)) await loadCatalog(current, true);
    },
    watchClosely: () => {
      watchers += 1;
      if (watchers === 1) keepMeasuring();
      const looking = machine.watch(current);
      return toDisposable(() => {
        looking?.dispose();
        watchers -= 1;
      });
    },
    dispose: () => {
      disposed = true;
      // A server that is still looked for is nobody's any more.
      generation += 1;
      timer?.dispose();
      held.dispose();
      pool.dispose();
      events.dispose();
      catalogChanged.dispose();
    },
  };
}

function withCount(connection: Connection, nodeClassCount: number): Connection {
  return { ...connection, nodeClassCount };
}

function isReady({ connection }: Comfy): boolean {
  return connection.status === 'ready' || connection.status === 'degraded';
}
