import { type SocketHub, toStatus } from '../sockets/socket-hub.ts';
import { executeRun, type RunSurroundings } from './execute-run.ts';
import { type History } from './history.ts';
import { type PromptQueue, type QueueItem } from './prompt-queue.ts';
import { createRunEvents } from './run-events.ts';

/** Works the queue off, one run at a time. */
export interface Worker {
  /** The node that runs for a client, while its run goes. */
  runningNode(clientId: string): string | undefined;
  /** Looks for work; call it after putting something into the queue. */
  wake(): void;
  /** Tells everybody how many runs wait. */
  tellStatus(): void;
  /** What `/free` asked for; done when no run is going. */
  free(what: { readonly unloadModels: boolean; readonly freeMemory: boolean }): void;
  /** Stops after the current step; resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** What the worker works with. */
export interface WorkerParts {
  readonly queue: PromptQueue;
  readonly history: History;
  readonly hub: SocketHub;
  readonly around: () => Promise<Omit<RunSurroundings, 'onNode'>>;
  readonly now: () => number;
}

/** Makes the worker; it sleeps until woken. */
export function createWorker(parts: WorkerParts): Worker {
  const { queue, history, hub } = parts;
  let lastNode: { readonly clientId: string; readonly nodeId: string } | undefined;
  let going: Promise<void> | undefined;
  let isStopped = false;
  let pendingFree: { unloadModels: boolean; freeMemory: boolean } | undefined;

  const tellStatus = (): void => hub.send('status', toStatus(queue.remaining));
  const applyFree = async (): Promise<void> => {
    if (pendingFree === undefined) return;
    const { unloadModels, freeMemory } = pendingFree;
    pendingFree = undefined;
    const around = await parts.around();
    if (unloadModels || freeMemory) around.machine.unloadModels();
    if (freeMemory) around.cache.clear();
  };
  const runOne = async (item: QueueItem): Promise<void> => {
    const client = item.extraData['client_id'];
    const clientId = typeof client === 'string' ? client : undefined;
    tellStatus();
    const around = await parts.around();
    around.steps.reset();
    // A stop that came while this run was taken must not be forgotten with the old interrupt.
    if (isStopped) around.steps.interrupt();
    const events = createRunEvents(item, hub, parts.now);
    const record = await executeRun(item, events, {
      ...around,
      onNode: (nodeId) => {
        if (clientId !== undefined) lastNode = { clientId, nodeId };
      },
    });
    around.machine.setWorkload(0);
    lastNode = undefined;
    history.add(item, record);
    queue.finish();
    tellStatus();
    events.ended();
  };
  const work = async (): Promise<void> => {
    await applyFree();
    for (let item = queue.take(); item !== undefined; item = isStopped ? undefined : queue.take()) {
      await runOne(item);
      await applyFree();
    }
  };
  const wake = (): void => {
    if (going !== undefined || isStopped) return;
    going = new Promise<void>((resolve) => setImmediate(resolve)).then(work).finally(() => {
      going = undefined;
      if (queue.pending.length > 0) wake();
    });
  };
  return {
    runningNode: (clientId) => (lastNode?.clientId === clientId ? lastNode.nodeId : undefined),
    wake,
    tellStatus,
    free: (what) => {
      pendingFree = what;
      wake();
    },
    stop: async () => {
      isStopped = true;
      queue.clear();
      (await parts.around()).steps.interrupt();
      await going;
    },
  };
}
