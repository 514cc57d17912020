import { type DisposableBag, createDisposableBag } from '../../base/disposable.ts';
import type { JsonValue } from '../../base/json.ts';
import { type Result, err } from '../../base/result.ts';
import type { Batch } from '../../contract/run/batch.schema.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { ResultOf } from '../../contract/methods.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import type { ChangeSet, SessionState } from '../../contract/session.schema.ts';
import { countItems } from '../../domain/batch/find-batch.ts';
import { findWaitingCall } from '../../domain/session/turn-waits.ts';
import type { Agent, ToolListing } from '../agents/agent-pool.ts';
import type { SessionMirror } from '../agents/session-mirror.ts';
import type { Time } from '../endpoint-parts.ts';

/** What a call waits for the artist with. */
export type Waiting =
  | { readonly kind: 'change'; readonly id: string; readonly changeSet: ChangeSet }
  | { readonly kind: 'run'; readonly id: string; readonly run: Run }
  /** What is the artist's own: this very call. */
  | { readonly kind: 'call'; readonly id: string }
  /** A plan of several renders: only the window shows it whole, so only there it is answered. */
  | { readonly kind: 'batch'; readonly id: string };

/** Why waiting for a call ended. */
export type CallEvent = 'answered' | 'aborted' | 'timed-out' | 'moved' | Waiting;

/** A call of a tool that changes or runs something, under way in the core. */
export interface PendingCall {
  readonly callId: string;
  readonly agent: Agent;
  readonly tool: ToolListing;
  readonly input: JsonValue;
  readonly sessionId: string;
  /** Ids of what was put to somebody already. */
  readonly asked: Set<string>;
  /** Set once the core has answered. */
  readonly answer: () => Result<ResultOf<'tool/call'>, AppError> | undefined;
  readonly state: () => SessionState;
  /** Runs that this call started, in order. */
  readonly runs: () => readonly Run[];
  /** How many runs this call comes to, as far as is known. */
  readonly expectedRuns: () => number;
  /** What waits for the artist now. */
  readonly waiting: () => Waiting | undefined;
  /** Resolves when something happens: the answer, a new question, progress, an abort, the end of patience. */
  next(options: { readonly signal: AbortSignal; readonly patienceMs: number }): Promise<CallEvent>;
  /** Takes back what was proposed and stops what runs. */
  cancel(): Promise<void>;
  dispose(): void;
}

interface PendingCallParts {
  readonly agent: Agent;
  readonly tool: ToolListing;
  readonly input: JsonValue;
  readonly mirror: SessionMirror;
  readonly callId: string;
  readonly time: Time;
  /** Called once, when nobody needs this call any more. */
  readonly onDisposed: () => void;
}

/** Starts the call; its turn is found in the session by the id that we gave it. */
export function startPendingCall(parts: PendingCallParts): PendingCall {
  const { agent, tool, input, mirror, callId, time, onDisposed } = parts;
  const { sessionId } = mirror;
  const held = createDisposableBag();
  const asked = new Set<string>();
  const wakers = new Set<() => void>();
  let answer: Result<ResultOf<'tool/call'>, AppError> | undefined;
  let turnId: string | undefined;
  const wake = (): void => {
    for (const waker of [...wakers]) waker();
  };
  held.add(mirror);
  held.add(mirror.onAction(wake));
  held.add({ dispose: onDisposed });
  const call = agent.client.call('tool/call', { sessionId, name: tool.name, input, callId });
  void call.then((outcome) => {
    answer = outcome;
    wake();
  });

  const ownTurn = (): string | undefined => {
    turnId ??= mirror.state.turns.findLast(({ parts: said }) =>
      said.some((part) => part.kind === 'tool-call' && part.call.callId === callId),
    )?.turnId;
    return turnId;
  };
  const runs = (): readonly Run[] => {
    const own = ownTurn();
    return own === undefined ? [] : mirror.state.runs.filter((run) => run.turnId === own);
  };
  const ownBatch = (): Batch | undefined => {
    const own = ownTurn();
    return own === undefined
      ? undefined
      : mirror.state.batches?.findLast((batch) => batch.turnId === own);
  };
  const waiting = (): Waiting | undefined => {
    const own = ownTurn();
    if (own === undefined) return undefined;
    const changeSet = mirror.state.changeSets.find(
      (candidate) => candidate.turnId === own && candidate.status === 'proposed',
    );
    if (changeSet !== undefined) return { kind: 'change', id: changeSet.changeSetId, changeSet };
    if (findWaitingCall(mirror.state, callId) !== undefined) return { kind: 'call', id: callId };
    const batch = ownBatch();
    if (batch?.status === 'proposed') return { kind: 'batch', id: batch.batchId };
    // The renders of a plan were said yes to with the plan.
    const run = runs().find(
      (candidate) =>
        candidate.status === 'proposed' &&
        candidate.queuedAt === undefined &&
        candidate.batch === undefined,
    );
    return run === undefined ? undefined : { kind: 'run', id: run.promptId, run };
  };
  const look = (): CallEvent | undefined => {
    if (answer !== undefined) return 'answered';
    const open = waiting();
    return open === undefined || asked.has(open.id) ? undefined : open;
  };

  return {
    callId,
    agent,
    tool,
    input,
    sessionId,
    asked,
    answer: () => answer,
    state: () => mirror.state,
    runs,
    expectedRuns: () => {
      const batch = ownBatch();
      return batch === undefined ? runs().length : countItems(mirror.state, batch).kept;
    },
    waiting,
    next: ({ signal, patienceMs }) =>
      new Promise((resolve) => {
        const bag = createDisposableBag();
        const settle = (event: CallEvent): void => {
          bag.dispose();
          resolve(event);
        };
        const ready = look();
        if (ready !== undefined || signal.aborted) {
          settle(ready ?? 'aborted');
          return;
        }
        // Patience is only spent while somebody has to decide; a render may take hours.
        if (waiting() !== undefined) bag.add(time.after(patienceMs, () => settle('timed-out')));
        addAbort(bag, signal, () => settle('aborted'));
        const waker = (): void => settle(look() ?? 'moved');
        wakers.add(waker);
        bag.add({ dispose: () => void wakers.delete(waker) });
      }),
    cancel: async () => {
      answer ??= err(appError('cancelled', {}));
      await agent.client.call('tool/cancel', { callId });
    },
    dispose: () => held.dispose(),
  };
}

function addAbort(bag: DisposableBag, signal: AbortSignal, listener: () => void): void {
  signal.addEventListener('abort', listener, { once: true });
  bag.add({ dispose: () => signal.removeEventListener('abort', listener) });
}
