import type { Turn } from '../../../core/contract/session.schema.ts';

/**
 * The artist's earlier message `by` steps from the recalled one (null: from the empty field). Going past the
 * newest gives the empty field back; past the oldest gives undefined.
 */
export function recallMessage(
  turns: readonly Turn[],
  recalled: number | null,
  by: number,
): { readonly at: number | null; readonly message: string } | undefined {
  const messages = turns
    .filter((turn) => turn.author.role === 'artist')
    .map((turn) => turn.message)
    .filter((message, at, all) => message !== all[at - 1]);
  const at = (recalled ?? messages.length) + by;
  if (at === messages.length) return { at: null, message: '' };
  const message = messages[at];
  return message === undefined ? undefined : { at, message };
}
