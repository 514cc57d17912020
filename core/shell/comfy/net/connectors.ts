import type { ClientRequestArgs } from 'node:http';
import { type TLSSocket, connect as connectTls } from 'node:tls';
import { buildConnector } from 'undici';
import { CertificateChanged, checkPin, isIpAddress } from './certificate.ts';

/**
 * How HTTP connects. With a pin only that certificate will do, whatever the system thinks of it, and it is
 * looked at before the first byte is sent.
 */
export function createHttpConnector(
  pin: string | undefined,
  timeoutMs: number,
): buildConnector.connector {
  if (pin === undefined) return buildConnector({ timeout: timeoutMs, allowH2: false });
  const connect = buildConnector({
    timeout: timeoutMs,
    allowH2: false,
    rejectUnauthorized: false,
    // A resumed session brings no certificate to look at.
    maxCachedSessions: 0,
  });
  return (options, callback) => {
    // An address that is not encrypted cannot be the one that was trusted.
    if (options.protocol !== 'https:') {
      callback(new CertificateChanged(''), null);
      return;
    }
    connect(options, (...[error, socket]) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      const changed = checkPin(socket as TLSSocket, pin);
      if (changed === undefined) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(changed, null);
    });
  };
}

/** The same promise for a WebSocket. */
export function createSocketConnector(
  pin: string,
): NonNullable<ClientRequestArgs['createConnection']> {
  return (options, done) => {
    const host = options.hostname ?? options.host ?? '';
    const socket = connectTls({
      host: host.replace(/^\[|\]$/g, ''),
      port: Number(options.port ?? 443),
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      ...(isIpAddress(host) ? {} : { servername: host }),
    });
    const failed = (cause: Error): void => done(cause, socket);
    socket.once('error', failed);
    socket.once('secureConnect', () => {
      socket.off('error', failed);
      const changed = checkPin(socket, pin);
      if (changed === undefined) {
        done(null, socket);
        return;
      }
      socket.destroy();
      done(changed, socket);
    });
    return undefined;
  };
}
