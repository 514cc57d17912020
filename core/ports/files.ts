import type { Result } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';

/** The artist's files. Paths are absolute, or relative to the folder the command was started in. */
export interface Files {
  /** Refuses what is larger than `limit` bytes before reading it. */
  read(path: string, limit: number): Promise<Result<Uint8Array, AppError>>;
  /** Writes beside the target and renames, so that a full disk or a crash leaves the old file. */
  write(path: string, bytes: Uint8Array): Promise<Result<{ readonly path: string }, AppError>>;
  exists(path: string): Promise<boolean>;
}
