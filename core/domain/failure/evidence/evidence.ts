import type { AppError } from '../../../contract/errors.ts';
import type { Problem } from '../../../contract/workflow.schema.ts';
import type { FailureFacts } from '../../run/interpret-failure.ts';

/** One thing that a file says went wrong. */
export type Evidence =
  /** A node failed while it worked. */
  | { readonly kind: 'run'; readonly failure: FailureFacts }
  /** ComfyUI turned a workflow, or a part of it, down. */
  | { readonly kind: 'refusal'; readonly problems: readonly Problem[]; readonly said: string }
  /** An error of our own, as `--json` prints it. */
  | { readonly kind: 'own'; readonly error: AppError }
  /** A piece of a log, or an answer that is only text. */
  | { readonly kind: 'text'; readonly said: string; readonly pack?: string };

/** What a file was, and what it says went wrong, in its order. */
export interface ReadEvidence {
  readonly source: 'answer' | 'history' | 'events' | 'error' | 'log';
  readonly found: readonly Evidence[];
}
