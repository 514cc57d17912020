import type { Result } from '../../../base/result.ts';
import { ok } from '../../../base/result.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { ChangeSet } from '../../../contract/session.schema.ts';
import type { Terminal } from '../terminal.ts';
import type { ArtistClient } from './artist-client.ts';

/** What the person at the terminal said; `nobody` when there is no person to ask. */
export type Review = 'accepted' | 'rejected' | 'nobody';

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
