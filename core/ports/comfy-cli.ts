import type { Result } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';
import type { ComfyInstall, ComfyLog } from '../contract/machine/machine.schema.ts';

/** comfy-cli, the program that installs and starts ComfyUI on this machine, where it is there. It is only asked what the artist asks. */
export interface ComfyCli {
  /** Which ComfyUI it would start; undefined where there is no comfy-cli. */
  which(): Promise<Result<ComfyInstall | undefined, AppError>>;
  /** Starts that ComfyUI in the background, as the user we run as; resolves to its address once it answers. */
  start(): Promise<Result<{ readonly url: string }, AppError>>;
  /** Stops the one that it started; others are left alone. */
  stop(): Promise<Result<void, AppError>>;
  /** The end of its log, without secrets. */
  logs(lines: number): Promise<Result<ComfyLog, AppError>>;
}
