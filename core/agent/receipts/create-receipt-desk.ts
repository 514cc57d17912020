import { createCancellation } from '../../base/cancellation.ts';
import { type Disposable, createDisposableBag } from '../../base/disposable.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/run/receipt.schema.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import { isRunSettled } from '../../domain/run/run-reducer.ts';
import { completeReceipt } from '../../domain/run/receipt/complete-receipt.ts';
import { serializeReceipt } from '../../domain/run/receipt/read-receipt.ts';
import { startReceipt } from '../../domain/run/receipt/start-receipt.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Files } from '../../ports/files.ts';
import type { Digest } from '../../ports/ids.ts';
import type { Log } from '../../ports/log.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { ReceiptRepository } from '../../ports/repositories.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import type { PreparedRun } from '../runs/prepare-run.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { WorkspaceStore } from '../sessions/workspace-store.ts';
import { findRunEnd, serverOf } from './find-run-end.ts';
import { hashPending } from './hash-pending.ts';
import { recallPayload } from './recall-payload.ts';
import { createRunTracker } from './track-going-runs.ts';

/** Writes a receipt for every run, whatever becomes of it, and never holds one up. */
export interface ReceiptDesk extends Disposable {
  /** Call when a run is about to be handed over: what is sent is written down before anything can happen to it. */
  open(store: SessionStore, prepared: PreparedRun): void;
  /** Closes the receipts of a session as its runs end, those that an earlier core left open too. */
  follow(store: SessionStore): void;
  /** Call when a server is there again: closes what waited for it. */
  resume(stores: readonly SessionStore[]): void;
  /**
   * The receipt of a run that is over; waits until it is written. `isWhole` also waits for the hashes of its
   * models, which takes as long as reading them.
   */
  read(
    store: SessionStore,
    promptId: string,
    options?: { readonly isWhole?: boolean },
  ): Promise<Result<Receipt, AppError>>;
  /** Writes it as a file of the artist's own; what is there already is only replaced with `overwrite`. */
  saveAs(
    store: SessionStore,
    promptId: string,
    target: { readonly path: string; readonly overwrite: boolean },
  ): Promise<Result<{ readonly path: string }, AppError>>;
  /** The session was deleted: its receipts go too. */
  forget(sessionId: string): Promise<void>;
  /** Call after disposing: resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

/** What the desk works with. */
export interface ReceiptDeskParts {
  readonly link: ComfyLink;
  readonly workspace: WorkspaceStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly digest: Digest;
  readonly files: Files;
  readonly modelFiles: ModelFiles;
  readonly receiptRepository: ReceiptRepository;
  readonly appVersion: string;
}

/** How long an ended run has before its receipt is completed, ms. */
const SETTLE_MS = 100;

/** Makes the desk. */
export function createReceiptDesk(parts: ReceiptDeskParts): ReceiptDesk {
  const { link, clock, log, digest, receiptRepository: repository, appVersion } = parts;
  const bag = createDisposableBag();
  const stopped = createCancellation();
  const tracker = bag.add(createRunTracker(parts));
  /** Opened in this process and not closed yet. */
  const opened = new Map<string, Promise<Receipt>>();
  const closing = new Map<string, Promise<Result<Receipt, AppError>>>();
  const hashing = new Map<string, Promise<Result<Receipt, AppError>>>();
  const settling = new Set<Disposable>();
  /** Sessions that were deleted: nothing is written for them any more. */
  const gone = new Set<string>();
  const saving = new Set<Promise<unknown>>();

  const save = async (receipt: Receipt): Promise<Result<Receipt, AppError>> => {
    // What is not written at the end of this process is made good when the session is next opened.
    if (gone.has(receipt.sessionId) || stopped.token.isCancelled) return ok(receipt);
    const under = repository.save(receipt);
    saving.add(under);
    const saved = await under;
    saving.delete(under);
    if (!saved.ok) log.warn('receipt/not-saved', { code: saved.error.code });
    return saved.ok ? ok(receipt) : saved;
  };
  const find = (store: SessionStore, promptId: string): Run | undefined =>
    store.state.runs.find((run) => run.promptId === promptId);

  const openLate = (store: SessionStore, run: Run): Receipt =>
    startReceipt({
      ...recallPayload(store, link, run, digest),
      state: store.state,
      run,
      catalog: link.catalog,
      appVersion,
      digest,
    });
  const close = async (store: SessionStore, run: Run): Promise<Result<Receipt, AppError>> => {
    const { sessionId } = store;
    const { promptId } = run;
    const mine = await opened.get(promptId);
    const stored = mine === undefined ? await repository.load(sessionId, promptId) : ok(mine);
    if (!stored.ok) return stored;
    if (stored.value?.state === 'complete') return ok(stored.value);
    const open = stored.value ?? openLate(store, run);
    const times = tracker.end(promptId);
    const end = await findRunEnd({ ...parts, cancellation: stopped.token }, open, run, times);
    const receipt = completeReceipt(open, end);
    if (stopped.token.isCancelled) return err(appError('cancelled', {}));
    // Another server is connected: what only that one knows is asked for when it is there again.
    if (serverOf(link, run) === undefined && mayStillAsk(run)) return ok(receipt);
    opened.delete(promptId);
    return save(receipt);
  };
  const closeOnce = (store: SessionStore, run: Run): Promise<Result<Receipt, AppError>> => {
    const { promptId } = run;
    const under =
      closing.get(promptId) ?? close(store, run).finally(() => closing.delete(promptId));
    closing.set(promptId, under);
    return under;
  };
  const hashOnce = (receipt: Receipt): Promise<Result<Receipt, AppError>> => {
    const { promptId } = receipt;
    const comfy = serverOf(link, { server: receipt.server.name });
    if (comfy === undefined || receipt.models.every(({ hash }) => hash !== 'pending')) {
      return Promise.resolve(ok(receipt));
    }
    const hashes = async (): Promise<Result<Receipt, AppError>> => {
      const reading = { cancellation: stopped.token, whenIdle: () => tracker.whenIdle() };
      const hashed = await hashPending(receipt, comfy, parts.modelFiles, reading);
      return hashed.ok ? save(hashed.value) : hashed;
    };
    const under = hashing.get(promptId) ?? hashes().finally(() => hashing.delete(promptId));
    hashing.set(promptId, under);
    return under;
  };
  const settle = async (store: SessionStore, run: Run): Promise<void> => {
    try {
      const closed = await closeOnce(store, run);
      if (closed.ok) await hashOnce(closed.value);
    } catch (cause) {
      log.unexpected('a receipt could not be written', cause);
    }
  };
  /** After whoever waits for the render has been told: writing it down asks the server for the pictures again. */
  const settleSoon = (store: SessionStore, run: Run): void => {
    const timer = clock.after(SETTLE_MS, () => {
      settling.delete(timer);
      void settle(store, run);
    });
    settling.add(timer);
  };
  const settleUnfinished = async (store: SessionStore): Promise<void> => {
    for (const promptId of await repository.unfinished(store.sessionId)) {
      const run = find(store, promptId);
      if (run === undefined || !isRunSettled(run) || stopped.token.isCancelled) continue;
      void settle(store, run);
      // One after the other: a session of a long night may have left many.
      await closing.get(promptId);
    }
  };
  const resume = (store: SessionStore): void => {
    settleUnfinished(store).catch((cause: unknown) => {
      log.unexpected('unfinished receipts could not be looked at', cause);
    });
  };

  const read: ReceiptDesk['read'] = async (store, promptId, { isWhole = false } = {}) => {
    const run = find(store, promptId);
    if (run === undefined) return err(appError('receipt/unknown', { promptId }));
    const { status } = run;
    if (!isRunSettled(run)) return err(appError('receipt/not-yet', { promptId, status }));
    const closed = await closeOnce(store, run);
    if (!closed.ok || !isWhole) return closed;
    const hurry = tracker.hurry();
    const whole = await hashOnce(closed.value);
    hurry.dispose();
    return whole;
  };

  return {
    open: (store, { promptId, proposal, payload, intended }) => {
      const { state } = store;
      const { catalog } = link;
      const written = new Promise<Receipt>((resolve) => {
        // Not now: putting the changes into words takes a moment in a large workflow.
        clock.after(0, () => {
          const start = { state, run: proposal, payload, intended, catalog, appVersion, digest };
          const receipt = startReceipt(start);
          void save(receipt).then(() => resolve(receipt));
        });
      });
      opened.set(promptId, written);
    },
    follow: (store) => {
      bag.add(
        store.onEnvelope(({ action }) => {
          if (action.type === 'run/released') tracker.begin(action.promptId);
          if (action.type !== 'run/ended' && action.type !== 'run/verified') return;
          const run = find(store, action.promptId);
          if (run !== undefined && isRunSettled(run)) settleSoon(store, run);
        }),
      );
      resume(store);
    },
    resume: (stores) => {
      for (const store of stores) resume(store);
    },
    read,
    saveAs: async (store, promptId, { path, overwrite }) => {
      const receipt = await read(store, promptId, { isWhole: true });
      if (!receipt.ok) return receipt;
      if (!overwrite && (await parts.files.exists(path))) {
        const reason = 'a file of that name is already there';
        return err(appError('file/unwritable', { path, reason }));
      }
      return parts.files.write(path, new TextEncoder().encode(serializeReceipt(receipt.value)));
    },
    forget: async (sessionId) => {
      gone.add(sessionId);
      await Promise.allSettled(saving);
      const removed = await repository.removeAll(sessionId);
      if (!removed.ok) log.warn('receipt/not-removed', { code: removed.error.code });
    },
    settled: async () => {
      await Promise.allSettled(saving);
    },
    dispose: () => {
      stopped.cancel();
      for (const timer of settling) timer.dispose();
      bag.dispose();
    },
  };
}

/** A run that never came to a server has nothing that only a server knows. */
function mayStillAsk({ startedAt, outputs }: Run): boolean {
  return startedAt !== undefined || outputs.length > 0;
}
