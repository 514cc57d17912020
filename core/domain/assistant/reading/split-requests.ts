/** A stretch of a message that may be a request of its own, or part of one. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** How it is set off from what is before it. */
  readonly joint: 'start' | 'soft' | 'sentence' | 'then';
}

const JOINT =
  /"[^"]*"|“[^”]*”|(?<then>\s*[,;.]?\s*\b(?:and\s+)?(?:then|afterwards|after that)\b[\s,]*)|(?<sentence>\s*(?:;|\n+|[.!?]+(?=\s|$))\s*(?:and\s+)?)|(?<soft>\s*,\s*(?:and also|and|also|plus|but)\s+|\s*,(?!\d{3}(?!\d)|\d+\b(?<=\d,\d+))\s*|\s+(?:and also|and|&|plus|but also|but|also)\s+)/giu;

/** Cuts a message at commas, "and", "then" and ends of sentences; what is in quotes stays whole. */
export function splitRequests(message: string): readonly Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  let joint: Segment['joint'] = 'start';
  const close = (end: number): void => {
    if (message.slice(start, end).trim() !== '') segments.push({ start, end, joint });
  };
  for (const match of message.matchAll(JOINT)) {
    const kind = (['then', 'sentence', 'soft'] as const).find(
      (name) => match.groups?.[name] !== undefined,
    );
    if (kind === undefined) continue;
    close(match.index);
    const isStrongest: boolean = joint === 'then' && start === match.index;
    start = match.index + match[0].length;
    joint = isStrongest ? 'then' : kind;
  }
  close(message.length);
  return segments;
}

const COURTESIES =
  /^(?:(?:ok(?:ay)?|right|so|now|hey|hi|hello|please|pls|plz|kindly|just|also|and|then|but|maybe|actually|um+|hmm+|alright|cool|great|yes|yeah|oops|whoops|ah|oh|er|ugh)[\s,]+|(?:no|nope|nah)\s*,\s*|(?:would|will) you be able to\s+|are you able to\s+|any chance (?:of|you could|we could)\s+|(?:can|could|would|will) (?:you|we|u)(?: please)?\s+|i(?:'d| would) (?:like|love)(?: you)?(?: to)?\s+(?:have )?|i (?:want|need)(?: you)? to\s+|we (?:want|need)(?: you)? to\s+|let's\s+|lets\s+|go ahead and\s+|mind\s+)/i;
const CLOSINGS =
  /(?:[\s,]+(?:please|pls|plz|thanks|thank you|thx|cheers|ta|for me|if you can|if possible|mate|will you|would you|too|as well|ok\??|now please|for now))+$|[\s.!?,;:]+$/i;

/** Takes "could you please" from the front and "thanks" from the end; meaning stays. */
export function withoutCourtesies(text: string): { readonly start: number; readonly end: number } {
  let start = 0;
  let end = text.length;
  for (let rounds = 0; rounds < 6; rounds += 1) {
    const piece = text.slice(start, end);
    const lead = /^\s+/.exec(piece) ?? COURTESIES.exec(piece);
    if (lead !== null && lead[0].length < piece.length) {
      start += lead[0].length;
      continue;
    }
    const tail = CLOSINGS.exec(piece);
    if (tail === null || tail.index === 0) break;
    end = start + tail.index;
  }
  return { start, end };
}
