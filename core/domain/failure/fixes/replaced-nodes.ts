import type { JsonValue } from '../../../base/json.ts';
import type { Op } from '../../../contract/workflow.schema.ts';
import { type Successor, findSuccessor } from '../../workflow/validation/graph/successors.ts';
import type { NodeView } from '../../workflow/view/view.ts';
import { failingNode, type FixBuilder, type FixScene } from './fix-scene.ts';
import { bypassNodes } from './connections.ts';

/** The class that took the place of an old or missing one, where nothing around it has to change. */
export const successor: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  const next = node === undefined ? undefined : findSuccessor(node.classType, node.nodeClass);
  if (node === undefined || next?.isDropIn !== true) return [];
  const nextClass = scene.catalog.get(next.classType);
  if (nextClass === undefined) return [];
  return [
    {
      intent: `Use ${nextClass.displayName} in the place of ${node.title}, which is no longer made`,
      ops: [replaceOp(node, next), ...movedLinks(node, next)],
    },
  ];
};

/**
 * Runs without a node that ComfyUI does not have, where what comes in can go on in its place. Not without a sampler: a
 * latent that nothing worked on is no picture.
 */
export const bypassMissing: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  if (node === undefined || node.nodeClass !== undefined || node.mode !== 'active') return [];
  const used = usedOutputs(node, scene);
  const isSampler =
    node.inputs.some(({ type }) => type === 'MODEL' || type === 'GUIDER') &&
    [...used].some((index) => node.outputs[index]?.type === 'LATENT');
  const canGoOn =
    used.size > 0 &&
    !isSampler &&
    [...used].every((index) =>
      node.inputs.some(
        ({ type, link }) => link !== undefined && type === node.outputs[index]?.type,
      ),
    );
  return canGoOn ? bypassNodes([node]) : [];
};

function replaceOp(node: NodeView, { classType, renamed = {}, set = {}, settings }: Successor): Op {
  const values = Object.entries(renamed).flatMap(([old, name]): [string, JsonValue][] => {
    const value =
      node.widgets.find((widget) => widget.name === old)?.value ??
      node.widgets[settings?.indexOf(old) ?? -1]?.value;
    const isLinked = node.inputs.some((input) => input.name === old && input.link !== undefined);
    return value === undefined || isLinked ? [] : [[name, value]];
  });
  const widgets = { ...set, ...Object.fromEntries(values) };
  return {
    op: 'replace_node',
    nodeId: node.id,
    classType,
    ...(Object.keys(widgets).length === 0 ? {} : { widgets }),
  };
}

/** What came in under an old name comes in under the new one. */
function movedLinks(node: NodeView, { renamed = {} }: Successor): readonly Op[] {
  return node.inputs.flatMap(({ name, link }): readonly Op[] => {
    const input = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
    return link === undefined || input === undefined
      ? []
      : [{ op: 'connect', from: link, to: { nodeId: node.id, input } }];
  });
}

function usedOutputs(node: NodeView, { view }: FixScene): ReadonlySet<number> {
  return new Set(
    view.links.filter(({ from }) => from.nodeId === node.id).map(({ from }) => from.output),
  );
}
