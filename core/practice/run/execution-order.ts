import { isJsonArray, isJsonObject, type JsonObject } from '../../base/json.ts';

/** A link of a payload: the node it comes from and the output slot. */
export interface PayloadLink {
  readonly input: string;
  readonly from: string;
  readonly slot: number;
}

/** What the order depends on. */
export interface OrderOptions {
  readonly isOutput: (nodeId: string) => boolean;
  readonly isCached: (nodeId: string) => boolean;
}

/** Hands out nodes one by one in the order that ComfyUI runs them. */
export interface ExecutionOrder {
  /** The next node, or undefined when all are done. */
  next(): string | undefined;
  done(nodeId: string): void;
}

/** Links of a node's inputs, in their order. */
export function linksOf(payload: JsonObject, nodeId: string): readonly PayloadLink[] {
  const inputs = inputsOf(payload, nodeId);
  return Object.entries(inputs).flatMap(([input, value]) => {
    if (!isJsonArray(value) || value.length !== 2) return [];
    const [from, slot] = value;
    return typeof from === 'string' && typeof slot === 'number' ? [{ input, from, slot }] : [];
  });
}

/** The `inputs` of a node. */
export function inputsOf(payload: JsonObject, nodeId: string): JsonObject {
  const node = payload[nodeId];
  return isJsonObject(node) && isJsonObject(node['inputs']) ? node['inputs'] : {};
}

/**
 * Orders nodes as comfy_execution/graph.py: depth first from the outputs; among the ready ones an
 * output comes first, then what leads to an output in one step, then in two, else the oldest.
 */
export function createExecutionOrder(
  payload: JsonObject,
  outputs: readonly string[],
  options: OrderOptions,
): ExecutionOrder {
  const pending = new Set<string>();
  const waitsFor = new Map<string, number>();
  const blocks = new Map<string, Set<string>>();
  for (const output of outputs) add(output);
  const ready = (): readonly string[] => [...pending].filter((id) => (waitsFor.get(id) ?? 0) === 0);
  const followers = (id: string): readonly string[] => [...(blocks.get(id) ?? [])];
  return {
    next: () => {
      const nodes = ready();
      return (
        nodes.find(options.isOutput) ??
        nodes.find((id) => followers(id).some(options.isOutput)) ??
        nodes.find((id) => followers(id).some((next) => followers(next).some(options.isOutput))) ??
        nodes[0]
      );
    },
    done: (nodeId) => {
      pending.delete(nodeId);
      for (const next of followers(nodeId)) waitsFor.set(next, (waitsFor.get(next) ?? 1) - 1);
    },
  };

  function add(start: string): void {
    const stack = [start];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (pending.has(id)) continue;
      pending.add(id);
      waitsFor.set(id, waitsFor.get(id) ?? 0);
      for (const { from } of linksOf(payload, id)) {
        if (options.isCached(from)) continue;
        stack.push(from);
        const blocked = blocks.get(from) ?? new Set<string>();
        if (!blocked.has(id)) waitsFor.set(id, (waitsFor.get(id) ?? 0) + 1);
        blocks.set(from, blocked.add(id));
      }
    }
  }
}
