import { findCauses } from '../catalogue.ts';
import { packOf } from '../pack-of.ts';
import type { Evidence } from './evidence.ts';

type LogEvidence = Extract<Evidence, { readonly kind: 'text' }>;

/** A log of hundreds of megabytes tells the same as its end. */
const MAX_LOG = 4 * 1024 * 1024;

/**
 * What a log says went wrong: the last line of each traceback, and single lines that the catalogue knows;
 * each kind once, where it was said last. A text of a few lines that says nothing known is taken whole.
 */
export function readLog(text: string): readonly LogEvidence[] {
  const lines = text.slice(-MAX_LOG).split(/\r?\n/);
  const found = new Map<string, LogEvidence>();
  const note = (evidence: LogEvidence): void => {
    const key = findCauses(evidence.said)[0]?.code ?? evidence.said;
    found.delete(key);
    found.set(key, evidence);
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (/^\s*Traceback \(most recent call last\)/.test(line)) {
      const end = endOfTraceback(lines, at + 1);
      note(toEvidence(lines.slice(end, end + 4), lines.slice(at, end)));
      at = end;
    } else if (isKnown(line)) {
      note({ kind: 'text', said: withContinuation(lines, at) });
    }
  }
  if (found.size > 0) return [...found.values()];
  const whole = text.trim();
  return whole !== '' && (isKnown(whole) || looksLikeFailure(whole))
    ? [{ kind: 'text', said: whole }]
    : [];
}

/** The first line after the frames that is not indented: the exception itself. */
function endOfTraceback(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length - 1 && (lines[at] === '' || /^\s/.test(lines[at] ?? ''))) at += 1;
  return at;
}

function toEvidence(said: readonly string[], frames: readonly string[]): LogEvidence {
  const pack = packOf(frames.join('\n'));
  // Messages may go over several lines, but the next log entry is none of them.
  const [first = '', ...rest] = said;
  const more = rest.filter((line) => /^\s|^Currently|^Requested|^Device limit|^Free/.test(line));
  return {
    kind: 'text',
    said: [first, ...more].join('\n').trim(),
    ...(pack === undefined ? {} : { pack }),
  };
}

/** ComfyUI writes the numbers of an out-of-memory on the lines below it. */
function withContinuation(lines: readonly string[], at: number): string {
  const more = lines.slice(at + 1, at + 6);
  const end = more.findIndex(
    (line) => !/^\s*(?:Currently|Requested|Device limit|Free)\b/.test(line),
  );
  return [lines[at] ?? '', ...more.slice(0, end < 0 ? more.length : end)].join('\n').trim();
}

function isKnown(text: string): boolean {
  return findCauses(text).length > 0;
}

function looksLikeFailure(text: string): boolean {
  return /\b(?:error|exception|failed|failure|fatal|cannot|could not)\b/i.test(text);
}
