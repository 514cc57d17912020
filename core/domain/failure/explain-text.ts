import { findCauses } from './catalogue.ts';
import type { FailureEntry, FailureStep, FixKind } from './failure-entry.ts';
import { redactText } from './redact-text.ts';

/** One reading of a failure; where there are two, nothing decides between them. */
export interface FailureCandidate {
  /** Code of the catalogue. */
  readonly cause: string;
  readonly meaning: string;
}

/** What a text says about a failure, in an artist's words. */
export interface TextExplanation {
  /** Undefined: the catalogue does not know it. */
  readonly entry?: FailureEntry;
  readonly title?: string;
  readonly candidates: readonly FailureCandidate[];
  /** Names and numbers that the text itself tells. */
  readonly detail?: string;
  /** What to do, of both readings where there are two. */
  readonly steps: readonly FailureStep[];
  readonly fixes: readonly FixKind[];
  /** What was said, without folders, names of users, and secrets. */
  readonly raw: string;
}

/** Longer texts are lists of numbers or whole logs, which help nobody. */
const MAX_RAW = 2_000;
const MAX_STEPS = 5;

/** Looks a text up in the catalogue. */
export function explainText(said: string): TextExplanation {
  const raw = shorten(redactText(said.trim()));
  const causes = findCauses(said);
  const [entry] = causes;
  if (entry === undefined) return { candidates: [], steps: [], fixes: [], raw };
  const candidates = causes.flatMap(toCandidates);
  const detail = entry.detail?.(raw);
  return {
    entry,
    title: entry.title,
    // Two are a choice; more would be a list to read.
    candidates: candidates.slice(0, 2),
    ...(detail === undefined ? {} : { detail }),
    steps: distinct(causes.flatMap(({ steps }) => steps)).slice(0, MAX_STEPS),
    fixes: [...new Set(causes.flatMap(({ fix }) => fix ?? []))],
    raw,
  };
}

/** Both readings as one paragraph; the second is said to be a possibility and no more. */
export function describeCandidates({
  candidates,
  detail,
}: Pick<TextExplanation, 'candidates' | 'detail'>): string {
  const [first, second] = candidates;
  if (first === undefined) return '';
  const parts =
    second === undefined
      ? [first.meaning, detail]
      : [`Two things can be behind this. ${first.meaning}`, toOther(second.meaning), detail];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function toCandidates({ code, meaning, otherwise }: FailureEntry): readonly FailureCandidate[] {
  const first = { cause: code, meaning };
  return otherwise === undefined ? [first] : [first, { cause: code, meaning: otherwise }];
}

function toOther(meaning: string): string {
  return /^Or\b/.test(meaning) ? meaning : `Or this: ${meaning}`;
}

function distinct(steps: readonly FailureStep[]): readonly FailureStep[] {
  return [...new Map(steps.map((step) => [step.label, step])).values()];
}

function shorten(text: string): string {
  return text.length > MAX_RAW ? `${text.slice(0, MAX_RAW)}…` : text;
}
