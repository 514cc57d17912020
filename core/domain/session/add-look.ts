import type { SessionAction } from '../../contract/actions.ts';
import type { Turn } from '../../contract/session.schema.ts';
import { COPIED_LISTS, type SessionLists } from './session-lists.ts';

type Look = Extract<SessionAction, { readonly type: 'turn/looked' }>;

/** Calls that a turn of looks still shows; the log keeps them all. */
const SHOWN_LOOKS = 20;
/** Clients whose looks stand beside each other between two turns of the artist's. */
const SHOWN_CLIENTS = 20;

/**
 * Adds a look to the conversation. All that one client looks at until somebody says or changes something is
 * one turn that counts, so that a client which asks every second neither fills the chat nor the memory.
 */
export function addLook(
  turns: readonly Turn[],
  look: Look,
  at: number,
  lists: SessionLists = COPIED_LISTS,
): readonly Turn[] {
  const { turnId, author, call, startedAt } = look;
  const part = { kind: 'tool-call', call } as const;
  let first = turns.length;
  while (first > 0 && turns[first - 1]?.looks !== undefined) first -= 1;
  const own = turns
    .slice(first)
    .findIndex((turn) => turn.author.role === author.role && turn.author.name === author.name);
  const known = own < 0 ? undefined : turns[first + own];
  if (known !== undefined) {
    const parts = [...known.parts.slice(1 - SHOWN_LOOKS), part];
    const looks = (known.looks ?? 0) + 1;
    return lists.replace(turns, first + own, { ...known, parts, looks, endedAt: at });
  }
  const kept = turns.length - first < SHOWN_CLIENTS ? turns : turns.toSpliced(first, 1);
  return lists.append<Turn>(kept, {
    turnId,
    author,
    startedAt,
    message: 'Looked around',
    status: 'done',
    parts: [part],
    endedAt: at,
    looks: 1,
  });
}
