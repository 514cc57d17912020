import type { JsonObject, JsonValue } from '../../base/json.ts';

/** One input of a node class, from `/object_info`. */
export interface InputSpec {
  readonly name: string;
  /** "INT", "IMAGE", "COMBO", "IMAGE,MASK", "*", …; both COMBO shapes read as "COMBO". */
  readonly type: string;
  readonly required: boolean;
  /** True when the page draws a setting for it (as opposed to a socket only). */
  readonly isWidget: boolean;
  /** Allowed values of a COMBO, when the server lists them. */
  readonly choices?: readonly JsonValue[];
  readonly default?: JsonValue;
  readonly min?: number | bigint;
  readonly max?: number | bigint;
  readonly step?: number;
  readonly multiline?: boolean;
  /** The page adds a "control after generate" value behind it in `widgets_values`. */
  readonly hasControl?: boolean;
  /** The page adds an upload button value behind it in `widgets_values`. */
  readonly hasUpload?: boolean;
  /** The options object as the server sent it. */
  readonly options: JsonObject;
}

/** One output slot of a node class. */
export interface OutputSpec {
  readonly name: string;
  readonly type: string;
  readonly isList: boolean;
}

/** One node class. */
export interface NodeClass {
  readonly classType: string;
  readonly displayName: string;
  readonly description: string;
  readonly category: string;
  /** Folder or module that provides it, e.g. "nodes", "custom_nodes.foo". */
  readonly module: string;
  /** In the server's order, required before optional. */
  readonly inputs: readonly InputSpec[];
  readonly outputs: readonly OutputSpec[];
  /** True when the server counts it as a result (OUTPUT_NODE). */
  readonly isOutput: boolean;
  readonly isDeprecated: boolean;
  readonly isExperimental: boolean;
  /** True for nodes that call a paid service on the internet. */
  readonly isApiNode: boolean;
  /** The entry as the server sent it. */
  readonly raw: JsonObject;
}

/** Our view of `/object_info`: which node classes a server has. Classes are read on first use. */
export interface NodeCatalog {
  readonly size: number;
  readonly classTypes: readonly string[];
  get(classType: string): NodeClass | undefined;
}

/** True for ComfyUI's own nodes; those of packs come from `custom_nodes.<folder>`. */
export function isOwnClass({ module }: NodeClass): boolean {
  return (
    module === 'nodes' || module.startsWith('comfy_extras') || module.startsWith('comfy_api_nodes')
  );
}
