import { type Disposable, createDisposableBag, toDisposable } from '../../base/disposable.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ComfyEvent } from '../../ports/comfy.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import type { WorkspaceStore } from '../sessions/workspace-store.ts';

/** How long each node took, in the order in which they ran. */
export type NodeTimes = readonly { readonly nodeId: string; readonly ms: number }[];

/** Watches runs of ours while they go: how long each node takes, and when none goes. */
export interface RunTracker extends Disposable {
  begin(promptId: string): void;
  /** What was seen of it; forgets the run. */
  end(promptId: string): NodeTimes;
  /** Until disposed nothing waits for idleness: somebody asked for what is being read. */
  hurry(): Disposable;
  /** Resolves when no run of ours is going and nobody's is in the queue. */
  whenIdle(): Promise<void>;
}

interface Going {
  readonly times: Map<string, number>;
  current: { readonly nodeId: string; readonly since: number } | undefined;
}

interface TrackerParts {
  readonly link: ComfyLink;
  readonly workspace: WorkspaceStore;
  readonly clock: Clock;
}

/** Makes the tracker. */
export function createRunTracker({ link, workspace, clock }: TrackerParts): RunTracker {
  const bag = createDisposableBag();
  const going = new Map<string, Going>();
  let waiting: (() => void)[] = [];

  let hurried = 0;
  const isIdle = (): boolean => {
    if (hurried > 0) return true;
    const { running, pending } = workspace.state.queue;
    return going.size === 0 && running.length === 0 && pending.length === 0;
  };
  const wake = (): void => {
    if (!isIdle()) return;
    const woken = waiting;
    waiting = [];
    for (const resume of woken) resume();
  };
  const leaveNode = (run: Going): void => {
    if (run.current === undefined) return;
    const { nodeId, since } = run.current;
    run.times.set(nodeId, (run.times.get(nodeId) ?? 0) + Math.max(0, clock.now() - since));
    run.current = undefined;
  };
  const take = (event: ComfyEvent): void => {
    const run = 'promptId' in event ? going.get(event.promptId ?? '') : undefined;
    if (run === undefined) return;
    if (event.kind === 'node-started') {
      leaveNode(run);
      run.current = { nodeId: event.nodeId, since: clock.now() };
    }
    const isEnd = event.kind === 'ended' || event.kind === 'failed' || event.kind === 'interrupted';
    if (isEnd || (event.kind === 'node-finished' && run.current?.nodeId === event.nodeId)) {
      leaveNode(run);
    }
  };
  bag.add(link.onEvent(take));
  bag.add(
    workspace.onEnvelope(({ action }) => {
      if (action.type === 'queue/changed') wake();
    }),
  );
  return {
    begin: (promptId) => {
      going.set(promptId, { times: new Map(), current: undefined });
    },
    end: (promptId) => {
      const run = going.get(promptId);
      going.delete(promptId);
      wake();
      if (run === undefined) return [];
      leaveNode(run);
      return [...run.times].map(([nodeId, ms]) => ({ nodeId, ms }));
    },
    hurry: () => {
      hurried += 1;
      wake();
      return toDisposable(() => {
        hurried -= 1;
      });
    },
    whenIdle: () =>
      isIdle() ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    dispose: () => {
      bag.dispose();
      // Whoever waits finds out by its own cancellation.
      for (const resume of waiting) resume();
      waiting = [];
    },
  };
}
