import type { SessionState } from '../../../contract/session.schema.ts';
import { NUMBER_WORDS } from '../words/lexicon.ts';
import { type Outcome, answer, call } from '../plan.ts';

const UNDO =
  /^(?:undo|revert|roll ?back|back out|take (?:that|it) back|go back|step back|scrap|put (?:it|that) back(?: how it was)?|nah undo)(?: (?:it|that|this|(?:the|that) last (?:one|change|edit|thing|step)|last change|one|my last change|one step|please|what you did|a step))*$/;
const UNDO_MANY =
  /^(?:undo|revert|go back|step back|roll ?back)(?: the)?(?: last)? (?<count>\d+|twice|two|three|four|five)(?: (?:times|steps|changes|edits|of them))?$/;
const REDO =
  /^(?:redo|re-do|undo the undo|bring (?:it|that) back|put it back in)(?: (?:it|that|the last (?:one|change)|please))*$/;
const RESET =
  /^(?:reset|start over|start again|start from scratch|discard (?:all|every|my)? ?(?:the )?(?:changes|edits|everything)|throw away (?:all )?(?:my |the )?changes|undo (?:everything|all(?: (?:the |my )?(?:changes|edits))?)|revert (?:everything|all(?: changes)?|to (?:the )?(?:original|saved)(?: workflow| version)?)|back to (?:the )?(?:original|start|beginning|square one)|reset (?:the |this )?(?:workflow|graph|everything|it|all)|go back to (?:the )?(?:original|start|beginning)(?: workflow)?|clear all changes)$/;
const DIFF =
  /^(?:(?:show (?:me )?)?(?:what(?:'s| has| have| did)? ?(?:you|i|we|it)? ?changed?(?: so far| since (?:the )?(?:start|original|i opened it|last save))?|(?:the |my |all )?(?:changes|diff|edits|differences)(?: so far)?)|what did (?:you|i|we) (?:change|do|just do|edit)|diff|what(?:'s| is) different|compare (?:to|with) (?:the )?original|list (?:the |all )?changes)$/;

/** Undo, redo, reset, and what changed. */
export function planHistory(plain: string, session: SessionState): readonly Outcome[] | undefined {
  const open = session.workflow;
  const many = UNDO_MANY.exec(plain)?.groups?.['count'];
  if (many !== undefined || UNDO.test(plain)) {
    const wanted =
      many === undefined ? 1 : many === 'twice' ? 2 : (NUMBER_WORDS[many] ?? Number(many));
    const possible = open === null ? 0 : open.position;
    if (possible === 0) return [answer('There is nothing to undo.', ['what changed'])];
    const count = Math.min(wanted, possible);
    const says =
      count < wanted
        ? `only ${String(count)} ${count === 1 ? 'change' : 'changes'} to undo`
        : undefined;
    return Array.from({ length: count }, (_, at) =>
      call('undo_workflow_patch', {}, at === 0 ? says : undefined),
    );
  }
  if (RESET.test(plain)) {
    if (open !== null && open.position === 0)
      return [answer('Nothing has been changed, so there is nothing to reset.')];
    return [call('reset_workflow', {})];
  }
  if (REDO.test(plain)) {
    if (open === null || open.position >= open.history.length)
      return [answer('There is nothing to redo.', ['what changed'])];
    return [call('redo', {})];
  }
  return DIFF.test(plain) ? [call('get_workflow_diff', {})] : undefined;
}
