import { Pool, type Dispatcher } from 'undici';
import type { Disposable } from '../../../base/disposable.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import type { ComfyAddress } from '../address.ts';
import { createHttpConnector } from './connectors.ts';
import { type BodyUse, type HashedBody, type WholeResponse, exchange } from './exchange.ts';
import { followRedirect } from './follow-redirect.ts';

/** An answer with its whole body, whatever its status. */
export interface ComfyAnswer {
  readonly status: number;
  /** Without parameters, lower case; "" when the server named none. */
  readonly mediaType: string;
  /** What names this version of the answer, where the server or a proxy gives one. */
  readonly etag?: string;
  /** Where a part was asked for and came: bytes of the whole, if the server knows. */
  readonly wholeSize?: number;
  /** Empty where the body was only to be hashed. */
  readonly bytes: Uint8Array;
  readonly hashed?: HashedBody;
}

/** One request; times are ms until the headers are there and between two pieces of the body. */
export interface WireRequest extends BodyUse {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly timeoutMs: number;
}

/** Kept connections to one server. A request that the network fails is thrown, for the caller to put into words. */
export interface Wire extends Disposable {
  /** Where requests go now: the given address, or the one that a proxy there moved everything to. */
  readonly address: ComfyAddress;
  send(request: WireRequest): Promise<Result<ComfyAnswer, AppError>>;
}

const CONNECT_TIMEOUT_MS = 4_000;
const MAX_REDIRECTS = 5;
const CONNECTIONS = 8;

/** Makes the wire; nothing is connected before the first request. */
export function createWire(given: ComfyAddress): Wire {
  let address = given;
  let pool = openPool(address);
  let retired: Pool | undefined;

  const adopt = (next: ComfyAddress): void => {
    if (next.origin !== address.origin) {
      retired = pool;
      pool = openPool(next);
      void retired.close();
    }
    address = next;
  };
  const send = async (request: WireRequest): Promise<Result<ComfyAnswer, AppError>> => {
    let path = request.path;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const options: Dispatcher.DispatchOptions = {
        method: request.method,
        path: path === request.path ? `${address.basePath}${path}` : path,
        headers: { ...address.headers, ...request.headers },
        body: request.body ?? null,
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
      };
      const response = await exchange(pool, options, request);
      if (!response.ok) return response;
      const target = redirectTarget(response.value);
      if (target === undefined) return ok(toAnswer(response.value));
      const next = followRedirect(target, { ...request, path }, address, given.url);
      if (!next.ok) return next;
      if (next.value.kind === 'moved') adopt(next.value.address);
      else path = next.value.path;
    }
    return err(appError('comfy/refused', { url: given.url, status: 302 }));
  };
  return {
    get address() {
      return address;
    },
    send,
    dispose: () => {
      void pool.destroy();
      void retired?.destroy();
    },
  };
}

function openPool({ origin, pin }: ComfyAddress): Pool {
  return new Pool(origin, {
    connections: CONNECTIONS,
    connect: createHttpConnector(pin, CONNECT_TIMEOUT_MS),
  });
}

function redirectTarget({ status, headers }: WholeResponse): string | undefined {
  return [301, 302, 303, 307, 308].includes(status) ? only(headers['location']) : undefined;
}

function toAnswer({ status, headers, bytes, hashed }: WholeResponse): ComfyAnswer {
  const etag = only(headers['etag']);
  const wholeSize = /^bytes \d+-\d+\/(\d+)$/.exec(only(headers['content-range']) ?? '')?.[1];
  return {
    status,
    mediaType: only(headers['content-type'])?.split(';')[0]?.trim().toLowerCase() ?? '',
    ...(etag === undefined ? {} : { etag }),
    ...(wholeSize === undefined ? {} : { wholeSize: Number(wholeSize) }),
    ...(hashed === undefined ? {} : { hashed }),
    bytes,
  };
}

function only(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
