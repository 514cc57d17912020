import type { Agent } from '../agent/create-agent.ts';
import type { SessionStore } from '../agent/sessions/session-store.ts';
import type { SessionAction } from '../contract/actions.ts';
import type { Attention } from '../contract/attention.ts';
import type { Actor, SessionState } from '../contract/session.schema.ts';
import { findWaitingCall } from '../domain/session/turn-waits.ts';
import { type Disposable, createDisposableBag } from '../base/disposable.ts';

/** Tells when another program waits for the artist's yes: a change, a render or several, or something that is the artist's own. */
export function tellProposals(
  { sessions }: Pick<Agent, 'sessions'>,
  tell: (attention: Attention) => void,
): Disposable {
  const bag = createDisposableBag();
  const listen = (store: SessionStore): void => {
    bag.add(
      store.onEnvelope(({ action }) => {
        const attention = attentionFor(action, store.state);
        if (attention !== undefined) tell(attention);
      }),
    );
  };
  for (const store of sessions.opened) listen(store);
  bag.add(sessions.onOpened(listen));
  return bag;
}

function attentionFor(action: SessionAction, { turns }: SessionState): Attention | undefined {
  if (action.type === 'changeset/proposed' && action.changeSet.proposedBy.role === 'agent') {
    const { proposedBy, intent } = action.changeSet;
    return toAttention(`${proposedBy.name} proposes a change`, intent);
  }
  const authorOf = (turnId: string | undefined): Actor | undefined =>
    turns.findLast((turn) => turn.turnId === turnId)?.author;
  if (action.type === 'batch/proposed') {
    const { turnId, title } = action.batch;
    const author = authorOf(turnId);
    return author?.role === 'agent'
      ? toAttention(`${author.name} wants to render several`, title)
      : undefined;
  }
  if (action.type === 'turn/tool-call-moved' && action.status === 'awaiting-approval') {
    const { name = 'A program' } = authorOf(action.turnId) ?? {};
    const summary = findWaitingCall({ turns }, action.callId)?.call.summary ?? '';
    return toAttention(`${name} asks for your yes`, summary);
  }
  // The renders of a plan were said yes to with the plan.
  if (action.type !== 'run/proposed' || action.run.batch !== undefined) return undefined;
  const { turnId, label } = action.run;
  const author = authorOf(turnId);
  return author?.role === 'agent'
    ? toAttention(`${author.name} wants to render`, label)
    : undefined;
}

function toAttention(title: string, body: string): Attention {
  return { type: 'attention', title: title.slice(0, 200), body: body.slice(0, 400) };
}
