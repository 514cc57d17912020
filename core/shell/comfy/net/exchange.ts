import { createHash } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';

/** A response with its whole body, or with what was made of that. */
export interface WholeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Empty where the body was only to be hashed. */
  readonly bytes: Uint8Array;
  readonly hashed?: HashedBody;
}

/** What is left of a body that was hashed as it passed. */
export interface HashedBody {
  /** Length, bytes. */
  readonly size: number;
  /** Hex SHA-256. */
  readonly sha256: string;
}

/** What becomes of a body. */
export interface BodyUse {
  /** Longer ones are `comfy/too-large`, bytes. */
  readonly maxBytes: number;
  /** Hashed piece by piece instead of kept: a film of gigabytes takes no memory. */
  readonly isHashed: boolean;
}

/**
 * One request and its whole answer; rejects with what the network threw. By undici's handlers instead of its
 * streams: small answers are most of what is asked, and a stream costs more than they do.
 */
export function exchange(
  pool: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { maxBytes, isHashed }: BodyUse,
): Promise<Result<WholeResponse, AppError>> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    const hash = isHashed ? createHash('sha256') : undefined;
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
          if (hash === undefined) pieces.push(piece);
          else hash.update(piece);
          return;
        }
        resolve(err(appError('comfy/too-large', { limit: maxBytes })));
        controller.abort(new Error('too large'));
      },
      onResponseEnd: () => {
        const hashed = hash === undefined ? {} : { hashed: { size, sha256: hash.digest('hex') } };
        resolve(ok({ ...head, bytes: join(pieces), ...hashed }));
      },
      onResponseError: (_controller, error) => reject(error),
    });
  });
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) {
    return new Uint8Array(first.buffer, first.byteOffset, first.byteLength);
  }
  const bytes = new Uint8Array(pieces.reduce((size, { byteLength }) => size + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}
