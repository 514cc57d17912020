import { type Disposable, createDisposableBag } from '../../../base/disposable.ts';
import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import { blindPatience, nodePatience, queuePatience } from '../../../domain/run/pace/patience.ts';
import { expectedRunMs, timeOf } from '../../../domain/run/pace/run-times.ts';
import { STOPPED, measuredNodes, timeNodes } from '../../../domain/run/pace/stopwatch.ts';
import type { WorkflowView } from '../../../domain/workflow/view/view.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Comfy, ComfyEvent } from '../../../ports/comfy.ts';
import type { SessionStore } from '../../sessions/session-store.ts';
import type { LearnedTimes } from './learned-times.ts';
import { watchStall } from './watch-stall.ts';

/** A run whose pace is watched. */
export interface PacedRun {
  readonly store: SessionStore;
  readonly promptId: string;
  readonly payload: JsonObject;
  readonly view: WorkflowView;
  readonly server: string;
  readonly comfy: Comfy;
  /** True when it was submitted before this process, so that its events go elsewhere. */
  readonly isRecalled: boolean;
}

/** The pace of one run: what its nodes take, and whether it stands still. */
export interface PaceWatch extends Disposable {
  event(event: ComfyEvent): void;
  /** It moved in the queue. */
  moved(): void;
  /** It is over: what was measured counts from now on. */
  ended(): void;
}

/** Watches one run; a stall becomes an action of its session, never an end. */
export function watchPace(
  { clock, learned }: { readonly clock: Clock; readonly learned: LearnedTimes },
  { store, promptId, payload, view, server, comfy, isRecalled }: PacedRun,
): PaceWatch {
  const bag = createDisposableBag();
  let watch = STOPPED;
  let isBlind = isRecalled;
  const currentNode = (): JsonObject | undefined => {
    const node = payload[watch.current?.nodeId ?? ''];
    return isJsonObject(node) ? node : undefined;
  };
  const patience = (): number => {
    const run = store.state.runs.find((each) => each.promptId === promptId);
    const runMs = expectedRunMs(learned.now, server, payload);
    if (run?.status !== 'running') return queuePatience(runMs);
    if (isBlind) return blindPatience(runMs);
    const classType = currentNode()?.['class_type'];
    const name = typeof classType === 'string' ? classType : undefined;
    return nodePatience(name, timeOf(learned.now, server, classType));
  };
  const stall = bag.add(
    watchStall({
      clock,
      // Without its live connection the server may be at work without our hearing of it.
      canHear: () => comfy.connection.status === 'ready',
      patience,
      onStalled: (quietMs) => {
        const nodeId = watch.current?.nodeId;
        const title = nodeId === undefined ? undefined : view.node(nodeId)?.title;
        const at = title === undefined ? {} : { nodeTitle: title };
        store.dispatch({ type: 'run/stalled', promptId, stall: { quietMs, ...at } });
      },
    }),
  );
  bag.add(
    store.onEnvelope(({ action }) => {
      if (action.type === 'run/kept-waiting' && action.promptId === promptId) stall.keepWaiting();
    }),
  );
  // Somebody else's run ended, or one was put in front: the queue is alive.
  bag.add(
    comfy.onEvent((event) => {
      if (event.kind === 'queue-changed' && currentNode() === undefined) stall.heard();
      // The new socket has another id: ComfyUI sends a run's events to the one it was submitted on.
      if (event.kind !== 'resumed') return;
      isBlind = true;
      watch = { measured: watch.measured };
    }),
  );
  return {
    event: (event) => {
      watch = timeNodes(watch, event, clock.now());
      stall.heard();
    },
    moved: () => stall.heard(),
    ended: () => {
      watch = timeNodes(watch, { kind: 'ended' }, clock.now());
      learned.learn(server, measuredNodes(watch, payload));
    },
    dispose: () => bag.dispose(),
  };
}
