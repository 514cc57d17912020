import type { PayloadMoment } from './moment.ts';

/** Takes comments out of a text and picks one of each `{a|b}`, as the page does for text settings. */
export function pickDynamicText(
  text: string,
  pick: PayloadMoment['pick'] = () => 0,
): { readonly text: string; readonly picked: number } {
  if (!MAY_BE_DYNAMIC.test(text)) return { text, picked: 0 };
  const source = text.replace(COMMENTS, '');
  const state = { at: 0, picked: 0 };
  const read = (inBlock: boolean): readonly string[] => {
    const options = [''];
    const add = (part: string): void => {
      options[options.length - 1] = (options.at(-1) ?? '') + part;
    };
    while (state.at < source.length) {
      const char = source.charAt(state.at);
      state.at += 1;
      if (char === '\\') {
        add(char + source.charAt(state.at));
        state.at += 1;
      } else if (char === '{') {
        const inner = read(true);
        if (inner.length > 1) state.picked += 1;
        add(inner[Math.min(pick(inner.length), inner.length - 1)] ?? '');
      } else if (inBlock && char === '|') options.push('');
      else if (inBlock && char === '}') return options;
      else add(char);
    }
    return options;
  };
  const result = read(false).join('|');
  return { text: result.replace(/\\([{}|])/g, '$1'), picked: state.picked };
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
    if (inside.startsWith('date:')) {
      if (now !== undefined) return formatDate(inside.slice('date:'.length), now);
      unfilled.push(token);
      return token;
    }
    const parts = inside.split('.');
    const [node, setting] = parts;
    if (parts.length !== 2 || node === undefined || setting === undefined) return token;
    const value = lookUp(node, setting);
    if (value === undefined) {
      unfilled.push(token);
      return token;
    }
    return value.replace(NOT_IN_FILE_NAMES, '_');
  });
  return { text: filled, unfilled };
}

/** Choices, escapes and comments all need one of these. */
const MAY_BE_DYNAMIC = /[{\\/]/;
const COMMENTS = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const NOT_IN_FILE_NAMES = /[/?<>\\:*|"\u0000-\u001F\u007F]/g;
const DATE_PARTS = /d{1,2}|M{1,2}|yyyy|yyy|yy|y|h{1,2}|m{1,2}|s{1,2}/g;

function formatDate(pattern: string, now: NonNullable<PayloadMoment['now']>): string {
  const parts: Record<string, number> = {
    d: now.day,
    M: now.month,
    h: now.hour,
    m: now.minute,
    s: now.second,
  };
  return pattern.replace(DATE_PARTS, (token) => {
    if (token === 'yy') return String(now.year).slice(2);
    if (token === 'yyyy') return String(now.year);
    const value = parts[token.charAt(0)];
    return value === undefined ? token : String(value).padStart(token.length, '0');
  });
}
