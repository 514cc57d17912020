import type { Disposable } from '../../base/disposable.ts';
import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { type Result, err } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { RequestStats } from '../../contract/machine/machine.schema.ts';
import type { Clock } from '../../ports/clock.ts';
import { createClock } from '../system/create-clock.ts';
import type { ComfyAddress } from './address.ts';
import { readCertificate } from './net/certificate.ts';
import { type ComfyAnswer, type WireRequest, createWire } from './net/create-wire.ts';
import { createCircuitBreaker } from './resilience/circuit-breaker.ts';
import { createRequestMetrics } from './resilience/request-metrics.ts';
import { createRetryBudget } from './resilience/retry-budget.ts';
import { distrustOf, toTransportError, wasCutOff } from './transport-error.ts';

/** How long a call may take and how much may come back. */
export interface CallLimits {
  /** ms until the headers are there, and between two pieces of the body. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** A part of the body only, as in the header `Range`; a server may send all of it. */
  readonly range?: string;
  /** Hashes the body as it passes instead of keeping it. */
  readonly isHashed?: boolean;
  /** Asks even a server that does not answer: to find out whether it is back. */
  readonly isProbe?: boolean;
  /** Names the version that is at hand: the answer may be 304 with nothing in it. */
  readonly unlessEtag?: string | undefined;
}

/** What the request layer may be told; everything has a default. */
export interface ComfyHttpOptions {
  readonly clock?: Clock;
  /** ms for calls that name no time of their own. */
  readonly timeoutMs?: number;
  /** Second tries per minute. */
  readonly retriesPerMinute?: number;
}

/** Pooled HTTP to one ComfyUI: keeps connections, limits every call, sends no Origin, never throws. */
export interface ComfyHttp extends Disposable {
  /** Where it asks now; another address than the given one after a proxy has sent us on. */
  readonly address: ComfyAddress;
  get(path: string, limits?: CallLimits): Promise<Result<ComfyAnswer, AppError>>;
  post(path: string, body: JsonObject, limits?: CallLimits): Promise<Result<ComfyAnswer, AppError>>;
  /** GET that must answer 200 with JSON. */
  getJson(path: string, limits?: CallLimits): Promise<Result<JsonValue, AppError>>;
  /** Reads an answer's body as JSON, exactly; HTML and torn texts are `comfy/unreadable-answer`. */
  readJson(answer: Pick<ComfyAnswer, 'bytes'>): Result<JsonValue, AppError>;
  /** The error for a status that the caller has no meaning for. */
  refusal(answer: ComfyAnswer): AppError;
  stats(): RequestStats;
}

const TIMEOUT_MS = 15_000;
const CERTIFICATE_TIMEOUT_MS = 4_000;
const RETRIES_PER_MINUTE = 30;
/** `/object_info` of a server with hundreds of node packs is some 20 MB. */
const MAX_JSON_BYTES = 128 * 1024 * 1024;

/** Makes the HTTP side of a connection; `dispose` cuts what is under way. */
export function createComfyHttp(address: ComfyAddress, options: ComfyHttpOptions = {}): ComfyHttp {
  const clock = options.clock ?? createClock();
  const breaker = createCircuitBreaker(clock);
  const budget = createRetryBudget(clock, options.retriesPerMinute ?? RETRIES_PER_MINUTE);
  const metrics = createRequestMetrics();
  const wire = createWire(address);
  let disposed = false;

  const send = async (
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    limits: CallLimits,
  ): Promise<Result<ComfyAnswer, AppError>> => {
    if (disposed) return err(appError('comfy/not-connected', {}));
    // What the artist asked for is always tried; only questions wait for the server to be back.
    const held = method === 'GET' && limits.isProbe !== true ? breaker.refuse() : undefined;
    if (held !== undefined) {
      metrics.heldBack();
      return err(held);
    }
    const began = clock.now();
    const answer = await ask(method, path, body, limits);
    const isAnswered = answer.ok || !isTransportFailure(answer.error);
    if (isAnswered) {
      metrics.answered(clock.now() - began);
      breaker.succeeded();
    } else {
      metrics.failed(clock.now() - began);
      if (!isDisposed()) breaker.failed(answer.error);
    }
    return answer;
  };
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    limits: CallLimits,
  ): Promise<Result<ComfyAnswer, AppError>> => {
    const timeoutMs = limits.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS;
    const request: WireRequest = {
      method,
      path,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(limits.range === undefined ? {} : { range: limits.range }),
        ...(limits.unlessEtag === undefined ? {} : { 'if-none-match': limits.unlessEtag }),
      },
      body,
      timeoutMs,
      maxBytes: limits.maxBytes ?? MAX_JSON_BYTES,
      isHashed: limits.isHashed ?? false,
    };
    try {
      return await wire.send(request);
    } catch (cause) {
      // A kept connection that the server has just closed: nothing was answered, so a GET may ask again.
      if (method === 'GET' && wasCutOff(cause) && !isDisposed() && budget.take()) {
        metrics.retried();
        try {
          return await wire.send(request);
        } catch (again) {
          return err(await explain(again, timeoutMs));
        }
      }
      return err(await explain(cause, timeoutMs));
    }
  };
  const explain = async (cause: unknown, timeoutMs: number): Promise<AppError> => {
    const reason = distrustOf(cause);
    if (reason === undefined) return toTransportError(cause, address.url, timeoutMs);
    // The certificate is that of the address we were sent on to.
    const { url, origin } = wire.address;
    const certificate = await readCertificate(origin, CERTIFICATE_TIMEOUT_MS);
    return certificate === undefined
      ? appError('comfy/unreachable', { url, reason })
      : appError('comfy/untrusted-certificate', { url, reason, ...certificate });
  };
  const isDisposed = (): boolean => disposed;

  const readJson = (answer: Pick<ComfyAnswer, 'bytes'>): Result<JsonValue, AppError> => {
    const text = new TextDecoder().decode(answer.bytes);
    const parsed = parseExactJson(text);
    if (parsed.ok) return parsed;
    const reason = /^\s*</.test(text)
      ? 'a web page came back instead of data'
      : `the answer is damaged: ${parsed.error.message}`;
    return err(appError('comfy/unreadable-answer', { url: address.url, reason }));
  };

  const refusal = (answer: ComfyAnswer): AppError => {
    if (answer.status === 401 || answer.status === 403) {
      return appError('comfy/refused', { url: address.url, status: answer.status });
    }
    if (answer.status >= 502 && answer.status <= 504) {
      const reason = `a server in between answered ${String(answer.status)}`;
      return appError('comfy/unreachable', { url: address.url, reason });
    }
    const reason = `it answered with status ${String(answer.status)}`;
    return appError('comfy/unreadable-answer', { url: address.url, reason });
  };

  return {
    get address() {
      return wire.address;
    },
    get: (path, limits = {}) => send('GET', path, undefined, limits),
    post: (path, body, limits = {}) => send('POST', path, stringifyExactJson(body), limits),
    getJson: async (path, limits = {}) => {
      const answer = await send('GET', path, undefined, limits);
      if (!answer.ok) return answer;
      return answer.value.status === 200 ? readJson(answer.value) : err(refusal(answer.value));
    },
    readJson,
    refusal,
    stats: () => ({ ...metrics.read(), breaker: breaker.state, breakerChanges: breaker.changes }),
    dispose: () => {
      disposed = true;
      breaker.dispose();
      wire.dispose();
    },
  };
}

function isTransportFailure({ code }: AppError): boolean {
  return code === 'comfy/unreachable' || code === 'comfy/timeout' || code === 'comfy/not-connected';
}
