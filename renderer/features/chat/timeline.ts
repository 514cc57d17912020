import type { Batch } from '../../../core/contract/run/batch.schema.ts';
import type { ChangeSet, SessionState, Turn } from '../../../core/contract/session.schema.ts';
import type { Run } from '../../../core/contract/run/run.schema.ts';

/** One thing in the conversation. */
export type TimelineItem =
  | { readonly kind: 'turn'; readonly at: number; readonly turn: Turn }
  | { readonly kind: 'change-set'; readonly at: number; readonly changeSet: ChangeSet }
  | { readonly kind: 'run'; readonly at: number; readonly run: Run }
  | { readonly kind: 'batch'; readonly at: number; readonly batch: Batch };

/**
 * The conversation in order: turns with all that belongs to them, and between them what came from elsewhere
 * (a change proposed by another program, a run started with the button).
 */
export function toTimeline(
  session: Pick<SessionState, 'turns' | 'changeSets' | 'runs' | 'batches'>,
): readonly TimelineItem[] {
  const turnIds = new Set(session.turns.map((turn) => turn.turnId));
  const isLoose = (turnId: string | undefined): boolean =>
    turnId === undefined || !turnIds.has(turnId);
  const items: TimelineItem[] = [
    ...session.turns.map((turn) => ({ kind: 'turn', at: turn.startedAt, turn }) as const),
    ...session.changeSets
      .filter((item) => isLoose(item.turnId))
      .map((changeSet) => ({ kind: 'change-set', at: changeSet.proposedAt, changeSet }) as const),
    ...session.runs
      .filter((run) => isLoose(run.turnId) && run.batch === undefined)
      .map((run) => ({ kind: 'run', at: run.proposedAt, run }) as const),
    ...(session.batches ?? [])
      .filter((batch) => isLoose(batch.turnId))
      .map((batch) => ({ kind: 'batch', at: batch.proposedAt, batch }) as const),
  ];
  return items.sort((a, b) => a.at - b.at);
}
