import type { Clause } from './clause.ts';
import { planChoices } from '../families/choices/choices.ts';
import { planSeed } from '../families/values/seed.ts';
import { planSize } from '../families/values/size.ts';
import { planValues } from '../families/values/values.ts';
import type { Outcome } from '../plan.ts';
import type { Progress } from '../replying/progress.ts';
import { readTyped } from './read-request.ts';
import { withoutCourtesies } from './split-requests.ts';

/** What may stand in a row: settings, never words of a text or names of nodes. */
const FAMILIES = [planSeed, planSize, planValues, planChoices];
/** A longer row is prose. */
const MOST_WORDS = 24;

/**
 * Reads a row of settings with nothing between them, each as long as it can be. Undefined unless every word
 * belongs to a setting that is clear; a bare number belongs to none.
 */
export function readRow(typed: string, state: Progress): readonly Outcome[] | undefined {
  const words = [...typed.matchAll(/\S+/g)];
  if (words.length < 2 || words.length > MOST_WORDS) return undefined;
  return readFrom(
    typed,
    words.map((word) => word.index),
    0,
    state,
  );
}

function readFrom(
  typed: string,
  starts: readonly number[],
  from: number,
  state: Progress,
): readonly Outcome[] | undefined {
  if (from === starts.length) return [];
  for (let until = starts.length; until > from; until -= 1) {
    if (from === 0 && until === starts.length) continue;
    const piece = typed.slice(starts[from], starts[until]).trim();
    const range = withoutCourtesies(piece);
    const outcome = readSetting(readTyped(piece.slice(range.start, range.end), state), state);
    if (outcome === undefined) continue;
    const rest = readFrom(typed, starts, until, state);
    if (rest !== undefined) return [outcome, ...rest];
  }
  return undefined;
}

function readSetting(clause: Clause, state: Progress): Outcome | undefined {
  const { scene } = state;
  if (scene === undefined || !/[a-z]{2}|[:=]/.test(clause.plain)) return undefined;
  for (const family of FAMILIES) {
    const outcome = family(clause, scene);
    if (outcome === undefined) continue;
    // A setting that has the value already is clear as well.
    return outcome.kind === 'edit' ? outcome : undefined;
  }
  return undefined;
}
