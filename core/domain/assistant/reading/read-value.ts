import type { Change } from './change-value.ts';
import type { SettingConcept } from './settings.ts';
import {
  ALL_WORDS,
  AMOUNT_WORDS,
  DOWN_WORDS,
  FACTOR_WORDS,
  FILLERS,
  NUMBER_WORDS,
  ORDINAL_WORDS,
  SET_VERBS,
  UP_WORDS,
} from '../words/lexicon.ts';
import { type Token, tokenise } from '../words/tokenise.ts';

/** A request about numbers, taken apart; the words that belong to nothing else name the node. */
export interface ReadValue {
  readonly concepts: readonly SettingConcept[];
  readonly changes: readonly Change[];
  readonly nodeWords: string;
  /** "bump steps 30": to 30 or by 30? */
  /** "20-30": which of them? */
  readonly range?: readonly [from: number, to: number];
  readonly isDrop: boolean;
  readonly isUnclear?: { readonly number: number; readonly isUp: boolean };
}

interface Pieces {
  readonly concepts: SettingConcept[];
  readonly numbers: { readonly token: Token; readonly before: string }[];
  readonly nodeWords: string[];
  direction: 1 | -1 | undefined;
  /** "more", "fewer": a number beside it is a difference. */
  isDifference: boolean;
  amount: 'small' | 'plain' | 'large';
  factor: number | undefined;
  factorIsBy: boolean;
  limit: 'min' | 'max' | 'default' | undefined;
  hasTo: boolean;
  /** "Take 5 steps off". */
  isOff: boolean;
  /** "Drop the LoRA" may mean to take it out. */
  isDrop: boolean;
  range: readonly [from: number, to: number] | undefined;
}

/** Takes a request apart; undefined when it holds something that is no part of a request about numbers. */
export function readValueRequest(
  plain: string,
  concepts: readonly SettingConcept[],
): ReadValue | undefined {
  const pieces = takeApart(tokenise(withoutComplaint(plain)), concepts);
  if (pieces === undefined || pieces.numbers.length > 1) return undefined;
  const [number] = pieces.numbers;
  const isUnclear = unclearNumber(number, pieces);
  const change =
    number === undefined ? changeWithoutNumber(pieces) : changeWithNumber(number, pieces);
  if (change === 'nonsense') return undefined;
  if (change === undefined && pieces.concepts.length === 0) return undefined;
  return {
    concepts: pieces.concepts,
    changes: change === undefined ? [] : [change],
    nodeWords: pieces.nodeWords.join(' '),
    isDrop: pieces.isDrop,
    ...(isUnclear === undefined ? {} : { isUnclear }),
    ...(pieces.range === undefined ? {} : { range: pieces.range }),
  };
}

/** "The CFG is too high" asks for less of it. */
function withoutComplaint(plain: string): string {
  return plain
    .replace(/(?:\b(?:is|are) )?\btoo (?:high|much|many|strong|heavy|big|large)\b/, 'lower')
    .replace(/(?:\b(?:is|are) )?\b(?:too (?:low|little|few|weak|small)|not enough)\b/, 'raise');
}

const LIMITS: Readonly<Record<string, 'min' | 'max' | 'default'>> = {
  max: 'max',
  maximum: 'max',
  maxed: 'max',
  highest: 'max',
  min: 'min',
  minimum: 'min',
  lowest: 'min',
  default: 'default',
  defaults: 'default',
};

const SAYS_NOTHING = new Set([
  'out',
  'times',
  'many',
  'as',
  'reset',
  'about',
  'around',
  'over',
  'also',
  'then',
  'and',
  'too',
  'again',
  'overall',
  'way',
  'px',
  'pixels',
  'quite',
  'very',
  'again',
  'still',
  'down-to',
  'enough',
  'though',
  'maybe',
]);

function takeApart(
  tokens: readonly Token[],
  concepts: readonly SettingConcept[],
): Pieces | undefined {
  const pieces: Pieces = {
    concepts: [],
    numbers: [],
    nodeWords: [],
    direction: undefined,
    isDifference: false,
    amount: 'plain',
    factor: undefined,
    factorIsBy: false,
    limit: undefined,
    hasTo: false,
    isOff: false,
    isDrop: false,
    range: undefined,
  };
  const aliases = concepts
    .flatMap((concept) => concept.aliases.map((alias) => ({ concept, words: alias.split(' ') })))
    .sort((a, b) => b.words.length - a.words.length);
  let at = 0;
  while (at < tokens.length) {
    const found = aliases.find(({ words }) =>
      words.every((word, i) => wordAt(tokens, at + i) === word),
    );
    if (found !== undefined && !isUsedOtherwise(found.words, tokens, at)) {
      pieces.concepts.push(found.concept);
      at += found.words.length;
      continue;
    }
    const token = tokens[at];
    if (token === undefined || !takeToken(token, tokens, at, pieces)) return undefined;
    at += 1;
  }
  return pieces;
}

/** "High" and "scale" are settings only where a number or a verb stands beside them. */
function isUsedOtherwise(words: readonly string[], tokens: readonly Token[], at: number): boolean {
  const [word] = words;
  if (words.length > 1 || word === undefined || !/^(?:high|tall|wide|blur)$/.test(word))
    return false;
  if (word === 'blur') return !tokens.some((token) => token.kind !== 'word');
  return tokens[at - 1]?.kind !== 'number';
}

function wordAt(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at];
  return token?.kind === 'word' ? token.text : undefined;
}

function takeToken(token: Token, tokens: readonly Token[], at: number, pieces: Pieces): boolean {
  switch (token.kind) {
    case 'number':
    case 'percent':
    case 'factor': {
      pieces.numbers.push({ token, before: lastMeaningfulWord(tokens, at) });
      return true;
    }
    case 'sign':
      if (
        token.text === '=' ||
        token.text === ':' ||
        token.text.endsWith('>') ||
        token.text === '→'
      )
        pieces.hasTo = true;
      return token.text !== '+';
    case 'quoted':
      pieces.nodeWords.push(`"${token.text}"`);
      return true;
    case 'node-id':
      pieces.nodeWords.push(token.text);
      return true;
    case 'word':
      return takeWord(token.text, tokens, at, pieces);
    case 'range':
      pieces.range = [token.from, token.to];
      return true;
    case 'size':
    case 'ratio':
      return false;
  }
}

function takeWord(word: string, tokens: readonly Token[], at: number, pieces: Pieces): boolean {
  const before = wordAt(tokens, at - 1) ?? '';
  const next = wordAt(tokens, at + 1) ?? '';
  const amount = AMOUNT_WORDS[word];
  const number = NUMBER_WORDS[word];
  const factor = FACTOR_WORDS[word];
  const limit = LIMITS[word];
  if (ORDINAL_WORDS[word] !== undefined && !(word === 'third' && /^(?:a|one|by)$/.test(before))) {
    pieces.nodeWords.push(word);
  } else if (ALL_WORDS.has(word)) {
    pieces.nodeWords.push(word);
  } else if (factor !== undefined) {
    if (pieces.factor !== undefined) return false;
    pieces.factor = factor;
    pieces.factorIsBy = before === 'by' || (before === 'a' && wordAt(tokens, at - 2) === 'by');
  } else if (
    number !== undefined &&
    !(word === 'one' && /^(?:the|this|that|other)$/.test(before))
  ) {
    const stand: Token = { kind: 'number', value: number, isSigned: false, text: word };
    if (ORDINAL_WORDS[before] === undefined) {
      pieces.numbers.push({ token: stand, before: lastMeaningfulWord(tokens, at) });
    }
  } else if (limit !== undefined) {
    pieces.limit = limit;
  } else if (amount !== undefined) {
    pieces.amount = amount;
  } else if (UP_WORDS.has(word) || DOWN_WORDS.has(word)) {
    // "Add a blur" adds a node; "add 10 steps" raises a number.
    if (/^(?:add|another)$/.test(word) && !isBesideNumber(tokens, at)) return false;
    const direction = UP_WORDS.has(word) ? 1 : -1;
    if (/^(?:drop|cut)$/.test(word)) pieces.isDrop = true;
    if (pieces.direction !== undefined && pieces.direction !== direction) return false;
    pieces.direction = direction;
    if (/^(?:more|extra|another|less|fewer|add|subtract|higher|lower|shave)$/.test(word))
      pieces.isDifference ||= isBesideNumber(tokens, at);
  } else if (word === 'back') {
    // "Dial it back" is down; "back to 7" says where anyway.
    pieces.direction ??= -1;
  } else if (word === 'off') {
    pieces.isOff = true;
  } else if (word === 'to' || word === 'at' || word === 'is') {
    pieces.hasTo = true;
  } else if (word === 'node' && /^\d/.test(tokens[at + 1]?.text ?? '')) {
    return false;
  } else if (!FILLERS.has(word) && !SET_VERBS.has(word) && !SAYS_NOTHING.has(word)) {
    pieces.nodeWords.push(word);
  } else if (word === 'image' && /^(?:loader|node)$/.test(next)) {
    pieces.nodeWords.push(word);
  }
  return true;
}

/** "10 more steps", "add 10 steps", "another 5". */
function isBesideNumber(tokens: readonly Token[], at: number): boolean {
  return [tokens[at - 1], tokens[at + 1], tokens[at + 2]].some(
    (token) =>
      token?.kind === 'number' ||
      (token?.kind === 'word' && NUMBER_WORDS[token.text] !== undefined),
  );
}

function lastMeaningfulWord(tokens: readonly Token[], at: number): string {
  for (let before = at - 1; before >= 0; before -= 1) {
    const token = tokens[before];
    if (token?.kind === 'sign') return '=';
    if (token?.kind !== 'word') return '';
    if (!/^(?:a|an|the|about|around|just|only)$/.test(token.text)) return token.text;
  }
  return '';
}

type Read = Change | 'nonsense' | undefined;

function changeWithNumber(number: Pieces['numbers'][number], pieces: Pieces): Read {
  const { token, before } = number;
  const direction = pieces.direction ?? 1;
  if (token.kind === 'factor') {
    return { kind: 'times', factor: pieces.direction === -1 ? 1 / token.value : token.value };
  }
  if (token.kind === 'percent') {
    if (before === 'by' && pieces.direction === undefined && !token.isSigned) return 'nonsense';
    const isRelative =
      token.isSigned || (pieces.direction !== undefined && !isAbsolute(before, pieces));
    if (isRelative) return { kind: 'times', factor: 1 + (direction * token.value) / 100 };
    return { kind: 'percent-to', value: token.value };
  }
  if (token.kind !== 'number') return 'nonsense';
  if (pieces.factor !== undefined || pieces.limit !== undefined) return 'nonsense';
  if (before === 'times') return { kind: 'times', factor: Number(token.value) };
  if (isAbsolute(before, pieces)) return { kind: 'to', value: token.value };
  if (pieces.isOff) return { kind: 'by', delta: -Number(token.value) };
  if (token.isSigned) return { kind: 'by', delta: direction * Number(token.value) };
  if (before === 'by' && pieces.direction === undefined) return 'nonsense';
  if (before === 'by' || (pieces.direction !== undefined && pieces.isDifference)) {
    return { kind: 'by', delta: direction * Number(token.value) };
  }
  return { kind: 'to', value: token.value };
}

function isAbsolute(before: string, pieces: Pieces): boolean {
  return (
    /^(?:to|at|=|is|into)$/.test(before) ||
    (pieces.hasTo && before !== 'by' && !pieces.isDifference)
  );
}

function changeWithoutNumber(pieces: Pieces): Read {
  if (pieces.limit !== undefined) return { kind: 'limit', which: pieces.limit };
  if (pieces.factor !== undefined) {
    const isShare = pieces.factorIsBy && pieces.factor < 1 && pieces.direction !== undefined;
    return {
      kind: 'times',
      factor: isShare ? 1 + (pieces.direction ?? 1) * pieces.factor : pieces.factor,
    };
  }
  if (pieces.direction === undefined) return undefined;
  return { kind: 'pace', direction: pieces.direction, amount: pieces.amount };
}

function unclearNumber(
  number: Pieces['numbers'][number] | undefined,
  pieces: Pieces,
): ReadValue['isUnclear'] {
  if (number?.token.kind !== 'number' || number.token.isSigned || pieces.direction === undefined)
    return undefined;
  if (
    pieces.isOff ||
    pieces.isDifference ||
    number.before === 'by' ||
    isAbsolute(number.before, pieces)
  )
    return undefined;
  return { number: Number(number.token.value), isUp: pieces.direction > 0 };
}
