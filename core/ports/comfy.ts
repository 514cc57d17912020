import type { Cancellation } from '../base/cancellation.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import type { JsonObject } from '../base/json.ts';
import type { Result } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';
import type {
  Connection,
  QueueStatus,
  RequestStats,
  SystemStats,
} from '../contract/machine/machine.schema.ts';
import type { Problem } from '../contract/workflow.schema.ts';
import type { NodeCatalog } from '../domain/workflow/catalog.ts';

/** What to queue. */
export interface Submission {
  /** Chosen by us: a lower-case UUID. */
  readonly promptId: string;
  readonly payload: JsonObject;
  /** Save-format graph to embed in the pictures; null when there is none. */
  readonly workflow: JsonObject | null;
}

/** What the server said to a submission that it took. */
export interface Accepted {
  readonly promptId: string;
  readonly number: number;
  /** Outputs that it dropped although it took the rest. */
  readonly warnings: readonly Problem[];
  /** Set when the answer was lost on the way, so that it may or may not be queued: what was seen instead. */
  readonly unconfirmed?: AppError;
}

/** A file that a node put out. */
export interface ComfyFile {
  readonly nodeId: string;
  readonly filename: string;
  readonly subfolder: string;
  readonly folder: 'output' | 'temp' | 'input';
  /** Key in the node's output, e.g. "images", "gifs", "audio". */
  readonly group: string;
  readonly isAnimated: boolean;
}

/** Where a file of ComfyUI is. */
export type FilePlace = Pick<ComfyFile, 'filename' | 'subfolder' | 'folder'>;

/** The beginning of a file. */
export interface FileHead {
  readonly bytes: Uint8Array;
  /** Bytes of the whole file, where the server tells: as many as `bytes` holds when this is all of it. */
  readonly size: number | undefined;
}

/** A run as `/history` tells it: the truth about its end. */
export interface HistoryEntry {
  readonly promptId: string;
  readonly ending: 'succeeded' | 'failed' | 'interrupted';
  readonly files: readonly ComfyFile[];
  readonly texts: readonly { readonly nodeId: string; readonly text: string }[];
  /** Nodes that the server served from its cache. */
  readonly cachedNodes: readonly string[];
  readonly failure?: ExecutionFailure;
  /** Unix ms; from the status messages. */
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** What a node's exception said, without its traceback. */
export interface ExecutionFailure {
  readonly nodeId: string;
  readonly classType: string;
  readonly exceptionType: string;
  readonly message: string;
  /** The node pack whose code it happened in; absent when it was ComfyUI's own. */
  readonly pack?: string;
}

/** What the WebSocket tells, already sorted by run. A hint: `/history` is the truth. */
export type ComfyEvent =
  | { readonly kind: 'queue-changed'; readonly remaining: number }
  | { readonly kind: 'started'; readonly promptId: string }
  | { readonly kind: 'cached'; readonly promptId: string; readonly nodeIds: readonly string[] }
  | { readonly kind: 'node-started'; readonly promptId: string; readonly nodeId: string }
  | { readonly kind: 'node-finished'; readonly promptId: string; readonly nodeId: string }
  | {
      readonly kind: 'step';
      readonly promptId: string;
      readonly nodeId: string;
      readonly value: number;
      readonly max: number;
    }
  /** `promptId` is absent for previews of the old binary type 1. */
  | {
      readonly kind: 'preview';
      readonly promptId?: string;
      readonly nodeId?: string;
      readonly mediaType: string;
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'node-output';
      readonly promptId: string;
      readonly nodeId: string;
      readonly files: readonly ComfyFile[];
    }
  /** A node was left out because one before it lets nothing pass, and why; the run goes on. Not in the history. */
  | {
      readonly kind: 'blocked';
      readonly promptId: string;
      readonly nodeId: string;
      readonly reason: string;
    }
  | { readonly kind: 'failed'; readonly promptId: string; readonly failure: ExecutionFailure }
  | { readonly kind: 'interrupted'; readonly promptId: string; readonly nodeId?: string }
  /** The server says it is done with the run; look into `/history`. */
  | { readonly kind: 'ended'; readonly promptId: string }
  /** The socket is back after a gap: whatever happened meanwhile was not told. */
  | { readonly kind: 'resumed' };

/** One file of a model folder, named as loader nodes name it. */
export interface ModelFile {
  readonly name: string;
  readonly bytes: number;
}

/** Node classes from an earlier answer of the server. */
export interface KeptCatalog {
  readonly catalog: NodeCatalog;
  /** Unix ms when the server said so last. */
  readonly readAt: number;
}

/** One ComfyUI server. Every call may fail; none throws. */
export interface Comfy extends Disposable {
  readonly connection: Connection;
  readonly onConnectionChanged: Event<Connection>;
  readonly onEvent: Event<ComfyEvent>;
  /** What was asked of it so far; absent where nothing can be asked. */
  readonly requestStats?: () => RequestStats;
  /** Connects and keeps connected until disposed; resolves when ready or told why not. */
  start(): Promise<Result<Connection, AppError>>;
  /** From the cache when there is one; `refresh` asks the server again. */
  catalog(options?: { readonly refresh?: boolean }): Promise<Result<NodeCatalog, AppError>>;
  /** What this server told before, from the disk: needs no connection. Absent where nothing is kept. */
  readonly keptCatalog?: () => Promise<KeptCatalog | undefined>;
  /** Fires whenever the server has told its classes; with the same catalog when they are unchanged. */
  readonly onCatalogRead?: Event<NodeCatalog>;
  systemStats(): Promise<Result<SystemStats, AppError>>;
  queue(): Promise<Result<QueueStatus, AppError>>;
  submit(submission: Submission, cancellation?: Cancellation): Promise<Result<Accepted, AppError>>;
  /** Undefined while the run is not in the history. */
  history(promptId: string): Promise<Result<HistoryEntry | undefined, AppError>>;
  /** Takes a waiting run out of the queue; the running one is not touched. */
  deletePending(promptId: string): Promise<Result<void, AppError>>;
  /** Stops the run if it is the running one. */
  interrupt(promptId: string): Promise<Result<void, AppError>>;
  /** File names in a model folder, e.g. "checkpoints". */
  models(folder: string): Promise<Result<readonly string[], AppError>>;
  modelFolders(): Promise<Result<readonly string[], AppError>>;
  /** Files of a model folder with their sizes, where the server tells them; else an error. */
  modelFiles(folder: string): Promise<Result<readonly ModelFile[], AppError>>;
  /** Where the server keeps each kind of model: its own absolute paths, first choice first, by folder name. */
  modelPlaces(): Promise<Result<ReadonlyMap<string, readonly string[]>, AppError>>;
  /** What the server wrote last, oldest line first, where it tells; else an error. */
  logLines(): Promise<Result<readonly string[], AppError>>;
  /** Names of the files in the top of a folder, newest first, where the server tells them; else an error. */
  fileNames(folder: 'output'): Promise<Result<readonly string[], AppError>>;
  /** At least the first `bytes` of a file, or all of it; undefined when there is no such file. */
  fileHead(file: FilePlace, bytes: number): Promise<Result<FileHead | undefined, AppError>>;
  /** Size (bytes) and hex SHA-256 of a file, which is never held whole; `comfy/output-missing` where there is none. */
  hashFile(
    file: FilePlace,
  ): Promise<Result<{ readonly bytes: number; readonly sha256: string }, AppError>>;
  /** What a model file says of itself, where the server reads that: only safetensors files with metadata; else empty. */
  modelMetadata(
    folder: string,
    name: string,
  ): Promise<Result<Readonly<Record<string, string>>, AppError>>;
  /** The bytes of a file through `/view`. */
  fetchFile(
    file: FilePlace,
  ): Promise<Result<{ readonly bytes: Uint8Array; readonly mediaType: string }, AppError>>;
}
