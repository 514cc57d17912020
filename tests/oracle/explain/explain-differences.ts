import { type JsonObject, isJsonObject } from '../../../core/base/json.ts';
import { type AnswerDifference, compareAnswers, sameAnswer, valueAt } from '../compare-answers.ts';
import { type Changed, nodesAlong } from './change-workflow.ts';
import { type Circumstance, type Place, circumstances } from './circumstances.ts';
import { explainPosition } from './explain-position.ts';
import { type ValueFacts, explainValue } from './explain-value.ts';

/** A difference with why it is meant to be there; without a reason ours is wrong. */
export interface Explained {
  readonly difference: AnswerDifference;
  readonly because?: string;
  /** What of the file was taken away to see that it is the reason. */
  readonly lookedAt?: readonly string[];
}

/** What differences of one workflow are judged by. */
export interface ExplainFacts extends ValueFacts {
  /** Our answer for any workflow. */
  convert(workflow: JsonObject): JsonObject;
}

/** Looks for the reason of each difference; one is believed only where it accounts for the page's answer. */
export function explainDifferences(
  differences: readonly AnswerDifference[],
  workflow: JsonObject,
  facts: ExplainFacts,
): readonly Explained[] {
  const made = new Map<string, readonly AnswerWithout[]>();
  const without = (id: string): readonly AnswerWithout[] => {
    const around = id.split(':').slice(0, -1).join(':');
    const known = made.get(around) ?? answersWithout(workflow, around, facts);
    made.set(around, known);
    return known;
  };
  return differences.map((difference): Explained => {
    const value =
      explainValue(difference, facts) ?? explainPosition(difference, workflow, facts.catalog);
    if (value !== undefined) return { difference, because: value };
    const reason = without(difference.id).find(({ answer }) =>
      isPagesAnswer(answer, difference, facts),
    );
    if (reason === undefined) return { difference };
    return { difference, because: reason.because, lookedAt: reason.changed };
  });
}

interface AnswerWithout {
  readonly because: string;
  readonly changed: readonly string[];
  readonly answer: JsonObject;
}

/** Our answers with one circumstance taken away each, then with every two that are there. */
function answersWithout(
  workflow: JsonObject,
  around: string,
  { catalog, convert }: ExplainFacts,
): readonly AnswerWithout[] {
  const placeIn = (file: JsonObject): Place => ({ catalog, around: nodesAlong(file, around) });
  const single = circumstances.flatMap((each): readonly (Circumstance & Changed)[] => {
    const taken = each.takeAway(workflow, placeIn(workflow));
    return taken.changed.length === 0 ? [] : [{ ...each, ...taken }];
  });
  const pairs = single.flatMap((first, index) =>
    single.slice(index + 1).flatMap((second) => {
      const both = second.takeAway(first.workflow, placeIn(first.workflow));
      const because = `${first.because}; ${second.because}`;
      return { because, workflow: both.workflow, changed: [...first.changed, ...both.changed] };
    }),
  );
  return [...single, ...pairs].map(({ because, changed, workflow: file }) => ({
    because,
    changed,
    answer: convert(file),
  }));
}

/** True when an answer is the page's, but for what the page does to single values anyway. */
function isPagesAnswer(
  answer: JsonObject,
  difference: AnswerDifference,
  facts: ExplainFacts,
): boolean {
  const there = valueAt(answer, difference);
  if (sameAnswer(there, difference.page)) return true;
  if (!isJsonObject(there) || !isJsonObject(difference.page) || difference.part !== 'node') {
    return false;
  }
  const { id } = difference;
  const left = compareAnswers({ [id]: difference.page }, { [id]: there });
  return left.every((each) => explainValue(each, facts) !== undefined);
}
