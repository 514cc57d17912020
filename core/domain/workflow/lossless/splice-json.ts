import { type JsonStyle, writeJson } from '../../../base/json-writer.ts';
import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
  jsonKeys,
} from '../../../base/json.ts';
import { listOfArray } from '../patch/keyed-list.ts';
import { isSameJson } from '../patch/same-json.ts';
import {
  type TextLayout,
  type TextPart,
  endOfValue,
  readLayout,
  skipSpace,
} from './text-layout.ts';

/**
 * Writes `next` into the text that `original` was read from: what is the same keeps its bytes (numbers as
 * they were spelled, white space, key order, keys that stand twice), what is new is written in the style
 * around it. The text must be the JSON of `original`.
 */
export function spliceJson(text: string, original: JsonValue, next: JsonValue): string {
  const start = skipSpace(text, 0);
  const end = endOfValue(text, start);
  const splicing: Splicing = { text, style: styleOf(text, start) };
  const lineBreak = `${text.includes('\r\n') ? '\r\n' : '\n'}${indentBefore(text, end)}`;
  const written = spliceValue(splicing, { start, end }, original, next, lineBreak);
  return text.slice(0, start) + written + text.slice(end);
}

interface Splicing {
  readonly text: string;
  readonly style: JsonStyle;
}

/** `lineBreak`: what a line on the level of the value begins with; absent when its parts share a line. */
function spliceValue(
  splicing: Splicing,
  span: Pick<TextPart, 'start' | 'end'>,
  original: JsonValue,
  next: JsonValue,
  lineBreak: string | undefined,
): string {
  const { text } = splicing;
  if (isSameJson(original, next)) return text.slice(span.start, span.end);
  if (isJsonObject(original) && isJsonObject(next)) {
    const layout = readLayout(text, span.start);
    return joinParts(
      splicing,
      layout,
      objectPieces(splicing, layout, original, next, lineBreak),
      lineBreak,
    );
  }
  if (isJsonArray(original) && isJsonArray(next)) {
    const layout = readLayout(text, span.start);
    return joinParts(
      splicing,
      layout,
      arrayPieces(splicing, layout, original, next, lineBreak),
      lineBreak,
    );
  }
  return writeFresh(splicing, next, lineBreak);
}

function writeFresh({ style }: Splicing, value: JsonValue, lineBreak: string | undefined): string {
  const inline: JsonStyle = {
    comma: style.indent === undefined ? style.comma : ', ',
    colon: style.colon,
  };
  return lineBreak === undefined || style.indent === undefined
    ? writeJson(value, inline, '')
    : writeJson(value, style, lineBreak);
}

/** One part as it will be written, and which part of the text it was (-1: none). */
interface Piece {
  readonly was: number;
  readonly written: string;
}

function objectPieces(
  splicing: Splicing,
  layout: TextLayout,
  original: JsonObject,
  next: JsonObject,
  lineBreak: string | undefined,
): readonly Piece[] {
  const { text, style } = splicing;
  const inner = innerBreak(splicing, layout, lineBreak);
  const last = new Map(layout.parts.map(({ key }, index) => [key?.name ?? '', index]));
  const pieces: Piece[] = [];
  for (const key of keyOrder(layout, next)) {
    const was = last.get(key) ?? -1;
    const part = layout.parts[was];
    const value = next[key] ?? null;
    if (part?.key === undefined) {
      pieces.push({
        was,
        written: JSON.stringify(key) + style.colon + writeFresh(splicing, value, inner),
      });
      continue;
    }
    // Earlier ones of a key that stands twice say nothing, and stay.
    for (const [index, { key: other, end }] of layout.parts.slice(0, was).entries()) {
      if (other?.name === key) pieces.push({ was: index, written: text.slice(other.start, end) });
    }
    const written = spliceValue(splicing, part, original[key] ?? null, value, inner);
    pieces.push({ was, written: text.slice(part.key.start, part.start) + written });
  }
  return pieces;
}

/**
 * The new object's order; where that only differs because JavaScript moved numbers to the front, the order
 * of the text, with new keys behind the one that they follow.
 */
function keyOrder(layout: TextLayout, next: JsonObject): readonly string[] {
  const wanted = jsonKeys(next).filter((key) => next[key] !== undefined);
  const stood = [...new Set(layout.parts.map(({ key }) => key?.name ?? ''))].filter((key) =>
    Object.hasOwn(next, key),
  );
  const known = new Set(stood);
  const asJavaScript = Object.keys(Object.fromEntries(stood.map((key) => [key, 0])));
  const isMoved = wanted
    .filter((key) => known.has(key))
    .some((key, at) => key !== asJavaScript[at]);
  if (isMoved || stood.every((key, at) => key === asJavaScript[at])) return wanted;
  return [...stood, ...wanted.filter((key) => !known.has(key))];
}

function arrayPieces(
  splicing: Splicing,
  layout: TextLayout,
  original: readonly JsonValue[],
  next: readonly JsonValue[],
  lineBreak: string | undefined,
): readonly Piece[] {
  const inner = innerBreak(splicing, layout, lineBreak);
  const sources = matchItems(original, next);
  return next.map((value, at) => {
    const was = sources[at] ?? -1;
    const part = layout.parts[was];
    const written =
      part === undefined
        ? writeFresh(splicing, value, inner)
        : spliceValue(splicing, part, original[was] ?? null, value, inner);
    return { was, written };
  });
}

/** Which old item each new one is: by id where all have one, else by place from both ends. */
function matchItems(
  original: readonly JsonValue[],
  next: readonly JsonValue[],
): readonly (number | undefined)[] {
  const old = listOfArray(original);
  const now = listOfArray(next);
  if (old !== undefined && now !== undefined) {
    const places = new Map(old.map(([id], index) => [id, index]));
    return now.map(([id]) => places.get(id));
  }
  if (original.length === next.length) return next.map((_, index) => index);
  const shorter = Math.min(original.length, next.length);
  let head = 0;
  while (head < shorter && isSameJson(original[head], next[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && isSameJson(original.at(-1 - tail), next.at(-1 - tail))) tail += 1;
  return next.map((_, index) => {
    if (index < head) return index;
    return index >= next.length - tail ? original.length - next.length + index : undefined;
  });
}

function joinParts(
  { text, style }: Splicing,
  { open, close, parts }: TextLayout,
  pieces: readonly Piece[],
  lineBreak: string | undefined,
): string {
  const bracket = text.charAt(open);
  const closing = text.charAt(close);
  if (pieces.length === 0) return bracket + closing;
  const startOf = (index: number): number =>
    parts[index]?.key?.start ?? parts[index]?.start ?? close;
  const endOf = (index: number): number => parts[index]?.end ?? open + 1;
  const isBlock = lineBreak !== undefined && style.indent !== undefined;
  const block = isBlock ? lineBreak + (style.indent ?? '') : '';
  const lead = parts.length > 0 ? text.slice(open + 1, startOf(0)) : block;
  const tail =
    parts.length > 0 ? text.slice(endOf(parts.length - 1), close) : isBlock ? lineBreak : '';
  const usual =
    parts.length > 1
      ? text.slice(endOf(0), startOf(1))
      : lead.includes('\n')
        ? `,${lead}`
        : style.indent === undefined
          ? style.comma
          : ', ';
  let joined = bracket + lead;
  pieces.forEach(({ was, written }, at) => {
    const before = pieces[at - 1]?.was ?? -1;
    if (at > 0)
      joined += was > 0 && before === was - 1 ? text.slice(endOf(before), startOf(was)) : usual;
    joined += written;
  });
  return joined + tail + closing;
}

/** What the lines of an object's or array's parts begin with; undefined when they stand on one line. */
function innerBreak(
  { text, style }: Splicing,
  { open, parts }: TextLayout,
  lineBreak: string | undefined,
): string | undefined {
  const first = parts[0];
  if (first === undefined) {
    return lineBreak === undefined || style.indent === undefined
      ? undefined
      : lineBreak + style.indent;
  }
  const lead = text.slice(open + 1, first.key?.start ?? first.start);
  return lead.includes('\n') ? lead.slice(lead.search(/\r?\n[^\n]*$/)) : undefined;
}

/** How the file is laid out, told from its first parts. */
function styleOf(text: string, start: number): JsonStyle {
  const [first, second] = readLayout(text, start).parts;
  if (first?.key === undefined) return { indent: '  ', comma: ',', colon: ': ' };
  const colon = text.slice(endOfValue(text, first.key.start), first.start);
  const lead = text.slice(start + 1, first.key.start);
  if (lead.includes('\n')) {
    const own = lead.slice(lead.lastIndexOf('\n') + 1);
    const outer = indentBefore(text, endOfValue(text, start));
    return { indent: own.startsWith(outer) ? own.slice(outer.length) : own, comma: ',', colon };
  }
  const comma = second?.key === undefined ? ',' : text.slice(first.end, second.key.start);
  return { comma, colon };
}

/** The white space that the line with the closing bracket begins with. */
function indentBefore(text: string, end: number): string {
  const lineStart = text.lastIndexOf('\n', end) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, end))?.[0] ?? '';
}
