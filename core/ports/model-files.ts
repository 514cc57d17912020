import type { Cancellation } from '../base/cancellation.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Result } from '../base/result.ts';
import type { AppError } from '../contract/errors.ts';
import type { HeaderProblem, SafetensorsHeader } from '../domain/machine/safetensors-header.ts';

/** A model as a workflow names it, and where its server keeps such files. */
export interface ModelPlace {
  /** Address of the server; files of a server on another machine are never looked for here. */
  readonly server: string;
  /** The server's folders for this kind of model, absolute, first choice first: `Comfy.modelPlaces`. */
  readonly folders: readonly string[];
  /** As loader nodes name it; may have subfolders, with either kind of slash. */
  readonly name: string;
  /** What the server says of its size; a file of another size is not the one that it loads. */
  readonly bytes?: number | undefined;
}

/** A model file that can be read from here; `modifiedAt` is Unix ms. */
export interface LocalModelFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** How a file is to be read. */
export interface HashOptions {
  readonly cancellation: Cancellation;
  /** Waited for before each piece, so that nothing is read while a run loads its models. */
  readonly whenIdle?: (() => Promise<void>) | undefined;
}

/** The model files of a ComfyUI that runs on this machine. Nothing is ever written to them. */
export interface ModelFiles extends Disposable {
  /** Undefined where the file is not there, not readable, or not this machine's. */
  find(place: ModelPlace): Promise<LocalModelFile | undefined>;
  /** What the first bytes tell; remembered while the file stays the same. */
  header(file: LocalModelFile): Promise<Result<SafetensorsHeader | HeaderProblem, AppError>>;
  /** The SHA-256 if it was worked out before and the file is still the same; reads nothing of the file. */
  knownHash(file: LocalModelFile): Promise<string | undefined>;
  /**
   * SHA-256 in lower-case hex. Reads the whole file, gigabytes of it, one file at a time; remembered on disk.
   * Fails with `file/unreadable` when the file changes meanwhile, with `cancelled` when told to stop.
   */
  hash(file: LocalModelFile, options: HashOptions): Promise<Result<string, AppError>>;
}
