import type { Result } from '../base/result.ts';
import type { SessionEnvelope } from '../contract/actions.ts';
import type { AppError } from '../contract/errors.ts';
import type { RunTimes } from '../domain/run/pace/run-times.ts';
import type { Settings } from '../contract/machine/machine.schema.ts';
import type { Receipt } from '../contract/run/receipt.schema.ts';

/** A session as it was stored. */
export interface StoredSession {
  readonly envelopes: readonly SessionEnvelope[];
  /** What could not be read, in words; absent when everything could. */
  readonly damage?: string;
}

/** Where sessions live: one append-only log each. */
export interface SessionRepository {
  list(): Promise<readonly string[]>;
  load(sessionId: string): Promise<Result<StoredSession, AppError>>;
  /** Appends in order; with `durable` it returns only once the disk has it. */
  append(
    sessionId: string,
    envelopes: readonly SessionEnvelope[],
    durable: boolean,
  ): Promise<Result<void, AppError>>;
  remove(sessionId: string): Promise<Result<void, AppError>>;
}

/** Where it is kept how long nodes take. */
export interface RunTimesRepository {
  load(): Promise<RunTimes>;
  save(times: RunTimes): Promise<Result<void, AppError>>;
}

/** Where the artist's choices live. */
export interface SettingsRepository {
  load(): Promise<Settings>;
  save(settings: Settings): Promise<Result<void, AppError>>;
}

/** Where the receipts of runs live: one file per run, beside the session it belongs to. */
export interface ReceiptRepository {
  /** Undefined where the run has left none; fails for one that cannot be read. */
  load(sessionId: string, promptId: string): Promise<Result<Receipt | undefined, AppError>>;
  /** Replaces the one before; a full disk or a crash leaves the old one. */
  save(receipt: Receipt): Promise<Result<void, AppError>>;
  /** Runs of the session whose receipt is still open, or lacks a hash that was to be worked out. */
  unfinished(sessionId: string): Promise<readonly string[]>;
  /** Removes all receipts of a session. */
  removeAll(sessionId: string): Promise<Result<void, AppError>>;
  /** Looks through all sessions. */
  find(promptId: string): Promise<Result<Receipt | undefined, AppError>>;
}
