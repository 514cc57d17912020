import type { Dispatcher } from 'undici';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';

/** A response with its whole body. */
export interface WholeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Uint8Array;
}

/**
 * One request and its whole answer; rejects with what the network threw. By undici's handlers instead of its
 * streams: small answers are most of what is asked, and a stream costs more than they do.
 */
export function exchange(
  pool: Dispatcher,
  request: Dispatcher.DispatchOptions,
  maxBytes: number,
): Promise<Result<WholeResponse, AppError>> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    let head: Omit<WholeResponse, 'bytes'> = { status: 0, headers: {} };
    pool.dispatch(request, {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, status, headers) => {
        head = { status, headers };
      },
      onResponseData: (controller, piece) => {
        size += piece.byteLength;
        if (size <= maxBytes) {
          pieces.push(piece);
          return;
        }
        resolve(err(appError('comfy/too-large', { limit: maxBytes })));
        controller.abort(new Error('too large'));
      },
      onResponseEnd: () => resolve(ok({ ...head, bytes: join(pieces, size) })),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}
