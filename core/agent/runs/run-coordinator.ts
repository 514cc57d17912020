import {
  type Cancellation,
  type CancellationSource,
  createCancellation,
} from '../../base/cancellation.ts';
import { type Disposable, createDisposableBag, toDisposable } from '../../base/disposable.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import type { Actor } from '../../contract/session.schema.ts';
import { isRunOver, isRunSettled } from '../../domain/run/run-reducer.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import {
  type PreparedRun,
  type PrepareRunParts,
  type StartRunOptions,
  prepareRun,
  recallRun,
} from './prepare-run.ts';
import { serverName } from './server-name.ts';
import { stopRunning } from './stop-running.ts';
import { type WatchRunParts, type WatchedRun, watchRun } from './watch-run.ts';

/** Proposes, queues, follows, verifies and cancels runs. */
export interface RunCoordinator extends Disposable {
  /** Resolves once queued (or refused); with `needsRelease` once the artist has let it go. */
  start(store: SessionStore, options: StartRunOptions): Promise<Result<Run, AppError>>;
  release(store: SessionStore, promptId: string, by: Actor): Result<void, AppError>;
  /** Lets every run of this turn go that waits, or will wait, for its release, until disposed. */
  releaseTurn(store: SessionStore, turnId: string, by: Actor): Disposable;
  /** Resolves when the run is over and was verified. */
  await(store: SessionStore, promptId: string): Promise<Result<Run, AppError>>;
  /** Takes a waiting run out of the queue or stops the running one; never somebody else's. */
  cancel(store: SessionStore, promptId: string): Promise<Result<Run, AppError>>;
  /** Picks up the runs of a session that was just loaded: their pictures, and those still going. */
  resume(store: SessionStore): void;
}

/** Everything the coordinator works with. */
export interface RunCoordinatorParts extends PrepareRunParts, WatchRunParts {
  readonly link: ComfyLink;
  readonly clock: Clock;
  /** Hears of every run before it is handed over. */
  readonly onPrepared: (store: SessionStore, run: PreparedRun) => void;
}

/** Makes the coordinator. */
export function createRunCoordinator(parts: RunCoordinatorParts): RunCoordinator {
  const { link, assets } = parts;
  const watchers = new Map<string, { readonly comfy: Comfy; readonly watcher: Disposable }>();
  const releasedTurns = new Map<string, Actor>();
  /** Prepared, and not queued yet; cancelling one of these withdraws it. */
  const unsent = new Map<string, CancellationSource>();
  /** Runs that the artist stopped: when the server forgets one of these, it was taken out. */
  const unwanted = new Set<string>();

  const find = (store: SessionStore, promptId: string): Run | undefined =>
    store.state.runs.find((run) => run.promptId === promptId);
  const endCancelled = (store: SessionStore, promptId: string): void => {
    store.dispatch({ type: 'run/ended', promptId, status: 'cancelled', outputs: [] });
  };
  /** Ends a run that the server does not have. */
  const refuse = (
    store: SessionStore,
    promptId: string,
    failure: AppError,
  ): Result<never, AppError> => {
    unsent.delete(promptId);
    if (failure.code === 'cancelled') endCancelled(store, promptId);
    else store.dispatch({ type: 'run/ended', promptId, status: 'failed', outputs: [], failure });
    return err(failure);
  };
  const watch = (watched: Omit<WatchedRun, 'onOver' | 'isUnwanted'>): void => {
    const { promptId, comfy } = watched;
    const before = watchers.get(promptId);
    if (before?.comfy === comfy) return;
    before?.watcher.dispose();
    const onOver = (): void => void watchers.delete(promptId);
    const isUnwanted = (): boolean => unwanted.has(promptId);
    watchers.set(promptId, { comfy, watcher: watchRun(parts, { ...watched, onOver, isUnwanted }) });
  };
  const submit = async (
    store: SessionStore,
    run: PreparedRun,
    cancellation: Cancellation,
  ): Promise<Result<Run, AppError>> => {
    const { promptId, payload, workflow } = run;
    const comfy = link.ready();
    // On disk before it is queued: after a crash we still know that this run is ours.
    const saved = comfy.ok ? await store.saved() : comfy;
    if (cancellation.isCancelled) return refuse(store, promptId, appError('cancelled', {}));
    if (!comfy.ok) return refuse(store, promptId, comfy.error);
    if (!saved.ok) return refuse(store, promptId, saved.error);
    // Also when another server is taken before this one has answered.
    const lease = link.hold(comfy.value);
    const submission = { promptId, payload, workflow };
    const accepted = await comfy.value.submit(submission, cancellation);
    if (!accepted.ok) {
      lease.dispose();
      return refuse(store, promptId, run.withTitles(accepted.error));
    }
    unsent.delete(promptId);
    const { unconfirmed } = accepted.value;
    const warnings = run.titled(accepted.value.warnings);
    if (unconfirmed === undefined) store.dispatch({ type: 'run/queued', promptId, warnings });
    watch({ store, promptId, intent: run, comfy: comfy.value, payload, ifLost: unconfirmed });
    lease.dispose();
    const seen = await until(store, promptId, ({ status }) => status !== 'proposed');
    if (!seen.ok || unconfirmed === undefined) return seen;
    return seen.value.failure === undefined ? seen : err(seen.value.failure);
  };
  const release = (store: SessionStore, promptId: string, by: Actor): Result<void, AppError> => {
    const run = find(store, promptId);
    if (run === undefined) return err(appError('run/unknown', { promptId }));
    if (run.status !== 'proposed' || !unsent.has(promptId)) {
      return err(appError('run/not-running', { promptId, status: run.status }));
    }
    store.dispatch({ type: 'run/released', promptId, by });
    return ok(undefined);
  };
  /** Resolves with the run as soon as `isReached` holds for it. */
  const until = (
    store: SessionStore,
    promptId: string,
    isReached: (run: Run) => boolean,
  ): Promise<Result<Run, AppError>> =>
    new Promise((resolve) => {
      const waiting = createDisposableBag();
      const look = (): void => {
        const run = find(store, promptId);
        if (run !== undefined && !isReached(run)) return;
        waiting.dispose();
        resolve(run === undefined ? err(appError('run/unknown', { promptId })) : ok(run));
      };
      waiting.add(store.onEnvelope(look));
      look();
    });

  return {
    start: async (store, options) => {
      const run = await prepareRun(parts, store, options);
      if (!run.ok) return run;
      const { promptId } = run.value;
      const stopping = createCancellation();
      unsent.set(promptId, stopping);
      parts.onPrepared(store, run.value);
      store.dispatch({ type: 'run/proposed', run: run.value.proposal });
      if (!options.needsRelease) {
        store.dispatch({ type: 'run/released', promptId, by: options.requestedBy });
        return submit(store, run.value, stopping.token);
      }
      const { turnId } = options;
      const by = turnId === undefined ? undefined : releasedTurns.get(turnId);
      if (by !== undefined) release(store, promptId, by);
      const decided = await until(
        store,
        promptId,
        ({ status, queuedAt }) => status !== 'proposed' || queuedAt !== undefined,
      );
      if (!decided.ok || decided.value.status !== 'proposed') {
        unsent.delete(promptId);
        return decided.ok ? err(appError('cancelled', {})) : decided;
      }
      return submit(store, run.value, stopping.token);
    },
    release,
    releaseTurn: (store, turnId, by) => {
      releasedTurns.set(turnId, by);
      for (const run of store.state.runs) {
        if (run.turnId === turnId && run.status === 'proposed') release(store, run.promptId, by);
      }
      return toDisposable(() => releasedTurns.delete(turnId));
    },
    await: (store, promptId) => until(store, promptId, isRunSettled),
    cancel: async (store, promptId) => {
      const run = find(store, promptId);
      if (run === undefined) return err(appError('run/unknown', { promptId }));
      if (isRunOver(run)) return err(appError('run/not-running', { promptId, status: run.status }));
      if (run.status === 'proposed' && run.queuedAt === undefined) {
        endCancelled(store, promptId);
        return until(store, promptId, isRunOver);
      }
      const onItsWay = unsent.get(promptId);
      if (onItsWay !== undefined) {
        onItsWay.cancel();
        return until(store, promptId, isRunOver);
      }
      // The server that it was queued on, which another one may have taken the place of.
      const own = link.find(run.server);
      const comfy = own === undefined ? err(appError('comfy/not-connected', {})) : ok(own);
      if (!comfy.ok) return comfy;
      unwanted.add(promptId);
      const deleted = await comfy.value.deletePending(promptId);
      if (!deleted.ok) return deleted;
      const queue = await comfy.value.queue();
      if (!queue.ok) return queue;
      if (queue.value.running.includes(promptId)) {
        const over = until(store, promptId, isRunOver);
        const nodeTitle = (): string | undefined => find(store, promptId)?.progress?.nodeTitle;
        const unwantedRun = { comfy: comfy.value, clock: parts.clock, promptId, over, nodeTitle };
        const stopped = await stopRunning(unwantedRun);
        return stopped.ok ? over : stopped;
      }
      const history = await comfy.value.history(promptId);
      if (history.ok && history.value === undefined) endCancelled(store, promptId);
      return until(store, promptId, isRunOver);
    },
    resume: (store) => {
      for (const run of store.state.runs) {
        for (const output of run.outputs) {
          const { kind, filename, subfolder, folder } = output;
          if (kind === 'text') continue;
          assets.register({ kind: 'comfy-file', server: run.server, filename, subfolder, folder });
        }
        const { promptId, status, queuedAt } = run;
        if (unsent.has(promptId)) continue;
        // Not let go before the core stopped, so it was never sent.
        if (status === 'proposed' && queuedAt === undefined) endCancelled(store, promptId);
        const isUndecided =
          !isRunSettled(run) && !(status === 'proposed' && queuedAt === undefined);
        const comfy = link.ready();
        const isOnServer = comfy.ok && serverName(comfy.value.connection) === run.server;
        if (!isOnServer || !isUndecided) continue;
        if (watchers.get(promptId)?.comfy === comfy.value) continue;
        const recalled = recallRun(parts, store, run);
        if (recalled !== undefined) {
          watch({ store, promptId, comfy: comfy.value, isRecalled: true, ...recalled });
        }
      }
    },
    dispose: () => {
      for (const { watcher } of watchers.values()) watcher.dispose();
    },
  };
}
