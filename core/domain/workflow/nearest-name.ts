/**
 * The known names most like the wanted one, best first, at most `limit`; nothing when none is close.
 * Case, folders, extensions and separators count for little, so "sdxl base" finds
 * "SDXL/sd_xl_base_1.0.safetensors".
 */
export function nearestNames(wanted: string, known: readonly string[], limit = 3): string[] {
  const target = toForm(wanted);
  if (target.plain === '') return [];
  const scored: { readonly name: string; readonly score: number }[] = [];
  for (const name of known) {
    const score = likeness(target, toForm(name));
    if (score >= THRESHOLD) scored.push({ name, score });
  }
  scored.sort((a, b) => b.score - a.score || a.name.length - b.name.length);
  return scored.slice(0, limit).map((entry) => entry.name);
}

/** 0 (nothing in common) to 1 (the same but for case, folder, extension and separators). */
export function nameLikeness(a: string, b: string): number {
  return likeness(toForm(a), toForm(b));
}

interface NameForm {
  /** Lower case letters and digits of the last part of the path, without a known extension. */
  readonly plain: string;
  readonly words: readonly string[];
}

const THRESHOLD = 0.5;
const EXTENSION = /\.(safetensors|sft|ckpt|pth?|bin|gguf|onnx|png|jpe?g|webp|json)$/;
/** Longer names are compared by words only, so that one look-up in thousands of names stays quick. */
const MAX_EDIT_LENGTH = 64;

function toForm(name: string): NameForm {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const bare = (file === '' ? name : file)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(EXTENSION, '');
  const words = bare.match(/[\p{L}]+|\d+/gu) ?? [];
  return { plain: words.join(''), words };
}

function likeness(wanted: NameForm, known: NameForm): number {
  if (known.plain === '') return 0;
  if (wanted.plain === known.plain) return 1;
  const [short, long] =
    wanted.plain.length <= known.plain.length
      ? [wanted.plain, known.plain]
      : [known.plain, wanted.plain];
  const contained =
    short.length >= 3 && long.includes(short) ? 0.6 + 0.35 * (short.length / long.length) : 0;
  return Math.max(contained, wordLikeness(wanted, known), editLikeness(short, long));
}

function wordLikeness(wanted: NameForm, known: NameForm): number {
  if (wanted.words.length === 0) return 0;
  let found = 0;
  for (const word of wanted.words) {
    if (word.length > 1 ? known.plain.includes(word) : known.words.includes(word)) found += 1;
  }
  return found === wanted.words.length && wanted.plain.length >= 3
    ? 0.9
    : (0.85 * found) / Math.max(wanted.words.length, 2);
}

function editLikeness(short: string, long: string): number {
  if (long.length > MAX_EDIT_LENGTH || short.length * 2 < long.length) return 0;
  return 1 - editDistance(short, long) / long.length;
}

/** Edits with swaps of neighbours counted once, because that is how people mistype. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
