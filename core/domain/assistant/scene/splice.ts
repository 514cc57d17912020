import type { JsonObject } from '../../../base/json.ts';
import type { Op } from '../../../contract/workflow.schema.ts';
import type { LinkView, NodeView } from '../../workflow/view/view.ts';
import { type Scene, outputOfType } from './scene.ts';

/** One output of a node. */
export interface Tap {
  readonly node: NodeView;
  readonly output: number;
}

/** Ids for new nodes, above every id that the workflow uses. */
export function freeIds(scene: Scene, count: number): readonly string[] {
  const highest = scene.allNodes.reduce((most, node) => {
    const id = Number(node.id.split(':')[0]);
    return Number.isSafeInteger(id) ? Math.max(most, id) : most;
  }, 0);
  return Array.from({ length: count }, (_, at) => String(highest + 1 + at));
}

/** A new node; where it goes is left to the op, which finds a free place beside what it is wired to. */
export function newNode(
  nodeId: string,
  classType: string,
  { title, widgets }: { readonly title?: string; readonly widgets?: JsonObject } = {},
): Op {
  return {
    op: 'add_node',
    nodeId,
    classType,
    ...(title === undefined ? {} : { title }),
    ...(widgets === undefined ? {} : { widgets }),
  };
}

/** Feeds an input of a new node from an output that is there. */
export function feed(tap: Tap, nodeId: string, input: string): Op {
  return {
    op: 'connect',
    from: { nodeId: tap.node.id, output: outputName(tap.node, tap.output) },
    to: { nodeId, input },
  };
}

/** Moves what hung on an output over to a new node's output. */
export function takeOver(
  links: readonly LinkView[],
  nodeId: string,
  output: string,
): readonly Op[] {
  return links.map((link) => ({
    op: 'connect',
    from: { nodeId, output },
    to: { nodeId: link.to.nodeId, input: link.to.input },
  }));
}

/** The last node of a type's chain before the samplers: the LoRA nearest to them, else the loader. */
export function chainEnd(start: Tap, type: string, scene: Scene): Tap {
  let tap = start;
  for (let hops = 0; hops < 100 && !isLoaderOrLora(tap.node, type); hops += 1) {
    const input = tap.node.inputs.find((slot) => slot.type === type);
    const source = input && scene.sourceOf(tap.node, input.name);
    if (source === undefined) return tap;
    tap = source;
  }
  return tap;
}

function isLoaderOrLora(node: NodeView, type: string): boolean {
  return /lora/i.test(node.classType) && outputOfType(node, type) !== undefined;
}

/** The output's name, or its index where two outputs share a name. */
function outputName(node: NodeView, output: number): string | number {
  const name = node.outputs[output]?.name ?? '';
  return name !== '' && node.outputs.filter((other) => other.name === name).length === 1
    ? name
    : output;
}
