import type { Batch } from '../../../core/contract/run/batch.schema.ts';
import type { ChangeSet, SessionState } from '../../../core/contract/session.schema.ts';
import { type WaitingCall, findWaitingCall } from '../../../core/domain/session/turn-waits.ts';
import type { AppState } from '../../state/app-state.ts';
import type { CoreActions } from '../../state/core-actions.ts';
import { keptOps } from '../changes/choose-ops.ts';
import { shownChangeSet } from '../changes/use-change-set.ts';

type Answer = 'accept' | 'render' | 'reject';

/** Words that can only be about what waits. */
const PLAIN: Readonly<Record<Answer, RegExp>> = {
  accept: /^(?:accept|apply|allow)(?: (?:it|that|this|all|them|all of (?:it|them)|the changes?))?$/,
  render: /^(?:yes,? |ok,? )?(?:accept|apply)(?: (?:it|that|all))? (?:and|&) render(?: it)?$/,
  reject: /^(?:reject|discard|decline|don.t allow)(?: (?:it|that|this|all|them|the changes?))?$/,
};

/** Words that answer only what was said last. */
const SHORT: Readonly<Record<Answer, RegExp>> = {
  accept: /^(?:yes|y|yep|yeah|yup|sure|ok|okay|yes please|do it|do that|looks good|sounds good)$/,
  render: /^(?:yes|ok|okay),? (?:and )?render(?: it)?$/,
  reject: /^(?:no|n|nope|nah|no thanks|no thank you|never ?mind|leave it|leave it as it is)$/,
};

/**
 * True when the message was a yes or a no to the newest thing that waits, which is answered instead of sent. It is the
 * artist's own word about what this window shows; "yes" counts only while nothing else was said since.
 */
export function answerInWords(
  message: string,
  { session: mirror, view }: Pick<AppState, 'session' | 'view'>,
  core: Pick<CoreActions, 'respond' | 'answerBatch' | 'answerCall'>,
): Promise<boolean> | undefined {
  const session = mirror?.state;
  const waiting = session === undefined ? undefined : newestWaiting(session);
  if (session === undefined || waiting === undefined) return undefined;
  const answer =
    readAnswer(message, PLAIN) ??
    (isSaidLast(waiting, session) ? readAnswer(message, SHORT) : undefined);
  if (answer === undefined) return undefined;
  if ('call' in waiting) {
    return core.answerCall(waiting.call.callId, answer === 'reject' ? 'reject' : 'accept');
  }
  if ('batchId' in waiting) {
    const kept = keptOps(waiting.items.length, view.leftOut[waiting.batchId] ?? []);
    return core.answerBatch(waiting, answer === 'reject' ? [] : kept);
  }
  if (shownChangeSet(session, view.changeSetId) !== waiting) return undefined;
  if (answer === 'reject') return core.respond(waiting, { kind: 'reject' });
  const ops = keptOps(waiting.ops.length, view.leftOut[waiting.changeSetId] ?? []);
  if (ops.length === 0) return undefined;
  return core.respond(waiting, { kind: 'accept', ops, release: answer === 'render' });
}

type Waiting = ChangeSet | Batch | (WaitingCall & { readonly proposedAt: number });

function newestWaiting({ changeSets, batches = [], turns }: SessionState): Waiting | undefined {
  const proposed = [...changeSets, ...batches].filter(({ status }) => status === 'proposed');
  const call = findWaitingCall({ turns });
  const proposedAt = turns.find(({ turnId }) => turnId === call?.turnId)?.startedAt ?? 0;
  const waiting: readonly Waiting[] =
    call === undefined ? proposed : [...proposed, { ...call, proposedAt }];
  return waiting.toSorted((a, b) => a.proposedAt - b.proposedAt).at(-1);
}

function isSaidLast({ turnId, proposedAt }: Waiting, { turns }: SessionState): boolean {
  const last = turns.at(-1);
  return last === undefined || last.turnId === turnId || last.startedAt < proposedAt;
}

function readAnswer(message: string, words: Readonly<Record<Answer, RegExp>>): Answer | undefined {
  const plain = message
    .toLowerCase()
    .trim()
    .replaceAll(/[.!]+$/g, '');
  return (['accept', 'render', 'reject'] as const).find((answer) => words[answer].test(plain));
}
