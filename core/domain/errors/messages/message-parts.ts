import { type JsonValue, isJsonObject } from '../../../base/json.ts';
import { stringifyExactJson } from '../../../base/exact-json.ts';
import type { ErrorCode, ErrorDataOf } from '../../../contract/errors.ts';

/** What a button beside an error can do; `say:` sends the rest as a message. A closed set, so that every button works. */
export type StepCommand =
  | 'open-settings'
  | 'open-servers'
  | 'sign-in'
  | 'look-at-certificate'
  | 'use-new-address'
  | 'connect-practice'
  | 'reconnect'
  | 'retry-turn'
  | 'reload'
  | 'open-workflow'
  | 'undo'
  | 'show-problems'
  | 'copy-reference'
  | `say:${string}`;

/** Something to do next; without a command it is advice only. */
export interface NextStep {
  readonly label: string;
  readonly command?: StepCommand;
}

/** An error as an artist reads it. `title` has no full stop; `body` is whole sentences. */
export interface ArtistMessage {
  readonly title: string;
  readonly body: string;
  readonly nextSteps: readonly [NextStep, ...NextStep[]];
}

/** Copy for every code; leaving one out does not compile. */
export type ErrorCopy = {
  readonly [C in ErrorCode]: (data: ErrorDataOf<C>) => ArtistMessage;
};

/** Copy for the codes whose name starts with one of these words. */
export type ErrorCopyOf<Subject extends string> = Pick<
  ErrorCopy,
  Extract<ErrorCode, Subject | `${Subject}/${string}`>
>;

/** Said where something was asked for and refused before it began. */
export const NOTHING_CHANGED = 'Nothing was changed.';
/** Said where only the view or the link is affected. */
export const WORK_IS_SAFE = 'Your workflow and this session are safe.';

/** Joins a title, sentences and steps; empty sentences are left out. */
export function toMessage(
  title: string,
  sentences: readonly string[],
  ...nextSteps: readonly [NextStep, ...NextStep[]]
): ArtistMessage {
  return { title, body: sentences.filter((sentence) => sentence !== '').join(' '), nextSteps };
}

/** A step without a button. */
export function advice(label: string): NextStep {
  return { label };
}

/** A step with a button. */
export function button(label: string, command: StepCommand): NextStep {
  return { label, command };
}

/** A step that sends a message. */
export function say(message: string, label = message): NextStep {
  return { label, command: `say:${message}` };
}

/** Text that is not ours (names, paths, what a server said), on one line and in quotes. */
export function quote(text: string, limit = 240): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
  return `“${short}”`;
}

/** "“a”, “b” and 3 more". */
export function quoteList(names: readonly string[], limit = 6): string {
  const shown = names.slice(0, limit).map((name) => quote(name));
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return joinWithAnd(shown);
}

/** Text that was put into words elsewhere, as one sentence on one line; nothing stays nothing. */
export function toSentence(text: string, limit = 400): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  const short = line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}

/** A value as it is typed: texts in quotes, the rest as they are written in the file. */
export function quoteValue(value: JsonValue): string {
  if (typeof value === 'string') return quote(value);
  return Array.isArray(value) || isJsonObject(value)
    ? quote(stringifyExactJson(value))
    : stringifyExactJson(value);
}

/** A node by its title. */
export function onNode(title: string): string {
  return title === '' ? 'this node' : quote(title);
}

/** "It has: …." with the names to choose from, or nothing when there are none. */
export function choices(lead: string, names: readonly string[], limit?: number): string {
  return names.length === 0 ? '' : `${lead} ${quoteList(names, limit)}.`;
}

/** "1 second", "2.5 seconds". */
export function inSeconds(seconds: number): string {
  return `${Number(seconds.toFixed(1))} ${seconds === 1 ? 'second' : 'seconds'}`;
}

/** A size in the unit that file managers show. */
export function megabytes(bytes: number): string {
  const size = bytes / (1024 * 1024);
  return `${size < 10 ? size.toFixed(1) : size.toFixed(0)} MB`;
}

function joinWithAnd(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
