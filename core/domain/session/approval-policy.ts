import { assertNever } from '../../base/result.ts';
import type { Settings } from '../../contract/machine/machine.schema.ts';
import type { Actor } from '../../contract/session.schema.ts';

/** What is asked for and by whom. */
export interface ApprovalRequest {
  readonly effect: 'observe' | 'propose' | 'execute' | 'configure';
  /** Who wrote the message that this follows from. */
  readonly author: Actor;
  /** True when the tool call follows from the words alone (built-in assistant), not from a model's judgement. */
  readonly isLiteral: boolean;
  readonly settings: Pick<Settings, 'releaseRuns'>;
}

/** `allow`: nothing to ask. `review`: shown as a change set. `ask`: waits for the artist's click. `deny`: never. */
export type Approval = 'allow' | 'review' | 'ask' | 'deny';

/**
 * Decides what the artist must approve. No setting lets an agent change or run anything on its own, and
 * edits are always reviewed.
 */
export function decideApproval({ effect, author, isLiteral, settings }: ApprovalRequest): Approval {
  switch (effect) {
    case 'observe':
      return 'allow';
    case 'propose':
      return 'review';
    case 'execute':
      if (author.role !== 'artist') return 'ask';
      return isLiteral && settings.releaseRuns === 'artist-asked' ? 'allow' : 'ask';
    case 'configure':
      return author.role === 'artist' ? 'ask' : 'deny';
    default:
      return assertNever(effect);
  }
}
