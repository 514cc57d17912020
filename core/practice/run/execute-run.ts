import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../base/json.ts';
import { toPythonRepr } from '../../domain/workflow/server-validation/python-text.ts';
import { type ObjectInfo } from '../catalog/object-info.ts';
import { type Folders } from '../folders.ts';
import { type Machine } from '../machine.ts';
import { createNodeInputs, inputChoices, inputDefaults } from '../nodes/node-inputs.ts';
import { NodeFailure, RunInterrupted } from '../nodes/node-failure.ts';
import { type NodeResult, type NodeRun } from '../nodes/node-run.ts';
import { type NodeValue, toJsonValue } from '../nodes/node-values.ts';
import { findRunner } from '../nodes/registry.ts';
import { createExecutionOrder, inputsOf, linksOf } from './execution-order.ts';
import { type RunRecord } from './history.ts';
import { type NodeCache, signaturesOf } from './node-cache.ts';
import { type QueueItem } from './prompt-queue.ts';
import { type RunEvents } from './run-events.ts';
import { type Steps } from './steps.ts';

/** What a run needs around it. */
export interface RunSurroundings {
  readonly info: ObjectInfo;
  readonly folders: Folders;
  readonly cache: NodeCache;
  readonly machine: Machine;
  readonly steps: Steps;
  readonly tempTag: (nodeId: string) => string;
  readonly today: () => Date;
  /** Hears which node runs, for sockets that connect meanwhile. */
  readonly onNode: (nodeId: string) => void;
}

/** Runs one payload to its end and tells its events; resolves with what the history keeps. */
export async function executeRun(
  item: QueueItem,
  events: RunEvents,
  around: RunSurroundings,
): Promise<RunRecord> {
  const { payload } = item;
  const outputs = new Map<string, JsonObject>();
  const executed = new Set<string>();
  const results = new Map<string, NodeResult>();
  events.execution('execution_start', {});
  const signatures = signaturesOf(payload, around.folders);
  around.cache.keepOnly(new Set(signatures.values()));
  const cachedAtStart = Object.keys(payload).filter((id) => {
    const hit = around.cache.get(signatures.get(id) ?? '');
    if (hit !== undefined) results.set(id, hit);
    return hit !== undefined;
  });
  events.execution('execution_cached', { nodes: cachedAtStart });
  const isOutput = (id: string): boolean =>
    around.info.get(classOf(payload, id))?.raw['output_node'] === true;
  const order = createExecutionOrder(payload, item.outputs, {
    isOutput,
    isCached: (id) => results.has(id),
  });
  const record = (isSuccess: boolean): RunRecord => ({
    isSuccess,
    messages: events.messages,
    outputs,
  });
  for (let id = order.next(); id !== undefined; id = order.next()) {
    const signature = signatures.get(id) ?? '';
    const cached = around.cache.get(signature);
    if (cached !== undefined) {
      if (cached.ui !== undefined) {
        events.executed(id, cached.ui);
        outputs.set(id, cached.ui);
      }
      events.finishedFromCache(id);
      results.set(id, cached);
      order.done(id);
      continue;
    }
    around.onNode(id);
    events.started(id);
    const outcome = await runNode(id, item, events, around, results);
    if ('interrupted' in outcome) {
      events.execution('execution_interrupted', whereabouts(payload, id, executed), true);
      return record(false);
    }
    if ('failure' in outcome) {
      events.execution('execution_error', describeFailure(payload, id, executed, outcome.failure));
      return record(false);
    }
    const { result } = outcome;
    around.cache.set(signature, result);
    results.set(id, result);
    executed.add(id);
    if (result.ui !== undefined) {
      events.executed(id, result.ui);
      outputs.set(id, result.ui);
    }
    events.finished(id);
    order.done(id);
  }
  events.execution('execution_success', {});
  return record(true);
}

type NodeOutcome =
  { readonly result: NodeResult } | { readonly failure: Error } | { readonly interrupted: true };

async function runNode(
  id: string,
  item: QueueItem,
  events: RunEvents,
  around: RunSurroundings,
  results: ReadonlyMap<string, NodeResult>,
): Promise<NodeOutcome> {
  const { payload } = item;
  const classType = classOf(payload, id);
  const runner = findRunner(classType);
  if (isStopped(around)) return { interrupted: true };
  if (runner === undefined) {
    return {
      failure: new NodeFailure(`The practice ComfyUI cannot run ${classType}; a real one can.`),
    };
  }
  const raw = around.info.get(classType)?.raw ?? {};
  const extra = item.extraData['extra_pnginfo'];
  const run: NodeRun = {
    nodeId: id,
    classType,
    folders: around.folders,
    payload,
    pngInfo: isJsonObject(extra) ? extra : {},
    tempTag: around.tempTag(id),
    today: around.today(),
    choices: (input) => inputChoices(raw, input),
    step: async (value, max, preview) => {
      await around.steps.wait();
      const bytes = await preview?.();
      if (around.steps.isInterrupted) throw new RunInterrupted();
      events.progressed(id, value, max, bytes && { format: 'JPEG', bytes });
    },
    sendPicture: (value, max, format, bytes) => {
      events.picture(id, value, max, { format, bytes });
    },
  };
  try {
    const inputs = createNodeInputs(gatherInputs(payload, id, results), inputDefaults(raw));
    // Lets sockets breathe between nodes, so that an interrupt is heard.
    await around.steps.settle();
    if (isStopped(around)) return { interrupted: true };
    const result = await runner(inputs, run);
    noteLoad(around.machine, result);
    return { result };
  } catch (cause) {
    if (cause instanceof RunInterrupted) return { interrupted: true };
    return { failure: cause instanceof Error ? cause : new Error(String(cause)) };
  }
}

/** Asked anew each time: the answer changes while a node waits. */
function isStopped(around: RunSurroundings): boolean {
  return around.steps.isInterrupted;
}

function gatherInputs(
  payload: JsonObject,
  id: string,
  results: ReadonlyMap<string, NodeResult>,
): ReadonlyMap<string, NodeValue> {
  const values = new Map<string, NodeValue>();
  const links = new Map(linksOf(payload, id).map((link) => [link.input, link]));
  for (const [name, value] of Object.entries(inputsOf(payload, id))) {
    const link = links.get(name);
    if (link === undefined) {
      values.set(name, toJsonValue(value));
      continue;
    }
    const source = results.get(link.from)?.outputs[link.slot];
    if (source !== undefined) values.set(name, source);
  }
  return values;
}

function noteLoad(machine: Machine, result: NodeResult): void {
  for (const value of result.outputs) {
    if (value.kind === 'MODEL' && value.parts.length === 1) machine.loadModel(value);
    if (value.kind === 'LATENT') machine.setWorkload(value.width * value.height * value.batch);
  }
}

function whereabouts(payload: JsonObject, id: string, executed: ReadonlySet<string>): JsonObject {
  return { node_id: id, node_type: classOf(payload, id), executed: [...executed] };
}

function describeFailure(
  payload: JsonObject,
  id: string,
  executed: ReadonlySet<string>,
  failure: Error,
): JsonObject {
  const current = Object.entries(inputsOf(payload, id)).map(
    ([name, value]): [string, JsonValue] => [
      name,
      [isJsonArray(value) ? `<${toPythonRepr(value)}>` : value],
    ],
  );
  return {
    ...whereabouts(payload, id, executed),
    exception_message: `${failure.message}\n`,
    exception_type: failure instanceof NodeFailure ? failure.exceptionType : 'RuntimeError',
    traceback: [`  File "practice/${classOf(payload, id)}"\n`],
    current_inputs: Object.fromEntries(current),
    current_outputs: Object.keys(payload),
  };
}

function classOf(payload: JsonObject, id: string): string {
  const node = payload[id];
  const classType = isJsonObject(node) ? node['class_type'] : undefined;
  return typeof classType === 'string' ? classType : '';
}
