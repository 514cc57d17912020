import { type CancellationSource, createCancellation } from '../../base/cancellation.ts';
import { type Result, assertNever, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Settings } from '../../contract/machine/machine.schema.ts';
import type { Actor } from '../../contract/session.schema.ts';
import { isTurnBusy } from '../../domain/session/turn-waits.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Log } from '../../ports/log.ts';
import type { Model, ModelMessage } from '../../ports/model.ts';
import type { AnyTool, ToolContext } from '../../tools/define-tool.ts';
import { toModelTool } from '../../tools/to-model-tool.ts';
import { askArtist } from './approve-call.ts';
import { createLookJournal, createStepJournal } from './call-journal.ts';
import type { ChangeSetDesk } from '../workflows/change-set-desk.ts';
import { type CallAnswer, type RequestedCall, executeToolCall } from './execute-tool-call.ts';
import type { RunCoordinator } from '../runs/run-coordinator.ts';
import { stopRunsOfTurn } from '../runs/stop-runs-of-turn.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { createTextStream } from './text-stream.ts';

/** Runs turns: a message in, text and tool calls out, until the model has nothing more to do. */
export interface TurnLoop {
  /**
   * Starts a turn; `finished` resolves when it is over. Refused while another one of the same role is at work; one
   * that waits for a yes or for a render is no hindrance.
   */
  send(
    store: SessionStore,
    message: string,
    author: Actor,
  ): Result<{ readonly turnId: string; readonly finished: Promise<void> }, AppError>;
  cancel(store: SessionStore, turnId: string): Result<void, AppError>;
  /** One tool call by a client of the contract, recorded as a turn of its own; `source` stops it. */
  call(
    store: SessionStore,
    call: Omit<RequestedCall, 'callId'> & { readonly callId?: string | undefined },
    author: Actor,
    source?: CancellationSource,
  ): Promise<Result<CallAnswer, AppError>>;
}

interface TurnLoopParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly model: () => Model;
  readonly tools: readonly AnyTool[];
  readonly changeSets: ChangeSetDesk;
  readonly runs: Pick<RunCoordinator, 'cancel'>;
  /** Seconds that tools may take, where the artist has said so. */
  readonly toolSeconds: () => Settings['toolSeconds'];
  readonly createContext: (
    store: SessionStore,
    turn: {
      readonly turnId: string;
      readonly author: Actor;
      readonly isLiteral: boolean;
      readonly cancellation: ToolContext['cancellation'];
      readonly allowOwn: () => Promise<Result<void, AppError>>;
    },
  ) => ToolContext;
}

/** A turn that is going. */
interface Turn {
  readonly store: SessionStore;
  readonly turnId: string;
  readonly author: Actor;
  readonly source: CancellationSource;
  readonly model: Model;
  readonly isLiteral: boolean;
}

interface Heard {
  readonly text: string;
  readonly calls: readonly RequestedCall[];
  readonly failure: AppError | undefined;
}

const MAX_STEPS = 30;
const REMEMBERED_TURNS = 20;

/** Makes the loop. */
export function createTurnLoop(parts: TurnLoopParts): TurnLoop {
  const { clock, ids, log, model, tools, changeSets, runs, toolSeconds, createContext } = parts;
  const going = new Map<string, CancellationSource>();
  const modelTools = tools.map(toModelTool);
  const looking = new Set(
    tools.filter(({ effect }) => effect === 'observe').map(({ name }) => name),
  );

  const execute = (
    turn: Turn,
    call: RequestedCall,
    by: Actor,
    journal = createStepJournal(turn.store, turn.turnId),
  ): Promise<Result<CallAnswer, AppError>> => {
    const { store, turnId } = turn;
    const { token: cancellation } = turn.source;
    const allowOwn = async (): Promise<Result<void, AppError>> =>
      turn.author.role === 'artist'
        ? ok(undefined)
        : askArtist(store, { turnId, callId: call.callId, name: call.name }, cancellation);
    const context = createContext(store, { ...turn, cancellation, allowOwn });
    const recording = { store, turnId, by, journal };
    const limits = { clock, log, toolSeconds: toolSeconds() };
    const parts = { ...recording, ...limits, tools, context, changeSets, cancellation };
    return executeToolCall(call, parts);
  };

  /** One answer of the model: text and suggestions go out as they come, calls are collected. */
  const listen = async (
    turn: Turn,
    current: Model,
    said: readonly ModelMessage[],
  ): Promise<Heard> => {
    const { store, turnId, source } = turn;
    const { token: cancellation } = source;
    // Nothing is done while the model speaks.
    const allowOwn = async (): Promise<Result<void, AppError>> => err(appError('cancelled', {}));
    const context = createContext(store, { ...turn, cancellation, allowOwn });
    const { document, catalog, session } = context;
    const request = { messages: said, tools: modelTools, document, catalog, session };
    const text = createTextStream(clock, (delta) =>
      store.dispatch({ type: 'turn/text', turnId, delta }),
    );
    const calls: RequestedCall[] = [];
    let failure: AppError | undefined;
    for await (const event of current.respond(request, cancellation)) {
      if (cancellation.isCancelled) break;
      switch (event.kind) {
        case 'text':
          text.push(event.delta);
          break;
        case 'tool-call':
          calls.push({ callId: event.callId, name: event.name, input: event.input });
          break;
        case 'suggestions':
          text.flush();
          store.dispatch({ type: 'turn/suggestions', turnId, suggestions: event.suggestions });
          break;
        case 'failed':
          failure = event.error;
          break;
        default:
          assertNever(event);
      }
    }
    return { text: text.end(), calls, failure };
  };

  const runTurn = async (turn: Turn, message: string): Promise<AppError | undefined> => {
    const { store, turnId, source, model: current } = turn;
    const isStopped = (): boolean => source.token.isCancelled;
    const by: Actor = { role: 'assistant', name: current.name };
    const said: ModelMessage[] = [
      ...earlierTurns(store, turnId),
      { role: 'artist', text: message },
    ];
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const { text, calls, failure } = await listen(turn, current, [...said]);
      if (text !== '') said.push({ role: 'assistant', text });
      if (isStopped()) return appError('cancelled', {});
      if (failure !== undefined) return failure;
      if (calls.length === 0) return undefined;
      for (const call of calls) {
        const outcome = await execute(turn, call, by);
        if (isStopped()) return appError('cancelled', {});
        const result = outcome.ok ? ({ ok: true, output: outcome.value.output } as const) : outcome;
        said.push({ role: 'tool', ...call, result });
      }
    }
    return appError('turn/too-many-steps', { limit: MAX_STEPS });
  };

  const toTurn = (
    store: SessionStore,
    author: Actor,
    isCall: boolean,
    source = createCancellation(),
  ): Turn => {
    const current = model();
    const isLiteral = !isCall && current.isBuiltIn;
    return { store, author, source, isLiteral, turnId: ids.next('turn'), model: current };
  };
  const begin = (
    store: SessionStore,
    message: string,
    author: Actor,
    isCall: boolean,
    source?: CancellationSource,
  ): Turn => {
    const turn = toTurn(store, author, isCall, source);
    const { turnId } = turn;
    going.set(turnId, turn.source);
    store.dispatch({ type: 'turn/started', turnId, message, author });
    return turn;
  };
  const end = (store: SessionStore, turnId: string, error: AppError | undefined): void => {
    going.delete(turnId);
    if (error === undefined) store.dispatch({ type: 'turn/moved', turnId, status: 'done' });
    else if (error.code === 'cancelled') {
      store.dispatch({ type: 'turn/moved', turnId, status: 'cancelled' });
    } else store.dispatch({ type: 'turn/moved', turnId, status: 'failed', error });
  };

  return {
    send: (store, message, author) => {
      const busy = store.state.turns.find(
        (turn) => isTurnBusy(turn, store.state) && turn.author.role === author.role,
      );
      if (busy !== undefined) return err(appError('turn/busy', { turnId: busy.turnId }));
      const turn = begin(store, message, author, false);
      const { turnId } = turn;
      const finished = runTurn(turn, message)
        .catch((cause: unknown) => {
          const correlationId = log.unexpected('turn failed', cause);
          return appError('internal/unexpected', { correlationId });
        })
        .then(async (error) => {
          end(store, turnId, error);
          await store.saved();
        });
      return ok({ turnId, finished });
    },
    cancel: (store, turnId) => {
      const source = going.get(turnId);
      if (source === undefined) return err(appError('turn/unknown', { turnId }));
      source.cancel();
      end(store, turnId, appError('cancelled', {}));
      return ok(undefined);
    },
    call: async (store, { callId = ids.next('call'), ...call }, author, source) => {
      if (author.role === 'agent' && looking.has(call.name)) {
        const turn = toTurn(store, author, true, source);
        const journal = createLookJournal(store, turn.turnId, author, clock);
        return execute(turn, { ...call, callId }, author, journal);
      }
      const { title } = tools.find(({ name }) => name === call.name) ?? { title: call.name };
      const turn = begin(store, title, author, true, source);
      const stopping = stopRunsOfTurn({ ...turn, cancellation: turn.source.token }, runs);
      const outcome = await execute(turn, { ...call, callId }, author);
      stopping.dispose();
      // Who has just said no need not be told.
      const isRefused = !outcome.ok && outcome.error.code === 'tool/not-approved';
      end(store, turn.turnId, outcome.ok || isRefused ? undefined : outcome.error);
      return outcome;
    },
  };
}

/** What was said before, as text; what tools did is in the workflow itself. */
function earlierTurns(store: SessionStore, turnId: string): readonly ModelMessage[] {
  return store.state.turns
    .filter((turn) => turn.turnId !== turnId && turn.looks === undefined)
    .slice(-REMEMBERED_TURNS)
    .flatMap((turn): ModelMessage[] => {
      const text = turn.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
      const asked: ModelMessage = { role: 'artist', text: turn.message };
      return text === '' ? [asked] : [asked, { role: 'assistant', text }];
    });
}
