import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { HashOptions } from '../../ports/model-files.ts';
import { toReadError } from '../system/file-error.ts';

/** Small enough that hashing one piece holds nobody up for more than a millisecond or two. */
const PIECE = 1024 * 1024;

/** SHA-256 of a file in lower-case hex, read piece by piece so that the rest of the core goes on meanwhile. */
export async function hashFile(
  path: string,
  { cancellation, whenIdle }: HashOptions,
): Promise<Result<string, AppError>> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE);
  try {
    await using file = await open(path, 'r');
    for (;;) {
      await whenIdle?.();
      if (cancellation.isCancelled) return err(appError('cancelled', {}));
      const { bytesRead } = await file.read(piece, 0, PIECE);
      if (bytesRead === 0) return ok(hash.digest('hex'));
      hash.update(piece.subarray(0, bytesRead));
      await setImmediate();
    }
  } catch (cause) {
    return err(toReadError(cause, path));
  }
}
