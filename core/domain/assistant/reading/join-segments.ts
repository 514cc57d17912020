import type { Clause } from './clause.ts';
import { type Outcome, ask } from '../plan.ts';
import type { Progress } from '../replying/progress.ts';
import { readClause, readRequest } from './read-request.ts';
import type { Segment } from './split-requests.ts';

/** Longest row of segments that is tried as one request. */
const LONGEST = 12;

/** Verbs that a request of its own starts with. */
export const STARTS_REQUEST =
  /^(?:set|make|change|use|render|re-?render|run|queue|generate|mute|unmute|bypass|enable|disable|delete|remove|add|insert|append|raise|lower|increase|decrease|reduce|bump|double|halve|triple|swap|switch|replace|undo|redo|reset|save|upscale|randomi[sz]e|fix|lock|turn|put|give|cancel|stop|explain|drop|crank|rename|clear|keep|try|go)\b/;

/** After these any words may follow, so a later request must not be taken for some of them. */
const CARRIES_TEXT =
  /^(?:replace|swap|switch|exchange|add|append|include|put|insert|remove|delete|rename|call|name|use)\b|^(?:change|turn|make)\b(?!.*\b(?:prompt|positive|negative|text)\b)/;

/** A request never runs over "then", nor over a later piece that is a whole request with a verb of its own. */
export function joinLimit(segments: readonly Segment[], at: number, state: Progress): number {
  const carriesText = CARRIES_TEXT.test(readClause(segments, at, at + 1, state).plain);
  let end = at + 1;
  while (end < segments.length && end < at + LONGEST) {
    const segment = segments[end];
    if (segment === undefined || segment.joint === 'then') break;
    if (segment.joint === 'sentence' && !isOpenText(segments, at, state)) break;
    const alone = readClause(segments, end, end + 1, state);
    if (carriesText || STARTS_REQUEST.test(alone.plain)) {
      const [outcome] = readRequest(alone, state) ?? [];
      if (outcome !== undefined && outcome.kind !== 'ask') break;
    }
    end += 1;
  }
  return end;
}

/** The longest stretch first; then each again with the verb of the request before it. */
export function readingsOf(
  at: number,
  end: number,
  verb: string,
): readonly { readonly until: number; readonly lead: string }[] {
  const untils = Array.from({ length: end - at }, (_, back) => end - back);
  const leads = verb === '' ? [''] : ['', `${verb} `];
  return leads.flatMap((lead) => untils.map((until) => ({ until, lead })));
}

/** "prompt: …" may go over several sentences. */
function isOpenText(segments: readonly Segment[], at: number, state: Progress): boolean {
  const { plain } = readClause(segments, at, at + 1, state);
  return /^(?:\w+ ){0,4}(?:prompt|positive|negative|text)\s*[:=]/.test(plain);
}

/** "prompt: a castle, 30 steps": asks instead of writing what looks like a request into the text. */
export function requestInsideText(
  segments: readonly Segment[],
  at: number,
  until: number,
  clause: Clause,
  state: Progress,
): Outcome | undefined {
  if (!/^(?:\w+ ){0,4}(?:prompt|positive|negative|text)\s*(?:[:=]|to\b)/.test(clause.plain))
    return undefined;
  for (let inside = at + 1; inside < until; inside += 1) {
    const piece = readClause(segments, inside, inside + 1, state);
    if (!/\d/.test(piece.plain)) continue;
    const [outcome] = readRequest(piece, state) ?? [];
    if (outcome?.kind !== 'edit') continue;
    const start = segments[at]?.start ?? 0;
    const head = state.text
      .slice(start, segments[inside]?.start)
      .replace(/[,\s]+(?:and\s+)?$/i, '');
    const words = /^(.*?(?:[:=]|\bto\b)\s*)(.*)$/is.exec(clause.typed);
    return ask(`Is “${piece.typed}” part of the text, or something to change?`, [
      `${piece.typed}, then ${head}`,
      `${words?.[1] ?? ''}"${(words?.[2] ?? '').replaceAll('"', '')}"`,
    ]);
  }
  return undefined;
}
