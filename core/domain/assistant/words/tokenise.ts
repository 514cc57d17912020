/** One piece of a request. Numbers keep whether they carried a sign, a percent sign or a factor. */
export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'node-id'; readonly id: string; readonly text: string }
  | {
      readonly kind: 'number';
      readonly value: number | bigint;
      readonly isSigned: boolean;
      readonly text: string;
    }
  | {
      readonly kind: 'percent';
      readonly value: number;
      readonly isSigned: boolean;
      readonly text: string;
    }
  | { readonly kind: 'factor'; readonly value: number; readonly text: string }
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly text: string }
  | {
      readonly kind: 'size';
      readonly width: number;
      readonly height: number;
      readonly text: string;
    }
  | { readonly kind: 'ratio'; readonly ratio: number; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

/** Below this, "16x9" is an aspect ratio; from it on, "512x768" is a size in pixels. */
const SMALLEST_SIDE = 64;

const PATTERN = new RegExp(
  [
    /"(?<double>[^"]*)"/,
    /(?<!\w)'(?<single>[^']+)'(?!\w)/,
    /#(?<id>\d+(?::\d+)*)/,
    /(?<width>\d+(?:\.\d+)?)\s*(?:px)?\s*(?:x|×|\*|\bby\b)\s*(?<height>\d+(?:\.\d+)?)(?:\s*px\b)?/,
    /(?<across>\d+(?:\.\d+)?)\s*[:/]\s*(?<down>\d+(?:\.\d+)?)/,
    /(?<![\w.])(?<from>\d*\.?\d+)\s*[-–]\s*(?<to>\d*\.?\d+)(?![\w.]*\d)/,
    /(?<factorAfter>\d*\.?\d+)\s*(?:x|×)(?![\w])/,
    /(?<![\w])(?:x|×)\s*(?<factorBefore>\d*\.?\d+)(?![\w])/,
    /(?<percent>[+-]?\d*\.?\d+)\s*(?:%|percent\b|per cent\b|pct\b)/,
    /(?<thousands>\d{1,3}(?:,\d{3})+)(?!\d)/,
    /(?<number>[+-]?(?:\d+[.,]\d+|\.\d+|\d+))(?<kilo>k\b)?(?:\s*(?:px|pixels?)\b)?(?![a-z_])/,
    /(?<word>[\p{L}\d_][\p{L}\d_+./'’-]*\+*)/u,
    /(?<sign>→|->|[=:+])/,
  ]
    .map((part) => part.source)
    .join('|'),
  'gu',
);

/** Cuts a request into words, numbers, sizes and the like; punctuation that means nothing is dropped. */
export function tokenise(text: string): readonly Token[] {
  return [...text.matchAll(PATTERN)].flatMap((match) => {
    const token = toToken(match[0], match.groups ?? {});
    return token === undefined ? [] : [token];
  });
}

/** Reads digits exactly: whole numbers beyond 2^53 become `bigint`. */
export function toNumber(digits: string): number | bigint {
  const value = Number(digits);
  return /^[+-]?\d+$/.test(digits) && !Number.isSafeInteger(value) ? BigInt(digits) : value;
}

function toToken(text: string, groups: Partial<Record<string, string>>): Token | undefined {
  const quoted = groups['double'] ?? groups['single'];
  if (quoted !== undefined) return { kind: 'quoted', text: quoted };
  if (groups['id'] !== undefined) return { kind: 'node-id', id: groups['id'], text };
  const { width, height, across, down } = groups;
  if (width !== undefined && height !== undefined)
    return toSize(Number(width), Number(height), text);
  if (across !== undefined && down !== undefined) {
    return { kind: 'ratio', ratio: Number(across) / Number(down), text };
  }
  const { from, to } = groups;
  if (from !== undefined && to !== undefined) {
    return { kind: 'range', from: Number(from), to: Number(to), text };
  }
  const factor = groups['factorAfter'] ?? groups['factorBefore'];
  if (factor !== undefined) return { kind: 'factor', value: Number(factor), text };
  if (groups['percent'] !== undefined) {
    const value = Number(groups['percent']);
    return { kind: 'percent', value, isSigned: /^[+-]/.test(text), text };
  }
  if (groups['thousands'] !== undefined) {
    const value = Number(groups['thousands'].replaceAll(',', ''));
    return { kind: 'number', value, isSigned: false, text };
  }
  if (groups['number'] !== undefined) {
    const value = toNumber(groups['number'].replace(',', '.'));
    const scaled = groups['kilo'] === undefined ? value : Math.round(Number(value) * 1000);
    return { kind: 'number', value: scaled, isSigned: /^[+-]/.test(text), text };
  }
  if (groups['sign'] !== undefined) return { kind: 'sign', text };
  return { kind: 'word', text: text.replace(/[./'’-]+$/, '') };
}

function toSize(width: number, height: number, text: string): Token {
  if (width >= SMALLEST_SIDE && height >= SMALLEST_SIDE)
    return { kind: 'size', width, height, text };
  return { kind: 'ratio', ratio: width / height, text };
}
