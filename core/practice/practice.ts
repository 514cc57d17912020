import { type ObjectInfo } from './catalog/object-info.ts';
import { type Folders } from './folders.ts';
import { type Machine } from './machine.ts';
import { type NodeCache } from './run/node-cache.ts';
import { type History } from './run/history.ts';
import { type PromptQueue } from './run/prompt-queue.ts';
import { type Steps } from './run/steps.ts';
import { type Worker } from './run/worker.ts';
import { type SocketHub } from './sockets/socket-hub.ts';

/** Everything that the routes of one practice server share. */
export interface Practice {
  readonly folders: Folders;
  /** Read on first use: the facts are large and many callers never ask. */
  readonly info: () => Promise<ObjectInfo>;
  readonly queue: PromptQueue;
  readonly history: History;
  readonly cache: NodeCache;
  readonly worker: Worker;
  readonly steps: Steps;
  readonly machine: Machine;
  readonly hub: SocketHub;
  /** What `/system_stats` shows as the server's command line. */
  readonly argv: readonly string[];
  /** Workflows that the page offers as templates; none when undefined. */
  readonly templatesDir: string | undefined;
  /** Lines of the server's log, for `/internal/logs`. */
  readonly log: readonly { readonly t: string; readonly m: string }[];
}
