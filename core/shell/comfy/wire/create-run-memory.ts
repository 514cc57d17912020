import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import type { ComfyEvent } from '../../../ports/comfy.ts';
import { numberField, textField } from './json-fields.ts';

/** A step of a node under its own id, which may be one made while running. */
export interface NodeStep {
  readonly node: string;
  readonly value: number;
  readonly max: number;
}

/**
 * What a socket already told about the nodes of each run. The server tells each step twice, and in
 * `progress_state` the state of every node so far with every message.
 */
export interface RunMemory {
  /** Remembers that `node` is shown as `nodeId`. */
  show(promptId: string, node: string, nodeId: string): void;
  step(promptId: string, step: NodeStep): readonly ComfyEvent[];
  state(promptId: string, nodes: JsonObject): readonly ComfyEvent[];
  forget(promptId: string): void;
}

/** More runs than this are never told about at once; the oldest is forgotten. */
const MAX_RUNS = 64;

interface RunFacts {
  readonly shownAs: Map<string, string>;
  readonly steps: Map<string, string>;
  readonly finished: Set<string>;
}

/** Makes an empty memory. */
export function createRunMemory(): RunMemory {
  const runs = new Map<string, RunFacts>();
  const factsOf = (promptId: string): RunFacts => {
    const known = runs.get(promptId);
    if (known !== undefined) return known;
    const oldest = runs.keys().next();
    if (runs.size >= MAX_RUNS && oldest.done !== true) runs.delete(oldest.value);
    const fresh = { shownAs: new Map(), steps: new Map(), finished: new Set<string>() };
    runs.set(promptId, fresh);
    return fresh;
  };
  const step = (promptId: string, { node, value, max }: NodeStep): readonly ComfyEvent[] => {
    // Nodes without steps report 0 or 1 of 1.
    if (node === '' || max <= 1) return [];
    const facts = factsOf(promptId);
    const told = `${String(value)}/${String(max)}`;
    if (facts.steps.get(node) === told) return [];
    facts.steps.set(node, told);
    return [{ kind: 'step', promptId, nodeId: facts.shownAs.get(node) ?? node, value, max }];
  };

  return {
    show: (promptId, node, nodeId) => factsOf(promptId).shownAs.set(node, nodeId),
    step,
    state: (promptId, nodes) => {
      const facts = factsOf(promptId);
      const events: ComfyEvent[] = [];
      const open = new Set<string>();
      const closed = new Set<string>();
      for (const [node, state] of Object.entries(nodes)) {
        if (!isJsonObject(state)) continue;
        const nodeId = textField(state, 'display_node_id') ?? node;
        facts.shownAs.set(node, nodeId);
        const isFinished = textField(state, 'state') === 'finished';
        (isFinished ? closed : open).add(nodeId);
        const value = numberField(state, 'value') ?? 0;
        const max = numberField(state, 'max') ?? 0;
        // A finished node's last numbers were told while it ran, or it is one from the cache.
        if (!isFinished && value > 0) events.push(...step(promptId, { node, value, max }));
      }
      for (const nodeId of closed) {
        if (open.has(nodeId) || facts.finished.has(nodeId)) continue;
        facts.finished.add(nodeId);
        events.push({ kind: 'node-finished', promptId, nodeId });
      }
      return events;
    },
    forget: (promptId) => runs.delete(promptId),
  };
}
