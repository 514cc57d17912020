import { neverCancelled } from '../../base/cancellation.ts';
import { createEmitter } from '../../base/emitter.ts';
import { type Result, ok } from '../../base/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Comfy, ComfyEvent } from '../../ports/comfy.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Log } from '../../ports/log.ts';
import type { ServerAccess } from '../../ports/server-access.ts';
import { type ComfyAddress, parseComfyAddress } from './address.ts';
import type { CatalogStore } from './catalog/catalog-store.ts';
import { createCatalogCache } from './catalog/create-catalog-cache.ts';
import { createComfyHttp } from './create-comfy-http.ts';
import { createComfyRequests } from './create-comfy-requests.ts';
import { createConnectionLoop } from './create-connection-loop.ts';
import { createFrameDecoder } from './wire/create-frame-decoder.ts';
import { createQueueControl } from './create-queue-control.ts';
import { createUnusableComfy } from './create-unusable-comfy.ts';
import { openSocket } from './open-socket.ts';
import { toQueueStatus } from './wire/read-server.ts';

/** Which server, and what the adapter needs to reach it. */
export interface ComfyOptions {
  /** As typed by an artist; may have a path, and credentials, which are never shown or logged. */
  readonly url: string;
  /** What lets us in there. */
  readonly access?: ServerAccess;
  /** Keeps the node classes for the next start. */
  readonly catalogStore?: CatalogStore;
  readonly isPractice: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/**
 * One ComfyUI over HTTP and WebSocket. Every socket has its own client id, and a run's events go only
 * to the socket it was submitted on: after `resumed`, ask `queue` and `history` about older runs.
 */
export function createComfy(options: ComfyOptions): Comfy {
  const address = parseComfyAddress(options.url, options.access);
  return address.ok
    ? connectTo(address.value, options)
    : createUnusableComfy(address.error, options.isPractice);
}

function connectTo(address: ComfyAddress, options: ComfyOptions): Comfy {
  const { clock, ids, log, isPractice } = options;
  const http = createComfyHttp(address, { clock });
  const requests = createComfyRequests(http);
  const events = createEmitter<ComfyEvent>();
  const catalogs = createCatalogCache({
    url: address.url,
    clock,
    store: options.catalogStore,
    ask: (unlessEtag) => requests.objectInfo(unlessEtag),
    read: (answer) => requests.readObjectInfo(answer),
  });
  let isFirst = true;
  /** At the first connect a kept list will do; after a restart of the server it may have other classes. */
  const loadCatalog = (): ReturnType<typeof catalogs.load> => {
    if (!isFirst) return catalogs.load(true);
    isFirst = false;
    return catalogs.loadQuickly();
  };

  const openDecodedSocket = (
    clientId: string,
    closed: () => void,
  ): ReturnType<typeof openSocket> => {
    const decoder = createFrameDecoder();
    const tell = (decoded: Result<readonly ComfyEvent[], string>): void => {
      loop.heard();
      if (!decoded.ok) {
        log.warn('comfy/frame-ignored', { url: address.url, reason: decoded.error });
        return;
      }
      for (const event of decoded.value) events.fire(event);
    };
    const listener = {
      text: (frame: string) => tell(decoder.text(frame)),
      binary: (frame: Uint8Array) => tell(decoder.binary(frame)),
      closed,
    };
    return openSocket(http.address, clientId, { clock, listener });
  };

  const loop = createConnectionLoop({
    url: address.url,
    isPractice,
    clock,
    ids,
    requests,
    loadCatalog,
    openSocket: openDecodedSocket,
  });
  loop.onResumed(() => events.fire({ kind: 'resumed' }));
  loop.onConnectionChanged(({ status, error }) =>
    log.info('comfy/connection', { url: address.url, status, code: error?.code ?? null }),
  );
  let lastRemaining = 0;
  events.event((event) => {
    if (event.kind === 'queue-changed') lastRemaining = event.remaining;
  });
  loop.onBeat((remaining) => {
    if (remaining !== lastRemaining) events.fire({ kind: 'queue-changed', remaining });
  });
  const control = createQueueControl({
    address,
    http,
    requests,
    clientId: () => loop.clientId,
  });

  return {
    get connection() {
      return loop.connection;
    },
    onConnectionChanged: loop.onConnectionChanged,
    onEvent: events.event,
    requestStats: () => http.stats(),
    start: () => loop.start(),
    catalog: (how) => catalogs.load(how?.refresh ?? false),
    keptCatalog: () => catalogs.kept(),
    onCatalogRead: catalogs.onRead,
    systemStats: () => requests.systemStats(),
    queue: async () => {
      const items = await requests.queue();
      return items.ok ? ok(toQueueStatus(items.value)) : items;
    },
    submit: (submission, cancellation = neverCancelled) => control.submit(submission, cancellation),
    history: (promptId) => requests.history(promptId),
    deletePending: (promptId) => control.deletePending(promptId),
    interrupt: (promptId) => control.interrupt(promptId),
    models: (folder) => requests.models(folder),
    modelFolders: () => requests.modelFolders(),
    modelFiles: (folder) => requests.modelFiles(folder),
    modelPlaces: () => requests.modelPlaces(),
    logLines: () => requests.logLines(),
    fileNames: (folder) => requests.fileNames(folder),
    fileHead: (file, bytes) => requests.fileHead(file, bytes),
    modelMetadata: (folder, name) => requests.modelMetadata(folder, name),
    hashFile: (file) => requests.hashFile(file),
    fetchFile: (file) => requests.fetchFile(file),
    dispose: () => {
      loop.dispose();
      catalogs.dispose();
      events.dispose();
      http.dispose();
    },
  };
}
