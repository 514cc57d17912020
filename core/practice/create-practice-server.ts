import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadObjectInfo, type ObjectInfo } from './catalog/object-info.ts';
import { placeExamplePicture } from './example-picture.ts';
import { createFolders, listInputFiles } from './folders.ts';
import { isForeignOrigin } from './http/origin.ts';
import { createRouter } from './http/router.ts';
import { createMachine } from './machine.ts';
import { type Practice } from './practice.ts';
import { createPageFiles } from './routes/page-routes.ts';
import { practiceRoutes } from './routes/all-routes.ts';
import { createHistory } from './run/history.ts';
import { createNodeCache } from './run/node-cache.ts';
import { createPromptQueue } from './run/prompt-queue.ts';
import { createSteps } from './run/steps.ts';
import { createWorker } from './run/worker.ts';
import { createSocketHub } from './sockets/socket-hub.ts';

/** How a practice server is started. */
export interface PracticeOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  /** Static files of ComfyUI's own page (comfyui-frontend-package), served at "/". */
  readonly pageDir?: string;
  /** Workflows (*.json) that the page offers as templates. */
  readonly templatesDir?: string;
  /** Where pictures, uploads and settings are kept; absent: a temporary folder, removed on close. */
  readonly folder?: string;
  /** Time that one sampler step takes, in ms. */
  readonly stepMs?: number;
  /** Time that every node takes besides its work, in ms; makes runs without a sampler slow enough to stop. */
  readonly nodeMs?: number;
  /** What it says its version is; that of the recordings unless given. */
  readonly version?: string;
  /** Flags that it says it was started with, beside its own. */
  readonly flags?: readonly string[];
  /** Unix ms; tests may hold it still. */
  readonly now?: () => number;
}

/** A running practice server. */
export interface PracticeServer {
  readonly url: string;
  readonly port: number;
  /** The folder in use. */
  readonly folder: string;
  /** Stops the run, closes every socket and frees the port. */
  close(): Promise<void>;
}

const DEFAULT_STEP_MS = 40;

/** Starts a ComfyUI for practice on loopback: its protocol for real, its pictures made up. */
export async function createPracticeServer(options: PracticeOptions = {}): Promise<PracticeServer> {
  const host = options.host ?? '127.0.0.1';
  const isTemporary = options.folder === undefined;
  const root = options.folder ?? (await mkdtemp(join(tmpdir(), 'second-unit-practice-')));
  const folders = await createFolders(root);
  await placeExamplePicture(folders.input);
  const now = options.now ?? Date.now;

  let loading: Promise<ObjectInfo> | undefined;
  const info = (): Promise<ObjectInfo> =>
    (loading ??= loadObjectInfo(() => listInputFiles(folders)));
  const queue = createPromptQueue();
  const history = createHistory();
  const cache = createNodeCache();
  const machine = createMachine(options.version);
  const steps = createSteps(options.stepMs ?? DEFAULT_STEP_MS, options.nodeMs ?? 0);
  const hub = createSocketHub(() => ({
    remaining: queue.remaining,
    runningNode: (clientId) => worker.runningNode(clientId),
  }));
  const tags = new Map<string, string>();
  const worker = createWorker({
    queue,
    history,
    hub,
    now,
    around: async () => ({
      info: await info(),
      folders,
      cache,
      machine,
      steps,
      today: () => new Date(now()),
      tempTag: (nodeId) => {
        const tag = tags.get(nodeId) ?? fiveLetters();
        tags.set(nodeId, tag);
        return tag;
      },
    }),
  });

  const server = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => resolve((server.address() as AddressInfo).port));
  });
  const practice: Practice = {
    folders,
    info,
    queue,
    history,
    cache,
    worker,
    steps,
    machine,
    hub,
    argv: [
      'main.py',
      '--listen',
      host,
      '--port',
      String(port),
      '--preview-method',
      'latent2rgb',
      ...(options.flags ?? []),
    ],
    templatesDir: options.templatesDir,
    log: [{ t: new Date(now()).toISOString(), m: 'Practice ComfyUI is listening.\n' }],
  };
  const listener = createRouter(practiceRoutes(practice), createPageFiles(options.pageDir));
  server.on('request', (request, response) => void listener(request, response));
  server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?')[0];
    const isForeign = isForeignOrigin(request.headers.host, request.headers.origin);
    if (isForeign || (path !== '/ws' && path !== '/api/ws')) {
      socket.on('error', () => socket.destroy());
      socket.end(
        `HTTP/1.1 ${isForeign ? '403 Forbidden' : '404 Not Found'}\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    hub.server.handleUpgrade(request, socket, head, (client) => hub.accept(client, request));
  });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await worker.stop();
    hub.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    if (isTemporary) await rm(root, { recursive: true, force: true });
  };
  return { url: `http://${host}:${port}`, port, folder: root, close: () => (closing ??= close()) };
}

function fiveLetters(): string {
  return Array.from({ length: 5 }, () => String.fromCharCode(97 + randomInt(26))).join('');
}
