import type { Cancellation } from '../../base/cancellation.ts';
import {
  type CallResult,
  describeResults,
  mayGoOn,
  offersAfter,
} from '../../domain/assistant/replying/closing.ts';
import type { PlanContext, PlannedCall } from '../../domain/assistant/plan.ts';
import { planMessage } from '../../domain/assistant/plan-message.ts';
import type { Model, ModelEvent, ModelMessage, ModelRequest } from '../../ports/model.ts';

/** Turns that wait for a tool's answer at the same time; older ones are forgotten. */
const MOST_WAITING = 32;

/**
 * The assistant that needs no key and no network: it does what the words say, and asks where they are not
 * clear. Edits go first; a run follows only when they were applied.
 */
export function createBuiltInModel(options: Pick<PlanContext, 'templates'> = {}): Model {
  // What is still to be done once the call with this id has been answered.
  const waiting = new Map<string, readonly PlannedCall[]>();

  const callNext = (calls: readonly PlannedCall[], request: ModelRequest): ModelEvent[] => {
    const [next, ...rest] = calls;
    if (next === undefined) return [];
    const callId = callIdFor(request);
    waiting.set(callId, rest);
    for (const old of [...waiting.keys()].slice(0, -MOST_WAITING)) waiting.delete(old);
    return [{ kind: 'tool-call', callId, name: next.name, input: next.input }];
  };

  const begin = (message: string, request: ModelRequest): ModelEvent[] => {
    const plan = planMessage(message, {
      document: request.document,
      catalog: request.catalog,
      session: request.session,
      ...options,
    });
    if (plan.kind === 'calls') {
      return [
        ...textOf(plan.reply),
        ...suggestionsOf(plan.suggestions),
        ...callNext(plan.calls, request),
      ];
    }
    return [...textOf(plan.text), ...suggestionsOf(plan.suggestions)];
  };

  const goOn = (
    results: readonly CallResult[],
    lastCallId: string,
    request: ModelRequest,
  ): ModelEvent[] => {
    const left = waiting.get(lastCallId) ?? [];
    waiting.delete(lastCallId);
    const last = results.at(-1);
    if (left.length > 0 && last !== undefined && mayGoOn(last)) return callNext(left, request);
    return [
      ...textOf(describeResults(results, left.length)),
      ...suggestionsOf(offersAfter(results)),
    ];
  };

  return {
    id: 'built-in',
    name: 'Built-in assistant',
    isBuiltIn: true,
    async *respond(request: ModelRequest, cancellation: Cancellation): AsyncIterable<ModelEvent> {
      const turn = thisTurn(request.messages);
      const lastCallId = turn.callIds.at(-1);
      const events =
        lastCallId === undefined
          ? begin(turn.message, request)
          : goOn(turn.results, lastCallId, request);
      for (const event of events) {
        if (cancellation.isCancelled) return;
        yield event;
      }
    },
  };
}

interface ThisTurn {
  readonly message: string;
  readonly results: readonly CallResult[];
  readonly callIds: readonly string[];
}

function thisTurn(messages: readonly ModelMessage[]): ThisTurn {
  const start = messages.findLastIndex((message) => message.role === 'artist');
  const asked = messages[start];
  const answers = messages.slice(start + 1).filter((message) => message.role === 'tool');
  return {
    message: asked?.role === 'artist' ? asked.text : '',
    results: answers.map(({ name, result }) => ({ name, result })),
    callIds: answers.map(({ callId }) => callId),
  };
}

/** The same for the same place in the same turn, so that a session replays to the same ids. */
function callIdFor(request: ModelRequest): string {
  const turnId = request.session.turns.at(-1)?.turnId ?? request.session.sessionId;
  return `${turnId}-call-${String(thisTurn(request.messages).callIds.length + 1)}`;
}

function textOf(text: string | undefined): ModelEvent[] {
  return text === undefined || text === '' ? [] : [{ kind: 'text', delta: text }];
}

function suggestionsOf(suggestions: readonly string[] | undefined): ModelEvent[] {
  return suggestions === undefined || suggestions.length === 0
    ? []
    : [{ kind: 'suggestions', suggestions }];
}
