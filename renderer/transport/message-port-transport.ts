import { createEmitter } from '../../core/base/emitter.ts';
import { nativeChannels } from '../../core/contract/native.ts';
import type { Transport } from '../../core/contract/wire/transport.ts';

/** The part of a MessagePort that the transport uses. */
interface Port extends Pick<EventTarget, 'addEventListener'> {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** A transport over a MessagePort; messages travel as structured clones, so big integers stay exact. */
export function createMessagePortTransport(port: Port): Transport {
  const messages = createEmitter<unknown>();
  const closes = createEmitter<void>();
  let isOpen = true;
  port.addEventListener('message', (event) => {
    messages.fire((event as MessageEvent<unknown>).data);
  });
  port.addEventListener('close', () => {
    isOpen = false;
    closes.fire();
  });
  port.start();
  return {
    send: (message) => {
      if (isOpen) port.postMessage(message);
    },
    onMessage: messages.event,
    onClose: closes.event,
    dispose: () => {
      isOpen = false;
      messages.dispose();
      closes.dispose();
      port.close();
    },
  };
}

/**
 * Asks the desktop shell for the port to the core and resolves when it arrives. The preload forwards the
 * request and posts the port to the page, so both travel as window messages.
 */
export async function receiveCorePort(page: Window): Promise<Transport> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0];
      if (event.source !== page || event.data !== nativeChannels.corePort || !port) return;
      page.removeEventListener('message', onMessage);
      resolve(createMessagePortTransport(port));
    };
    page.addEventListener('message', onMessage);
    page.postMessage(nativeChannels.requestCorePort, page.location.origin);
  });
}
