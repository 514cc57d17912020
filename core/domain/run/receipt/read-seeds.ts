import type { JsonValue } from '../../../base/json.ts';
import type { ReceiptSeed } from '../../../contract/run/receipt.schema.ts';
import { toLinkSource } from '../../workflow/view/view-api.ts';
import type { ReceiptNode } from './payload-nodes.ts';

const SEED = /(?:^|_)seed\d*$/i;
/** Settings of nodes that hand on a number. */
const NUMBERS: readonly string[] = ['seed', 'noise_seed', 'value', 'int', 'number'];

/** Every seed with all its digits; of a seed that comes over a wire, the node that holds the number. */
export function readSeeds(nodes: ReadonlyMap<string, ReceiptNode>): readonly ReceiptSeed[] {
  const seeds = [...nodes.values()].flatMap((node) =>
    Object.keys(node.inputs)
      .filter((setting) => SEED.test(setting))
      .flatMap((setting) => seedAt(nodes, node, setting, new Set())),
  );
  return [...new Map(seeds.map((seed) => [`${seed.nodeId}\n${seed.setting}`, seed])).values()];
}

function seedAt(
  nodes: ReadonlyMap<string, ReceiptNode>,
  { nodeId, nodeTitle, inputs }: ReceiptNode,
  setting: string,
  seen: Set<string>,
): readonly ReceiptSeed[] {
  const value: JsonValue | undefined = inputs[setting];
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) {
    return [{ nodeId, nodeTitle, setting, value }];
  }
  const link = value === undefined ? undefined : toLinkSource(value);
  const source = link === undefined ? undefined : nodes.get(link.nodeId);
  if (source === undefined || seen.has(source.nodeId)) return [];
  seen.add(source.nodeId);
  const next = NUMBERS.find((name) => Object.hasOwn(source.inputs, name));
  return next === undefined ? [] : seedAt(nodes, source, next, seen);
}
