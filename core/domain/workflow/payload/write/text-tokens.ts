import type { PayloadMoment } from './payload-moment.ts';

/**
 * Takes comments out of a text and picks one of each `{a|b}`, as the page does for text settings: from the
 * outside in, so that what lies in a choice that is not taken is never looked at.
 */
export function pickDynamicText(
  text: string,
  pick: PayloadMoment['pick'] = () => 0,
): { readonly text: string; readonly picked: number } {
  let picked = 0;
  const read = (source: string): string => {
    let result = '';
    const plain = source.replace(COMMENTS, '');
    for (let at = 0; at < plain.length; at += 1) {
      const char = plain.charAt(at);
      if (char === '{') {
        const { options, end } = readChoices(plain, at + 1);
        if (options.length > 1) picked += 1;
        result += read(options[pick(options.length)] ?? '');
        at = end;
      } else if (char === ESCAPE) {
        at += 1;
        result += char + plain.charAt(at);
      } else result += char;
    }
    return result.replace(/\\([{}|])/g, '$1');
  };
  return { text: MAY_BE_DYNAMIC.test(text) ? read(text) : text, picked };
}

/** The options from `start` on, inner choices as they stand, and where the brace is that closes them. */
function readChoices(
  text: string,
  start: number,
): { readonly options: readonly string[]; readonly end: number } {
  const options: string[] = [];
  let depth = 0;
  let from = start;
  let at = start;
  for (; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === ESCAPE) at += 1;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      if (depth === 0) break;
      depth -= 1;
    } else if (char === '|' && depth === 0) {
      options.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return { options: [...options, text.slice(from, at)], end: at };
}

/**
 * Fills `%date:yyyy-MM-dd%` and `%Node.setting%` in a file name, as the page does before it sends. Tokens
 * that the server fills itself (`%width%`, `%year%`) and unknown ones stay as they are.
 */
export function fillNameTokens(
  text: string,
  lookUp: (node: string, setting: string) => string | undefined,
  now: PayloadMoment['now'],
): { readonly text: string; readonly unfilled: readonly string[] } {
  const unfilled: string[] = [];
  const filled = text.replace(/%([^%]+)%/g, (token, inside: string) => {
    // Two parts name a setting, even where they were meant as a date with a point in it.
    const [head = '', setting, ...rest] = inside.split('.');
    if (setting !== undefined && rest.length === 0) {
      const value = lookUp(head, setting);
      if (value !== undefined) return value.replace(NOT_IN_FILE_NAMES, '_');
    } else if (!head.startsWith(DATE)) return token;
    else if (now !== undefined) return formatDate(head.slice(DATE.length), now);
    unfilled.push(token);
    return token;
  });
  return { text: filled, unfilled };
}

const ESCAPE = '\\';
const DATE = 'date:';
/** Choices, escapes and comments all need one of these. */
const MAY_BE_DYNAMIC = /[{\\/]/;
const COMMENTS = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const NOT_IN_FILE_NAMES = /[/?<>\\:*|"\u0000-\u001F\u007F]/g;
const DATE_PARTS = /dd?|MM?|hh?|mm?|ss?|yyy?y?/g;

function formatDate(pattern: string, now: NonNullable<PayloadMoment['now']>): string {
  const parts = new Map([
    ['d', now.day],
    ['M', now.month],
    ['h', now.hour],
    ['m', now.minute],
    ['s', now.second],
  ]);
  return pattern.replace(DATE_PARTS, (token) => {
    if (token === 'yy') return String(now.year).slice(2);
    if (token === 'yyyy') return String(now.year);
    const value = parts.get(token.charAt(0));
    return value === undefined ? token : String(value).padStart(token.length, '0');
  });
}
