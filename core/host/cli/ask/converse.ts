import type { Result } from '../../../base/result.ts';
import { ok } from '../../../base/result.ts';
import type { Batch } from '../../../contract/run/batch.schema.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import type { ChangeSet, SessionState } from '../../../contract/session.schema.ts';
import type { DiffEntry } from '../../../contract/workflow.schema.ts';
import { isTurnOver } from '../../../domain/session/turn-reducer.ts';
import { describeDiffEntry } from '../../../domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../../domain/workflow/diff/diff-workflows.ts';
import { applyOps } from '../../../domain/workflow/ops/apply-ops.ts';
import { openDocument } from '../../../agent/workflows/open-document.ts';
import type { Host } from '../../create-host.ts';
import type { Terminal } from '../terminal.ts';
import type { ArtistClient } from './artist-client.ts';
import { reviewBatch } from './review-batch.ts';
import { reviewChangeSet, reviewRun } from './review-changes.ts';

/** What came of the questions of one turn. */
export interface Answered {
  /** The one that was shown last, whatever was said to it. */
  readonly changeSet: ChangeSet | undefined;
  readonly diff: readonly DiffEntry[];
  /** True when somebody said no, or nobody could be asked. */
  readonly wasDeclined: boolean;
}

interface ConverseParts {
  /** True: every question is answered with yes. */
  readonly yes: boolean;
  readonly host: Host;
  readonly terminal: Terminal;
}

/** Sends the message and answers every change set until the turn is over. */
export async function converse(
  message: string,
  artist: ArtistClient,
  { yes, host, terminal }: ConverseParts,
): Promise<Result<Answered, AppError>> {
  const { client, sessionId } = artist;
  let answered: Answered = { changeSet: undefined, diff: [], wasDeclined: false };
  const sent = await client.call('turn/send', { sessionId, message });
  if (!sent.ok) return sent;
  const { turnId } = sent.value;
  for (;;) {
    const state = await artist.until(
      (next) =>
        isTurnEnded(next, turnId) ||
        findOpen(next) !== undefined ||
        findProposedBatch(next) !== undefined ||
        findProposedRun(next) !== undefined,
    );
    const changeSet = findOpen(state);
    const waiting = findProposedRun(state);
    const batch = findProposedBatch(state);
    if (changeSet !== undefined) {
      const diff = diffOf(state, changeSet, host);
      const review = await reviewChangeSet(artist, changeSet, diff.map(describeDiffEntry), {
        yes,
        terminal,
      });
      if (!review.ok) return review;
      answered = { changeSet, diff, wasDeclined: review.value !== 'accepted' };
      if (review.value === 'nobody') {
        terminal.note(
          'Nothing was changed: this needs your yes. Add --yes, or run it in a terminal.',
        );
        await client.call('turn/cancel', { sessionId, turnId });
        return ok(answered);
      }
    } else if (batch !== undefined) {
      const review = await reviewBatch(artist, batch, { yes, terminal });
      if (!review.ok) return review;
      if (review.value !== 'accepted') {
        if (review.value === 'nobody') {
          terminal.note(
            'Nothing was queued: this needs your yes. Add --yes, or run it in a terminal.',
          );
        }
        await client.call('turn/cancel', { sessionId, turnId });
        return ok({ ...answered, wasDeclined: true });
      }
    } else if (waiting !== undefined) {
      const { promptId } = waiting;
      const review = await reviewRun(waiting, { yes, terminal });
      if (review === 'accepted') await client.call('run/release', { sessionId, promptId });
      else {
        await client.call('run/cancel', { sessionId, promptId });
        await client.call('turn/cancel', { sessionId, turnId });
        return ok({ ...answered, wasDeclined: true });
      }
    } else return ok(answered);
  }
}

function isTurnEnded(state: SessionState, turnId: string): boolean {
  const turn = state.turns.find((candidate) => candidate.turnId === turnId);
  return turn !== undefined && isTurnOver(turn);
}

function findOpen(state: SessionState): ChangeSet | undefined {
  return state.changeSets.find(({ status }) => status === 'proposed');
}

function findProposedBatch({ batches = [] }: SessionState): Batch | undefined {
  return batches.find(({ status }) => status === 'proposed');
}

function findProposedRun(state: SessionState): Run | undefined {
  return state.runs.find(({ status, queuedAt }) => status === 'proposed' && queuedAt === undefined);
}

function diffOf(state: SessionState, changeSet: ChangeSet, host: Host): readonly DiffEntry[] {
  const before = openDocument(state);
  const { catalog } = host.agent.link;
  const after = before.ok ? applyOps(before.value, changeSet.ops, catalog) : before;
  return before.ok && after.ok ? diffWorkflows(before.value, after.value.document, catalog) : [];
}
