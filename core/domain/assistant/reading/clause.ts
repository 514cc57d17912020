import type { Outcome } from '../plan.ts';
import type { Reading } from '../words/read-words.ts';
import type { Scene } from '../scene/scene.ts';

/** One request of a message. */
export interface Clause {
  /** As typed, without courtesies and closing punctuation. */
  readonly typed: string;
  /** As read: lower case, slips corrected. */
  readonly plain: string;
  readonly reading: Reading;
  /** The setting that the request before this one was about. */
  readonly previousSetting?: string;
  /** Fixed for a message in a session: where chance is asked for, it comes from here. */
  readonly chance: string;
}

/** Reads one kind of request; undefined: it is not of this kind, or there are words left that it does not know. */
export type Family = (clause: Clause, scene: Scene) => Outcome | undefined;

/** The part of a match as it was typed, in its own case and without quotes round it. */
export function typedPart(
  clause: Clause,
  match: RegExpExecArray,
  name: string,
): string | undefined {
  const range = match.indices?.groups?.[name];
  if (range === undefined) return undefined;
  const text = clause.reading.typed(range[0], range[1]).trim();
  return /^(["“'‘]).*(["”'’])$/s.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}
