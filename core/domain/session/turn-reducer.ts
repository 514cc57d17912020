import { assertNever } from '../../base/result.ts';
import type { SessionAction } from '../../contract/actions.ts';
import type {
  SessionState,
  ToolCall,
  ToolCallStatus,
  Turn,
  TurnPart,
  TurnStatus,
} from '../../contract/session.schema.ts';
import { addLook } from './add-look.ts';
import { COPIED_LISTS, type SessionLists } from './session-lists.ts';

type TurnAction = Extract<SessionAction, { readonly type: `turn/${string}` }>;

const toolCallMoves: Readonly<Record<ToolCallStatus, readonly ToolCallStatus[]>> = {
  streaming: ['ready', 'refused', 'cancelled'],
  ready: ['running', 'refused', 'cancelled'],
  running: ['awaiting-approval', 'completed', 'refused', 'failed', 'cancelled'],
  'awaiting-approval': ['running', 'refused', 'cancelled'],
  completed: [],
  refused: [],
  failed: [],
  cancelled: [],
};

const turnMoves: Readonly<Record<TurnStatus, readonly TurnStatus[]>> = {
  thinking: ['awaiting-approval', 'done', 'cancelled', 'failed'],
  'awaiting-approval': ['thinking', 'done', 'cancelled', 'failed'],
  done: [],
  cancelled: [],
  failed: [],
};

/** True when nothing more can happen in the turn. */
export function isTurnOver(turn: Turn): boolean {
  return turnMoves[turn.status].length === 0;
}

/** idle → thinking → (awaiting-approval ⇄ thinking) → done | cancelled | failed, with its tool calls. */
export function turnReducer(
  state: SessionState,
  action: TurnAction,
  at: number,
  lists: SessionLists = COPIED_LISTS,
): SessionState {
  if (action.type === 'turn/started') {
    if (lists.find(state.turns, action.turnId, idOf) >= 0) return state;
    const { turnId, message, author } = action;
    const turn: Turn = { turnId, message, author, status: 'thinking', parts: [], startedAt: at };
    return { ...state, turns: lists.append(state.turns, turn) };
  }
  if (action.type === 'turn/looked') {
    return { ...state, turns: addLook(state.turns, action, at, lists) };
  }
  // Without a visit to every turn: sessions of MCP clients have thousands.
  const index = lists.find(state.turns, action.turnId, idOf);
  const current = state.turns[index];
  if (current === undefined) return state;
  if (isTurnOver(current) && action.type !== 'turn/error') return state;
  const next = reduceTurn(current, action, at);
  if (next === current) return state;
  return { ...state, turns: lists.replace(state.turns, index, next) };
}

/** Shows something among the parts of a turn; the same object where there is no such turn. */
export function withPart(
  state: SessionState,
  turnId: string,
  part: TurnPart,
  lists: SessionLists,
): SessionState {
  const index = lists.find(state.turns, turnId, idOf);
  const turn = state.turns[index];
  if (turn === undefined) return state;
  const next = { ...turn, parts: [...turn.parts, part] };
  return { ...state, turns: lists.replace(state.turns, index, next) };
}

function idOf({ turnId }: Turn): string {
  return turnId;
}

function reduceTurn(
  turn: Turn,
  action: Exclude<TurnAction, { readonly type: 'turn/started' | 'turn/looked' }>,
  at: number,
): Turn {
  switch (action.type) {
    case 'turn/text':
      return { ...turn, parts: appendText(turn.parts, action.delta) };
    case 'turn/suggestions':
      return {
        ...turn,
        parts: [...turn.parts, { kind: 'suggestions', suggestions: action.suggestions }],
      };
    case 'turn/error':
      return { ...turn, parts: [...turn.parts, { kind: 'error', error: action.error }] };
    case 'turn/tool-call':
      return findCall(turn, action.call.callId) === undefined
        ? { ...turn, parts: [...turn.parts, { kind: 'tool-call', call: action.call }] }
        : turn;
    case 'turn/tool-call-moved': {
      const call = findCall(turn, action.callId);
      if (!call || !toolCallMoves[call.status].includes(action.status)) return turn;
      const { status, input, summary, outcome, error } = action;
      return replaceCall(turn, {
        ...call,
        status,
        ...(input === undefined ? {} : { input }),
        ...(summary === undefined ? {} : { summary }),
        ...(outcome === undefined ? {} : { outcome }),
        ...(error === undefined ? {} : { error }),
      });
    }
    case 'turn/tool-call-decided': {
      const call = findCall(turn, action.callId);
      if (call?.status !== 'awaiting-approval') return turn;
      const status = action.decision === 'accept' ? 'running' : 'refused';
      return replaceCall(turn, { ...call, status });
    }
    case 'turn/moved': {
      if (!turnMoves[turn.status].includes(action.status)) return turn;
      const moved: Turn = { ...turn, status: action.status };
      if (!isTurnOver(moved)) return moved;
      const error = action.error === undefined ? {} : { error: action.error };
      return { ...endCalls(moved), endedAt: at, ...error };
    }
    default:
      return assertNever(action);
  }
}

function appendText(parts: readonly TurnPart[], delta: string): readonly TurnPart[] {
  const last = parts.at(-1);
  if (last?.kind !== 'text') return [...parts, { kind: 'text', text: delta }];
  return [...parts.slice(0, -1), { kind: 'text', text: last.text + delta }];
}

function findCall(turn: Turn, callId: string): ToolCall | undefined {
  for (const part of turn.parts) {
    if (part.kind === 'tool-call' && part.call.callId === callId) return part.call;
  }
  return undefined;
}

function replaceCall(turn: Turn, call: ToolCall): Turn {
  return {
    ...turn,
    parts: turn.parts.map((part) =>
      part.kind === 'tool-call' && part.call.callId === call.callId ? { ...part, call } : part,
    ),
  };
}

/** No spinner survives its turn: calls that are still open end as cancelled. */
function endCalls(turn: Turn): Turn {
  return {
    ...turn,
    parts: turn.parts.map((part) =>
      part.kind === 'tool-call' && toolCallMoves[part.call.status].length > 0
        ? { ...part, call: { ...part.call, status: 'cancelled' as const } }
        : part,
    ),
  };
}
