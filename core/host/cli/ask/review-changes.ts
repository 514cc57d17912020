import type { Result } from '../../../base/result.ts';
import { ok } from '../../../base/result.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import type { ChangeSet } from '../../../contract/session.schema.ts';
import type { Terminal } from '../terminal.ts';
import type { ArtistClient } from './artist-client.ts';

/** What the person at the terminal said; `nobody` when there is no person to ask. */
export type Review = 'accepted' | 'rejected' | 'nobody';

/** Asks whether a run may start: by `--yes`, by asking, or not at all. */
export async function reviewRun(
  run: Run,
  { yes, terminal }: { readonly yes: boolean; readonly terminal: Terminal },
): Promise<Review> {
  if (yes) return 'accepted';
  if (!terminal.isInteractive) {
    terminal.note('Nothing was queued: this needs your yes. Add --yes, or run it in a terminal.');
    return 'nobody';
  }
  return /^(y|yes)$/i.test(await terminal.ask(`${run.label}: start it? [y/N] `))
    ? 'accepted'
    : 'rejected';
}

/** Shows a change set and answers it: by `--yes`, by asking, or not at all. */
export async function reviewChangeSet(
  artist: ArtistClient,
  changeSet: ChangeSet,
  sentences: readonly string[],
  { yes, terminal }: { readonly yes: boolean; readonly terminal: Terminal },
): Promise<Result<Review, AppError>> {
  terminal.note(changeSet.intent);
  sentences.forEach((sentence, index) => terminal.note(`  ${String(index + 1)}. ${sentence}`));
  if (!yes && !terminal.isInteractive) return ok('nobody');
  const accepts = yes || /^(y|yes)$/i.test(await terminal.ask('Apply this? [y/N] '));
  const { changeSetId, digest, baseRevision } = changeSet;
  const responded = await artist.client.call('changeset/respond', {
    sessionId: artist.sessionId,
    changeSetId,
    digest,
    baseRevision,
    decision: accepts ? 'accept' : 'reject',
  });
  if (!responded.ok) return responded;
  return ok(accepts ? 'accepted' : 'rejected');
}
