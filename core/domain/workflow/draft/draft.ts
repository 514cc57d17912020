import { type JsonValue } from '../../../base/json.ts';
import { type Result } from '../../../base/result.ts';
import { type AppError } from '../../../contract/errors.ts';
import { type NodeMode, type WorkflowFormat } from '../../../contract/workflow.schema.ts';
import { type NodeCatalog, type NodeClass } from '../catalog.ts';
import { type WorkflowDocument } from '../document.ts';
import { type GroupView, type LinkSource, type NodeView } from '../view/view.ts';

/** Where a link ends, and which output it comes from. */
export interface Consumer {
  readonly nodeId: string;
  readonly input: string;
  readonly output: number;
}

/** Where a link is to end: `type` as the class declares it, `isWidget` when the input is a setting. */
export interface LinkTarget {
  readonly nodeId: string;
  readonly input: string;
  readonly type: string;
  readonly isWidget: boolean;
}

/** A node's place on the canvas in pixels, without its title bar. */
export interface NodeBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is needed to make a node; `values` are checked, and the rest gets its defaults. */
export interface NewNode {
  readonly id: string;
  readonly nodeClass: NodeClass;
  readonly title?: string;
  readonly position: readonly [number, number];
  readonly values: ReadonlyMap<string, JsonValue>;
}

/**
 * A workflow being edited, in either format: ops read and write through it, and the caller's document is
 * never touched. Except where a Result says so, callers have checked that nodes, names and types fit.
 */
export interface Draft {
  readonly format: WorkflowFormat;
  readonly catalog: NodeCatalog;
  /** Ids of the nodes that stand beside this one: in its subgraph for "12:34", else in the root. */
  nodeIds(beside?: string): readonly string[];
  /** The node as it is after the ops so far: `op/unknown-node`; `op/read-only` inside a subgraph that several nodes share. */
  find(nodeId: string): Result<NodeView, AppError>;
  /** `op/duplicate-node`, or why nothing can be added there. */
  checkVacant(nodeId: string): Result<void, AppError>;
  /** Where the nodes beside this one stand; nothing in the API format. */
  boxes(beside: string): readonly NodeBox[];
  /** Frames on the artist's canvas; none beside nodes of a subgraph, and none in the API format. */
  frames(beside: string): readonly GroupView[];
  consumers(nodeId: string): readonly Consumer[];
  /** `op/read-only` when the file does not say where the value belongs. */
  setWidget(nodeId: string, name: string, value: JsonValue): Result<void, AppError>;
  /** Takes the place of a link that ends there. Refuses ends in different subgraphs (`op/read-only`). */
  link(source: LinkSource, target: LinkTarget): Result<void, AppError>;
  unlink(nodeId: string, input: string): void;
  add(node: NewNode): void;
  /** Takes the node out, with every link that starts or ends there. */
  remove(nodeId: string): void;
  /** A fresh node of another class in the same place, without links; a title of its own is kept. */
  replace(nodeId: string, nodeClass: NodeClass, values: ReadonlyMap<string, JsonValue>): void;
  /** `op/read-only` in the API format, which cannot say it. */
  setMode(nodeId: string, mode: NodeMode): Result<void, AppError>;
  setTitle(nodeId: string, title: string): Result<void, AppError>;
  setPosition(nodeId: string, position: readonly [number, number]): Result<void, AppError>;
  /** The edited document; the caller's own when nothing changed. */
  finish(): WorkflowDocument;
}
