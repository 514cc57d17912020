import type { JsonValue } from '../../../base/json.ts';
import type { NodeMode } from '../../../contract/workflow.schema.ts';
import type { InputSpec, NodeClass } from '../catalog.ts';

/** One setting of a node, by name. */
export interface WidgetView {
  readonly name: string;
  readonly value: JsonValue;
  /** Absent when the class is unknown or the server does not list it. */
  readonly spec?: InputSpec;
  /** True when a link overrides the value. */
  readonly isLinked: boolean;
}

/** Where a link comes from; `output` is the slot index. */
export interface LinkSource {
  readonly nodeId: string;
  readonly output: number;
}

/** One input slot or linked setting. */
export interface InputView {
  readonly name: string;
  readonly type: string;
  readonly link?: LinkSource;
  readonly spec?: InputSpec;
}

/** One output slot. */
export interface OutputView {
  readonly name: string;
  readonly type: string;
}

/** One node with its settings by name, whatever the file format. */
export interface NodeView {
  readonly id: string;
  readonly classType: string;
  /** What the artist sees on the node: its own title, else the class's display name. */
  readonly title: string;
  readonly mode: NodeMode;
  readonly position?: readonly [number, number];
  readonly size?: readonly [number, number];
  readonly color?: string;
  readonly widgets: readonly WidgetView[];
  readonly inputs: readonly InputView[];
  readonly outputs: readonly OutputView[];
  /** Absent when the catalog does not know the class. */
  readonly nodeClass?: NodeClass;
  /** True for notes, primitives, reroutes: nodes that only the page knows. */
  readonly isVirtual: boolean;
}

/** One link between two nodes. */
export interface LinkView {
  readonly from: LinkSource;
  readonly to: { readonly nodeId: string; readonly input: string };
  readonly type: string;
}

/** A frame drawn behind nodes; pixels. */
export interface GroupView {
  readonly title: string;
  readonly bounds: readonly [x: number, y: number, width: number, height: number];
  readonly color?: string;
}

/** A workflow as artists think of it: nodes with named settings, links, frames. */
export interface WorkflowView {
  readonly nodes: readonly NodeView[];
  readonly links: readonly LinkView[];
  readonly groups: readonly GroupView[];
  node(id: string): NodeView | undefined;
}
