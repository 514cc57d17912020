import { nameLikeness } from '../../workflow/nearest-name.ts';
import { KNOWN_WORDS, READABLE_WORDS } from './lexicon.ts';

/** A request as it was typed and as it is read: lower case, plain quotes, slips of the finger corrected. */
export interface Reading {
  readonly plain: string;
  /** The typed text behind a stretch of `plain`, in its own case. */
  typed(start: number, end: number): string;
  /** What was read as something else, "stpes" as "steps". */
  readonly corrections: readonly (readonly [typed: string, read: string])[];
}

/** Good English that lies one letter from a word we know and must not be read as that word. */
const ORDINARY = new Set(
  `stops setup steam stem stream plus cat cats cape lock look clock block black white write night light right fight
   seat seal send see seem shop ship shape shade shirt skin sky snow show slow low row made mane wide hair head
   heat heart hard mode mood made moody model fog fig dog red rain train grain brain rainy them then than when
   where while who tone stone ston time tiles tile line lines lens less loss lots lost list last past fast cost
   stage state status sharper shaper darker warm warmer cooler cool colour color clean clear clearer grade
   painting printing portraits landscapes ruins ruin sun fun gun turn burn born bird birds word words sword world
   cast castle cattle forest fix fox box boxes face faces place plate plates late later layer better butter
   letter matter about around above after before between tell told another other others water winter writer master faster noise noisy nose rose close cloud clouds loud proud round sound
   ground house horse mouse more mare mirror style styles flip clap chip crop drop crap`.split(
    /\s+/,
  ),
);

/** What is typed in a hurry and is no slip. */
const SHORT_FORMS: Readonly<Partial<Record<string, string>>> = {
  'w/': 'with',
  'w/o': 'without',
  whats: "what's",
  whys: "why's",
  hows: "how's",
  wheres: "where's",
  gimme: 'give me',
  teh: 'the',
  hte: 'the',
  mor: 'more',
};

/**
 * Reads a request. Words in quotes, words of `ownWords` (titles, names of models) and good English stay as
 * they are; a word one slip away from one we know (two in long words) is read as that word.
 */
export function readWords(text: string, ownWords: ReadonlySet<string>): Reading {
  const corrections: [string, string][] = [];
  const origins: number[] = [];
  let plain = '';
  const copy = (piece: string, from: number): void => {
    for (let at = 0; at < piece.length; at += 1) origins.push(from + at);
    plain += piece;
  };
  for (const match of text.matchAll(
    /"[^"]*"|“[^”]*”|(?<!\S)w\/o?(?=\s)|[\p{L}][\p{L}'’-]*|[\s\S]/gu,
  )) {
    const typed = match[0];
    const lower = plainly(typed);
    const spelt = SHORT_FORMS[lower];
    const read = spelt ?? (isWord(lower) ? correct(lower, ownWords) : lower);
    if (read === lower) {
      copy(lower, match.index);
      continue;
    }
    if (spelt === undefined) corrections.push([typed, read]);
    for (let at = 0; at < read.length; at += 1) {
      origins.push(match.index + Math.min(at, typed.length - 1));
    }
    plain += read;
  }
  return {
    plain,
    corrections,
    typed: (start, end) => {
      const from = origins[start] ?? text.length;
      const to = end < origins.length ? (origins[end] ?? text.length) : text.length;
      return text.slice(from, to);
    },
  };
}

/** True when `typed` is `known` with one slip (a letter missing, doubled, wrong or swapped), or two in a long word. */
export function isSlipOf(typed: string, known: string): boolean {
  const longest = Math.max(typed.length, known.length);
  const allowed = Math.min(typed.length, known.length) >= 8 ? 2 : 1;
  // Among short words too many are one letter apart: only swapped or missing letters count there.
  if (typed.length === 4 && known.length === 4 && sorted(typed) !== sorted(known)) return false;
  if (typed[0] !== known[0] || Math.abs(typed.length - known.length) > allowed) return false;
  // All letters there, in a muddle: "spets" is steps.
  if (typed.length >= 5 && sorted(typed) === sorted(known)) return true;
  return nameLikeness(typed, known) >= 1 - allowed / longest;
}

function sorted(text: string): string {
  return Array.from(text).sort().join('');
}

function plainly(text: string): string {
  const lower = text.toLowerCase();
  // A few letters grow when lowered; positions must stay where they are.
  return (lower.length === text.length ? lower : text)
    .replaceAll(/[“”]/g, '"')
    .replaceAll('’', "'");
}

function isWord(text: string): boolean {
  return /^\p{L}/u.test(text);
}

function correct(word: string, ownWords: ReadonlySet<string>): string {
  if (word.length < 4 || KNOWN_WORDS.has(word) || ORDINARY.has(word) || ownWords.has(word))
    return word;
  for (const known of KNOWN_WORDS) {
    if (known.length >= 4 && isInflected(word, known)) return word;
  }
  const near = [...READABLE_WORDS].filter((known) => known.length >= 4 && isSlipOf(word, known));
  const score = (known: string): number =>
    nameLikeness(word, known) + (sorted(word) === sorted(known) ? 0.5 : 0);
  return near.sort((a, b) => score(b) - score(a))[0] ?? word;
}

/** "rendered" and "samplers" are no slips; families read them as they are. */
function isInflected(word: string, known: string): boolean {
  return /^(?:s|es|d|ed|ing|er|ly|y)$/.test(
    word.startsWith(known) ? word.slice(known.length) : '-',
  );
}
