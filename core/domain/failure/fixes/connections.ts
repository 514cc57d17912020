import type { Op } from '../../../contract/workflow.schema.ts';
import { canConnect } from '../../workflow/ops/links/link-types.ts';
import { settingLabel } from '../../workflow/view/setting-label.ts';
import type { InputView, NodeView } from '../../workflow/view/view.ts';
import {
  activeNodes,
  failingNode,
  type FailurePlace,
  type FixBuilder,
  type FixProposal,
  type FixScene,
} from './fix-scene.ts';

/** A connection that leads nowhere is put on the nearest output that fits, else taken off. */
export const dropLink: FixBuilder = (_place, scene) => {
  const loose = scene.view.nodes.flatMap((node) =>
    node.inputs.flatMap((input) => (isLoose(input, scene) ? [{ node, input }] : [])),
  );
  const ops = loose.map(({ node, input }): Op => {
    const source = nearestSource(node, input, scene);
    return source === undefined
      ? { op: 'disconnect', nodeId: node.id, input: input.name }
      : connect(source, node, input);
  });
  return ops.length === 0 ? [] : [{ intent: 'Mend connections that lead nowhere', ops }];
};

/** Wakes what fed the input, or feeds it from the nearest output that fits. */
export const reconnect: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  if (node === undefined) return [];
  const inputs = inputsInQuestion(node, place, scene);
  return inputs.flatMap((input): readonly FixProposal[] => {
    const feeder = input.link === undefined ? undefined : scene.view.node(input.link.nodeId);
    if (feeder?.mode === 'muted') {
      return [
        {
          intent: `Switch ${feeder.title} on, because ${node.title} needs it`,
          ops: [{ op: 'set_mode', nodeId: feeder.id, mode: 'active' }],
        },
      ];
    }
    const source = nearestSource(node, input, scene);
    return source === undefined
      ? []
      : [
          {
            intent: `Connect ${source.node.title} to ${settingLabel(input.name)} on ${node.title}`,
            ops: [connect(source, node, input)],
          },
        ];
  });
};

/** Lets the run pass over the node that failed, or over what uses the file that it loads. */
export const bypass: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  if (node === undefined) return bypassLoras(scene);
  const users = canPass(node)
    ? [node]
    : activeNodes(scene).filter(
        (other) => canPass(other) && other.inputs.some(({ link }) => link?.nodeId === node.id),
      );
  return bypassNodes(users);
};

/** The same connection made again, for one that is written in a way that ComfyUI cannot follow. */
export const sameLink: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  const input = node?.inputs.find(({ name }) => name === place.input);
  const from = input?.link === undefined ? undefined : scene.view.node(input.link.nodeId);
  if (node === undefined || input?.link === undefined || from === undefined) return [];
  return [
    {
      intent: `Connect ${from.title} to ${settingLabel(input.name)} on ${node.title} again`,
      ops: [
        { op: 'disconnect', nodeId: node.id, input: input.name },
        connect({ node: from, output: input.link.output }, node, input),
      ],
    },
  ];
};

/** Takes off what is connected to an input that the node does not have. */
export const dropInput: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  return node === undefined || place.input === undefined
    ? []
    : [
        {
          intent: `Take off ${settingLabel(place.input)} from ${node.title}, which ignores it`,
          ops: [{ op: 'disconnect', nodeId: node.id, input: place.input }],
        },
      ];
};

interface Source {
  readonly node: NodeView;
  readonly output: number;
}

function isLoose({ link }: InputView, { view }: FixScene): boolean {
  if (link === undefined) return false;
  const from = view.node(link.nodeId);
  if (from === undefined) return true;
  return from.nodeClass !== undefined && link.output >= from.outputs.length;
}

/** The input that was named; else those that nothing feeds, or that something unfitting feeds. */
function inputsInQuestion(
  node: NodeView,
  { input }: FailurePlace,
  scene: FixScene,
): readonly InputView[] {
  const named = node.inputs.filter(({ name }) => name === input);
  if (named.length > 0) return named;
  return node.inputs.filter(({ link, type, spec }) => {
    if (link === undefined) return spec?.required === true && !spec.isWidget;
    const from = scene.view.node(link.nodeId);
    if (from?.mode === 'muted') return true;
    const offered = from?.outputs[link.output]?.type;
    return offered !== undefined && !canConnect(offered, type);
  });
}

/** An output of that very type: one that nobody takes before others, then the nearest on the canvas. */
function nearestSource(node: NodeView, input: InputView, scene: FixScene): Source | undefined {
  const downstream = fedBy(node.id, scene);
  const fitting = activeNodes(scene)
    .filter(({ id }) => id !== node.id && !downstream.has(id))
    .flatMap((other) =>
      other.outputs.flatMap(({ type }, output) =>
        type !== '*' && type.toUpperCase() === input.type.toUpperCase()
          ? [{ node: other, output }]
          : [],
      ),
    )
    .filter(
      ({ node: other, output }) => input.link?.nodeId !== other.id || input.link.output !== output,
    );
  const taken = new Set(
    scene.view.links.map(({ from }) => `${from.nodeId}/${String(from.output)}`),
  );
  const isTaken = (source: Source): boolean =>
    taken.has(`${source.node.id}/${String(source.output)}`);
  return fitting.toSorted(
    (a, b) =>
      Number(isTaken(a)) - Number(isTaken(b)) || distance(a.node, node) - distance(b.node, node),
  )[0];
}

function fedBy(nodeId: string, { view }: FixScene): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [nodeId];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { from, to } of view.links) {
      if (from.nodeId !== next || found.has(to.nodeId)) continue;
      found.add(to.nodeId);
      waiting.push(to.nodeId);
    }
  }
  return found;
}

function distance(a: NodeView, b: NodeView): number {
  const [ax, ay] = a.position ?? [0, 0];
  const [bx, by] = b.position ?? [0, 0];
  return Math.hypot(ax - bx, ay - by);
}

function connect({ node: from, output }: Source, to: NodeView, input: InputView): Op {
  return {
    op: 'connect',
    from: { nodeId: from.id, output },
    to: { nodeId: to.id, input: input.name },
  };
}

/** True when every output can be taken over by an input of the same type. */
function canPass(node: NodeView): boolean {
  return (
    node.outputs.length > 0 &&
    node.outputs.every(({ type }) =>
      node.inputs.some((input) => input.type === type && input.link !== undefined),
    )
  );
}

function bypassLoras(scene: FixScene): readonly FixProposal[] {
  return bypassNodes(
    activeNodes(scene).filter((node) => /lora/i.test(node.classType) && canPass(node)),
  );
}

/** Bypassed; the exported form knows no such thing, so there the node is taken out. */
export function bypassNodes(nodes: readonly NodeView[]): readonly FixProposal[] {
  if (nodes.length === 0) return [];
  const intent = `Run without ${nodes.map(({ title }) => title).join(' and ')}`;
  return [
    { intent, ops: nodes.map(({ id }): Op => ({ op: 'set_mode', nodeId: id, mode: 'bypassed' })) },
    {
      intent,
      ops: nodes.map(({ id }): Op => ({ op: 'delete_node', nodeId: id, reconnect: true })),
    },
  ];
}
