import type { NodeMode } from '../../../core/contract/workflow.schema.ts';

/** How a thing on the canvas relates to the change that is shown. */
export type SceneStatus = 'added' | 'removed' | 'changed' | 'same';

/** One setting as drawn; both sides when it changed. */
export interface SceneWidget {
  readonly name: string;
  readonly value: string;
  readonly before?: string;
  readonly isLong: boolean;
  /** Both sides are short, but not on one line. */
  readonly isStacked: boolean;
  readonly isLinked: boolean;
}

/** One socket. Inputs are found by name, outputs by index. */
export interface SceneSlot {
  readonly handle: string;
  readonly name: string;
  readonly type: string;
  readonly isLinked: boolean;
}

/** One node as drawn; pixels of the artist's canvas, origin at the top left of its title bar. */
export interface SceneNode {
  readonly id: string;
  readonly title: string;
  readonly classType: string;
  readonly status: SceneStatus;
  readonly mode: NodeMode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color?: string;
  readonly inputs: readonly SceneSlot[];
  readonly outputs: readonly SceneSlot[];
  readonly widgets: readonly SceneWidget[];
  /** What changed besides settings, in words: "Muted", "was KSampler". */
  readonly notes: readonly string[];
}

/** One link as drawn. */
export interface SceneLink {
  readonly id: string;
  readonly status: SceneStatus;
  readonly type: string;
  readonly from: { readonly nodeId: string; readonly handle: string };
  readonly to: { readonly nodeId: string; readonly handle: string };
}

/** A frame behind nodes. */
export interface SceneGroup {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color?: string;
}

/** Everything on the canvas; `touched` are the nodes to bring into view. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly links: readonly SceneLink[];
  readonly groups: readonly SceneGroup[];
  readonly touched: readonly string[];
  readonly isDiff: boolean;
}

/** Heights that the canvas and the card of a node agree on; pixels. */
export const metrics = {
  title: 30,
  slot: 20,
  widget: 24,
  padding: 8,
  changedText: 64,
  stacked: 46,
  minWidth: 140,
} as const;

export function outputHandle(index: number): string {
  return `out-${String(index)}`;
}

export function inputHandle(name: string): string {
  return `in-${name}`;
}
