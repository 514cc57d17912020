import { type AppError, appError } from '../../contract/errors.ts';

/** Turns what the network threw into what an artist can act on; `url` carries no credentials. */
export function toTransportError(cause: unknown, url: string, timeoutMs: number): AppError {
  const code = causeCode(cause);
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return appError('comfy/not-connected', {});
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return appError('comfy/timeout', { url, seconds: timeoutMs / 1000 });
  }
  // Whatever listens there does not speak HTTP.
  if (code === 'HTTPParserError' || code.startsWith('HPE_'))
    return appError('comfy/not-comfyui', { url });
  return appError('comfy/unreachable', { url, reason: reasons[code] ?? code.toLowerCase() });
}

/** True when the request cannot have reached the server: nothing listens, no such computer, no trust. */
export function isUnsent(error: AppError): boolean {
  if (error.code === 'comfy/not-comfyui') return true;
  return error.code === 'comfy/unreachable' && !cutReasons.includes(error.data.reason);
}

/** True when a connection ended before it answered, as a kept connection does when the server drops it. */
export function wasCutOff(cause: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(causeCode(cause));
}

const CUT = 'the connection was cut';
/** After these, what was sent may have arrived. */
const cutReasons: readonly string[] = [CUT, 'nobody answered', 'unknown'];

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing is listening there',
  ECONNRESET: CUT,
  EPIPE: CUT,
  UND_ERR_SOCKET: CUT,
  ENOTFOUND: 'no computer of that name was found',
  EAI_AGAIN: 'no computer of that name was found',
  EHOSTUNREACH: 'the computer cannot be reached from here',
  ENETUNREACH: 'the network cannot be reached from here',
  ETIMEDOUT: 'nobody answered',
  UND_ERR_CONNECT_TIMEOUT: 'nobody answered',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and not trusted here',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed and not trusted here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not answer on https; try http',
};

function causeCode(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return 'unknown';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  if ('cause' in cause) return causeCode(cause.cause);
  return cause instanceof Error ? cause.name : 'unknown';
}
