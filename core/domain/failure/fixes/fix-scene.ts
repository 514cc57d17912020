import type { JsonValue } from '../../../base/json.ts';
import type { Op } from '../../../contract/workflow.schema.ts';
import { familyOfWorkflow, type ModelFamily, unknownFamily } from '../../machine/model-families.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import type { NodeView, WidgetView, WorkflowView } from '../../workflow/view/view.ts';

/** Where a failure was met, as far as it is known. */
export interface FailurePlace {
  readonly nodeId?: string;
  /** Input or setting. */
  readonly input?: string;
  /** What was said. */
  readonly said: string;
  /** Memory of the graphics card in GB, for the words. */
  readonly capacityGb?: number;
  /** What would have been right, the best first. */
  readonly suggestions?: readonly JsonValue[];
}

/** The workflow that is to be mended. */
export interface FixScene {
  readonly view: WorkflowView;
  readonly catalog: NodeCatalog;
}

/** Edits that may settle a failure, and why in one line. */
export interface FixProposal {
  readonly intent: string;
  readonly ops: readonly Op[];
}

/** Looks for proposals, the best first; none when this workflow leaves nothing to change. */
export type FixBuilder = (place: FailurePlace, scene: FixScene) => readonly FixProposal[];

/** The node that failed, or the visible one that it was made by. */
export function failingNode({ nodeId }: FailurePlace, { view }: FixScene): NodeView | undefined {
  if (nodeId === undefined) return undefined;
  return view.node(nodeId) ?? view.node(nodeId.split('.')[0] ?? '');
}

/** Nodes that take part in a run. */
export function activeNodes({ view }: FixScene): readonly NodeView[] {
  return view.nodes.filter(({ mode, isVirtual }) => mode === 'active' && !isVirtual);
}

/** A number that is typed on the node and not handed in by a connection. */
export function ownNumber(node: NodeView, name: string): number | undefined {
  const widget = node.widgets.find((candidate) => candidate.name === name);
  return widget === undefined || widget.isLinked ? undefined : numberOf(widget.value);
}

/** Active nodes that decide the size of what is made: width and height typed on them, a latent or frames out. */
export function canvases(scene: FixScene): readonly NodeView[] {
  return activeNodes(scene).filter(
    (node) =>
      ownNumber(node, 'width') !== undefined &&
      ownNumber(node, 'height') !== undefined &&
      node.outputs.some(({ type }) => type === 'LATENT' || type === 'IMAGE'),
  );
}

/** The settings that hold a number of frames, by the names that core nodes and the large packs use. */
export function framesOf(node: NodeView): WidgetView | undefined {
  return node.widgets.find(
    ({ name, isLinked, value }) =>
      !isLinked &&
      /^(?:length|num_frames|video_frames|frames|frame_count|frame_load_cap)$/.test(name) &&
      numberOf(value) !== undefined,
  );
}

/** The family of the model that is loaded. */
export function familyOf({ view }: FixScene): ModelFamily {
  return familyOfWorkflow(view) ?? unknownFamily;
}

/** Sets a setting. */
export function setTo(node: NodeView, widget: string, value: JsonValue): Op {
  return { op: 'set_widget', nodeId: node.id, widget, value };
}

/** An id above every one that is used. */
export function freeId({ view }: FixScene, step = 0): string {
  const highest = view.nodes.reduce((most, { id }) => {
    const number = Number(id.split(':')[0]);
    return Number.isSafeInteger(number) ? Math.max(most, number) : most;
  }, 0);
  return String(highest + 1 + step);
}

/** A JSON number of any size as a plain one. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** The texts that a setting can be, when the server lists them. */
export function textChoices(widget: WidgetView | undefined): readonly string[] {
  return (widget?.spec?.choices ?? []).filter((choice) => typeof choice === 'string');
}
