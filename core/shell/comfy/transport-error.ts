import { type AppError, appError } from '../../contract/errors.ts';
import { CertificateChanged } from './net/certificate.ts';

/** Turns what the network threw into what an artist can act on; `url` carries no credentials. */
export function toTransportError(cause: unknown, url: string, timeoutMs: number): AppError {
  const changed = findChanged(cause);
  if (changed !== undefined) {
    return appError('comfy/certificate-changed', { url, fingerprint: changed.fingerprint });
  }
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

/** Why the system does not trust a server's certificate; undefined when that is not what went wrong. */
export function distrustOf(cause: unknown): string | undefined {
  return distrusts[causeCode(cause)];
}

/** True when the request cannot have reached the server: nothing listens, no such computer, no trust. */
export function isUnsent(error: AppError): boolean {
  if (unsentCodes.includes(error.code)) return true;
  return error.code === 'comfy/unreachable' && !cutReasons.includes(error.data.reason);
}

/** True when a connection ended before it answered, as a kept connection does when the server drops it. */
export function wasCutOff(cause: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(causeCode(cause));
}

const unsentCodes: readonly AppError['code'][] = [
  'comfy/not-comfyui',
  'comfy/untrusted-certificate',
  'comfy/certificate-changed',
  'comfy/moved',
];
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
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not answer on https; try http',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not answer on https; try http',
};

const SELF_SIGNED = 'it signed its certificate itself';
const UNKNOWN_SIGNER = 'nobody that this computer trusts has signed its certificate';
const distrusts: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: SELF_SIGNED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_SIGNER,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_SIGNER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_SIGNER,
  CERT_UNTRUSTED: UNKNOWN_SIGNER,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function findChanged(cause: unknown): CertificateChanged | undefined {
  if (cause instanceof CertificateChanged) return cause;
  return cause instanceof Error && cause.cause !== undefined ? findChanged(cause.cause) : undefined;
}

function causeCode(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return 'unknown';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  if ('cause' in cause) return causeCode(cause.cause);
  return cause instanceof Error ? cause.name : 'unknown';
}
