import { type PeerCertificate, type TLSSocket, connect } from 'node:tls';

/** A server's certificate, as somebody would compare it. */
export interface ServerCertificate {
  /** SHA-256, e.g. "AB:CD:…". */
  readonly fingerprint: string;
  /** Whom it names; "" when it names nobody. */
  readonly issuedTo: string;
  /** As the certificate writes it, e.g. "Nov 20 10:00:00 2027 GMT". */
  readonly expires: string;
}

/** Thrown before anything is sent: the certificate is another one than the artist trusted. */
export class CertificateChanged extends Error {
  readonly fingerprint: string;
  constructor(fingerprint: string) {
    super('another certificate than the trusted one');
    this.name = 'CertificateChanged';
    this.fingerprint = fingerprint;
  }
}

/** Says why a connection must not be used, or undefined when its certificate is the pinned one. */
export function checkPin(socket: TLSSocket, pin: string): CertificateChanged | undefined {
  const { fingerprint } = describe(socket);
  return fingerprint === pin ? undefined : new CertificateChanged(fingerprint);
}

/** Looks at a server's certificate without sending it anything; undefined when there is none to see. */
export function readCertificate(
  origin: string,
  timeoutMs: number,
): Promise<ServerCertificate | undefined> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: port === '' ? 443 : Number(port),
      rejectUnauthorized: false,
      ...(isIpAddress(host) ? {} : { servername: host }),
    });
    const give = (certificate: ServerCertificate | undefined): void => {
      socket.destroy();
      resolve(certificate);
    };
    socket.setTimeout(timeoutMs, () => give(undefined));
    socket.once('error', () => give(undefined));
    socket.once('secureConnect', () => give(describe(socket)));
  });
}

/** True for an address in numbers, which a certificate is not asked for by name. */
export function isIpAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}

function describe(socket: TLSSocket): ServerCertificate {
  // Empty when the other side has shown none.
  const shown: Partial<PeerCertificate> = socket.getPeerCertificate();
  const named: string | readonly string[] | undefined = shown.subject?.CN;
  return {
    fingerprint: shown.fingerprint256 ?? '',
    issuedTo: (typeof named === 'string' ? named : named?.[0]) ?? '',
    expires: shown.valid_to ?? '',
  };
}
