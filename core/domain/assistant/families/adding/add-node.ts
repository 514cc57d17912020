import type { Op } from '../../../../contract/workflow.schema.ts';
import type { Clause } from '../../reading/clause.ts';
import { compact } from '../../scene/match-choice.ts';
import { type Outcome, ask, edit } from '../../plan.ts';
import { resolveNodes } from '../../scene/resolve-node.ts';
import { type Scene, inputOfType } from '../../scene/scene.ts';
import { type Tap, newNode, feed, freeIds } from '../../scene/splice.ts';
import { orList, refer } from '../../replying/wording.ts';
import { saversOf } from './add-upscale.ts';
import type { NodeClass } from '../../../workflow/catalog.ts';
import type { NodeView } from '../../../workflow/view/view.ts';

const PATTERN =
  /^(?:add|insert|put(?: in)?|splice in|throw in|chuck in|drop in) (?:an? |another |the |some )?(?<what>.+?)(?: node)?(?: (?<where>before|after|to|between) (?:the )?(?<node>.+?))?$/;
/** Pictures are what artists mean by "add a blur"; classes that hand on a picture are looked at first. */
const CHAIN_TYPES = ['IMAGE', 'LATENT', 'MODEL', 'CONDITIONING', 'MASK'];

/** Puts a node of a known class into a chain: "add a blur before the save". */
export function planAddNode(clause: Clause, scene: Scene): Outcome | undefined {
  const groups = PATTERN.exec(clause.plain)?.groups;
  const what = groups?.['what'] ?? '';
  if (groups === undefined || what === '') return undefined;
  const found = findClass(what, scene);
  if (found === undefined) return undefined;
  if (found.kind === 'several') {
    return ask(
      `Which node: ${orList(found.classes.map(nameOf))}?`,
      found.classes.map((each) => `add a ${nameOf(each)} node`),
    );
  }
  return place(found.nodeClass, groups['where'] ?? 'before', groups['node'] ?? '', clause, scene);
}

type ClassMatch =
  | { readonly kind: 'one'; readonly nodeClass: NodeClass }
  | { readonly kind: 'several'; readonly classes: readonly NodeClass[] };

/** Exact names first, then classes with all the words that hand on what they get. */
function findClass(words: string, scene: Scene): ClassMatch | undefined {
  const wanted = compact(words);
  if (wanted.length < 3) return undefined;
  const named = scene.catalog.classTypes.filter((name) => {
    const form = compact(name);
    return form === wanted || form === `image${wanted}` || form === `${wanted}image`;
  });
  const exact = [...named]
    .sort((a, b) => a.length - b.length)
    .flatMap((name) => scene.catalog.get(name) ?? []);
  const [first] = exact;
  if (first !== undefined) return { kind: 'one', nodeClass: first };
  const partial = scene.catalog.classTypes
    .filter((name) => compact(name).includes(wanted))
    .flatMap((name) => scene.catalog.get(name) ?? [])
    .filter(
      (nodeClass) =>
        !nodeClass.isApiNode && !nodeClass.isDeprecated && chainOf(nodeClass) !== undefined,
    );
  if (partial.length === 1 && partial[0] !== undefined)
    return { kind: 'one', nodeClass: partial[0] };
  return partial.length > 1 && partial.length <= 5
    ? { kind: 'several', classes: partial }
    : undefined;
}

function nameOf(nodeClass: NodeClass): string {
  return nodeClass.classType;
}

interface Chain {
  readonly input: string;
  readonly output: string;
  readonly type: string;
}

/** How a class hands on what it gets; undefined when it needs more than one feed or hands nothing on. */
function chainOf(nodeClass: NodeClass): Chain | undefined {
  const sockets = nodeClass.inputs.filter((input) => input.required && !input.isWidget);
  const [socket] = sockets;
  if (sockets.length !== 1 || socket === undefined || !CHAIN_TYPES.includes(socket.type))
    return undefined;
  const output = nodeClass.outputs.find((other) => other.type === socket.type);
  return output === undefined
    ? undefined
    : { input: socket.name, output: output.name, type: socket.type };
}

function place(
  nodeClass: NodeClass,
  where: string,
  nodeWords: string,
  clause: Clause,
  scene: Scene,
): Outcome | undefined {
  const name = nodeClass.displayName === '' ? nodeClass.classType : nodeClass.displayName;
  const only = nodeClass.inputs.filter((input) => input.required && !input.isWidget);
  const chain = chainOf(nodeClass);
  if (chain === undefined && !(nodeClass.isOutput && only.length === 1)) {
    return ask(
      `${name} needs ${only.map((input) => input.name).join(' and ')} connected, which I cannot place on my own yet. I can add nodes that sit in one chain.`,
      ['add an ImageBlur before the save', 'add a lora', 'upscale 2x'],
    );
  }
  const type = chain?.type ?? only[0]?.type ?? '';
  const candidates = nodeWords === '' ? startingPoints(type, scene) : scene.nodes;
  const match = resolveNodes(nodeWords, candidates, scene);
  const [node] = match.nodes;
  if (node === undefined)
    return nodeWords === ''
      ? ask(`Where should ${name} go? Name a node before or after it.`, [])
      : undefined;
  if (match.nodes.length > 1) {
    const request =
      nodeWords === '' ? clause.typed : clause.typed.replace(/ (?:before|after|to) .*$/i, '');
    return ask(
      `Where: ${orList(match.nodes.map((each) => scene.label(each)))}?`,
      match.nodes
        .slice(0, 5)
        .map((each) => `${request} ${where === 'after' ? 'after' : 'before'} ${refer(each)}`),
    );
  }
  const [nodeId = ''] = freeIds(scene, 1);
  const ops =
    chain === undefined
      ? hangOn(nodeClass, only[0]?.name ?? '', node, type, nodeId, scene)
      : splice(nodeClass, chain, node, where, nodeId, scene);
  if (ops === undefined)
    return ask(`${scene.label(node)} has no ${type.toLowerCase()} that ${name} could work on.`, []);
  return edit(ops, [
    `${name} added ${where === 'after' ? 'after' : 'before'} ${scene.label(node)}`,
  ]);
}

function startingPoints(type: string, scene: Scene): readonly NodeView[] {
  if (type === 'IMAGE') return saversOf(scene);
  return scene.nodes.filter(
    (node) =>
      inputOfType(node, type) !== undefined && node.outputs.every((output) => output.type !== type),
  );
}

/** A preview and the like hang beside what is there. */
function hangOn(
  nodeClass: NodeClass,
  input: string,
  node: NodeView,
  type: string,
  nodeId: string,
  scene: Scene,
): readonly Op[] | undefined {
  const tap = tapBefore(node, type, scene) ?? tapAfter(node, type);
  if (tap === undefined) return undefined;
  return [newNode(nodeId, nodeClass.classType), feed(tap, nodeId, input)];
}

function splice(
  nodeClass: NodeClass,
  chain: Chain,
  node: NodeView,
  where: string,
  nodeId: string,
  scene: Scene,
): readonly Op[] | undefined {
  const start = newNode(nodeId, nodeClass.classType);
  if (where === 'after') {
    const tap = tapAfter(node, chain.type);
    if (tap === undefined) return undefined;
    const links = scene.linksFrom({ nodeId: node.id, output: tap.output });
    return [
      start,
      feed(tap, nodeId, chain.input),
      ...links.map((link): Op => ({
        op: 'connect',
        from: { nodeId, output: chain.output },
        to: { nodeId: link.to.nodeId, input: link.to.input },
      })),
    ];
  }
  const slot = inputOfType(node, chain.type);
  const tap = tapBefore(node, chain.type, scene);
  if (slot === undefined || tap === undefined) return undefined;
  return [
    start,
    feed(tap, nodeId, chain.input),
    {
      op: 'connect',
      from: { nodeId, output: chain.output },
      to: { nodeId: node.id, input: slot.name },
    },
  ];
}

function tapBefore(node: NodeView, type: string, scene: Scene): Tap | undefined {
  const slot = inputOfType(node, type);
  return slot && scene.sourceOf(node, slot.name);
}

function tapAfter(node: NodeView, type: string): Tap | undefined {
  const output = node.outputs.findIndex((other) => other.type === type);
  return output < 0 ? undefined : { node, output };
}
