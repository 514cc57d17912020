import { appError } from '../../core/contract/errors.ts';
import { NATIVE_BRIDGE } from '../../core/contract/native.ts';
import type { Opened } from './create-connection.ts';
import { receiveCorePort } from './message-port-transport.ts';
import { takePairingToken, thisPage } from './pairing-token.ts';
import { contractProtocols, contractUrl, openSocket } from './web-socket-transport.ts';

/** Chooses the wire once: the desktop shell's port where there is a shell, else the socket of browser mode. */
export function chooseWire(page: Window): () => Promise<Opened> {
  if (NATIVE_BRIDGE in page) {
    return async () => ({ kind: 'open', transport: await receiveCorePort(page) });
  }
  const token = takePairingToken(thisPage());
  let wasOpen = false;
  return async () => {
    if (token === undefined) return { kind: 'refused', error: appError('host/wrong-token', {}) };
    const socket = new WebSocket(contractUrl(page.location), contractProtocols(token));
    const transport = await openSocket(socket);
    if (transport !== undefined) {
      wasOpen = true;
      return { kind: 'open', transport };
    }
    // A browser hides why a socket was refused. If the page itself is still served, it was the token.
    if (!wasOpen && (await isServed(page.location.pathname))) {
      return { kind: 'refused', error: appError('host/wrong-token', {}) };
    }
    return { kind: 'closed' };
  };
}

async function isServed(path: string): Promise<boolean> {
  try {
    return (await fetch(path, { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
