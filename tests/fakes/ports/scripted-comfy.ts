import { createEmitter } from '../../../core/base/emitter.ts';
import { ok } from '../../../core/base/result.ts';
import type { Connection, QueueStatus } from '../../../core/contract/machine/machine.schema.ts';
import { createNodeCatalog } from '../../../core/domain/workflow/create-catalog.ts';
import type { Comfy, ComfyEvent, HistoryEntry } from '../../../core/ports/comfy.ts';

/** A server of the port whose every answer a test decides; for what a real one cannot be made to do. */
export interface ScriptedComfy extends Comfy {
  tell(event: ComfyEvent): void;
  answer(with_: {
    readonly queue?: QueueStatus;
    readonly history?: HistoryEntry | undefined;
    /** Files in the top of its output folder, newest first. */
    readonly files?: Readonly<Record<string, Uint8Array>>;
  }): void;
  readonly asked: { history: number; queue: number };
}

/** Makes a server that is ready, idle and has no history. */
export function createScriptedComfy(): ScriptedComfy {
  const events = createEmitter<ComfyEvent>();
  const connections = createEmitter<Connection>();
  const connection: Connection = {
    status: 'ready',
    url: 'http://127.0.0.1:1',
    isPractice: false,
    missing: [],
  };
  let queue: QueueStatus = { running: [], pending: [] };
  let history: HistoryEntry | undefined;
  let files: Readonly<Record<string, Uint8Array>> = {};
  const asked = { history: 0, queue: 0 };
  return {
    asked,
    connection,
    onConnectionChanged: connections.event,
    onEvent: events.event,
    tell: (event) => events.fire(event),
    answer: (with_) => {
      queue = with_.queue ?? queue;
      files = with_.files ?? files;
      if ('history' in with_) history = with_.history;
    },
    start: async () => ok(connection),
    catalog: async () => ok(createNodeCatalog({})),
    systemStats: async () =>
      ok({
        os: 'linux',
        comfyVersion: '0.3.64',
        pythonVersion: '3.11',
        torchVersion: '2',
        ramTotal: 1,
        ramFree: 1,
        devices: [],
        arguments: [],
      }),
    queue: async () => {
      asked.queue += 1;
      return ok(queue);
    },
    submit: async ({ promptId }) => ok({ promptId, number: 0, warnings: [] }),
    history: async () => {
      asked.history += 1;
      return ok(history);
    },
    deletePending: async () => ok(undefined),
    interrupt: async () => ok(undefined),
    models: async () => ok([]),
    modelFolders: async () => ok([]),
    modelFiles: async () => ok([]),
    modelPlaces: async () => ok(new Map()),
    logLines: async () => ok([]),
    fileNames: async () => ok(Object.keys(files)),
    fileHead: async ({ filename }) => {
      const bytes = files[filename];
      return ok(bytes === undefined ? undefined : { bytes, size: bytes.byteLength });
    },
    hashFile: async ({ filename }) =>
      ok({ bytes: files[filename]?.byteLength ?? 0, sha256: 'not hashed' }),
    fetchFile: async ({ filename }) =>
      ok({ bytes: files[filename] ?? new Uint8Array(), mediaType: 'image/png' }),
    modelMetadata: async () => ok({}),
    dispose: () => events.dispose(),
  };
}
