import type { AppError } from '../../contract/errors.ts';
import type { Actor, ToolCall } from '../../contract/session.schema.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** Where a tool call is recorded. */
export interface CallJournal {
  /** Before anything happens. */
  begin(call: ToolCall): void;
  move(
    status: 'running' | 'completed' | 'refused' | 'failed' | 'cancelled',
    more?: { readonly outcome?: string; readonly error?: AppError },
  ): void;
}

/** Records every step as it happens: who asked for what is in the log before the side effect. */
export function createStepJournal(store: SessionStore, turnId: string): CallJournal {
  let callId = '';
  return {
    begin: (call) => {
      ({ callId } = call);
      store.dispatch({ type: 'turn/tool-call', turnId, call });
    },
    move: (status, more) => {
      store.dispatch({ type: 'turn/tool-call-moved', turnId, callId, status, ...more });
    },
  };
}

/** Records the whole call in one action once it is over: for tools that only look, which have no side effect. */
export function createLookJournal(
  store: SessionStore,
  turnId: string,
  author: Actor,
  { now }: Pick<Clock, 'now'>,
): CallJournal {
  const startedAt = now();
  let begun: ToolCall | undefined;
  return {
    begin: (call) => {
      begun = call;
    },
    move: (status, more) => {
      if (status === 'running' || begun === undefined) return;
      const call = { ...begun, status, ...more };
      store.dispatch({ type: 'turn/looked', turnId, author, call, startedAt });
    },
  };
}
