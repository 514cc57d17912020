import { type JsonObject, type JsonValue } from '../../base/json.ts';
import { type Folders } from '../folders.ts';
import { type FrameFormat } from '../sockets/frames.ts';
import { type NodeInputs } from './node-inputs.ts';
import { type NodeValue } from './node-values.ts';

/** What a node did. */
export interface NodeResult {
  readonly outputs: readonly NodeValue[];
  /** What `executed` and the history show of it. */
  readonly ui?: JsonObject;
}

/** What a node may ask of the run that it is part of. */
export interface NodeRun {
  readonly nodeId: string;
  readonly classType: string;
  readonly folders: Folders;
  /** The whole payload, for the PNG's `prompt` chunk. */
  readonly payload: JsonObject;
  /** `extra_data.extra_pnginfo`: one PNG chunk per key. */
  readonly pngInfo: JsonObject;
  /** Five letters in the names of temp files; new at each server start and node. */
  readonly tempTag: string;
  readonly today: Date;
  /** What an input of this class may be, when the server lists it. */
  choices(input: string): readonly JsonValue[] | undefined;
  /** Tells a step and waits its time; throws {@link RunInterrupted} when somebody stopped the run. */
  step(value: number, max: number, preview?: () => Promise<Uint8Array>): Promise<void>;
  /** Sends a picture to the client as SaveImageWebsocket does. */
  sendPicture(value: number, max: number, format: FrameFormat, bytes: Uint8Array): void;
}

/** One node class of the practice server. */
export type NodeRunner = (inputs: NodeInputs, run: NodeRun) => NodeResult | Promise<NodeResult>;

/** A family of node classes: class type → runner. */
export type NodeFamily = Readonly<Record<string, NodeRunner>>;

/** A node's result with outputs only. */
export function outputsOf(...outputs: readonly NodeValue[]): NodeResult {
  return { outputs };
}

/** A node's result that is shown. */
export function shown(ui: Readonly<Record<string, JsonValue>>): NodeResult {
  return { outputs: [], ui };
}
