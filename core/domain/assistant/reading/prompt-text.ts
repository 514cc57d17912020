/** Adds words to a comma-separated text; undefined when it has them already. */
export function addToText(text: string, words: string, atFront = false): string | undefined {
  const added = words.trim().replace(/^,\s*|\s*,$/g, '');
  if (partsOf(text).includes(added.toLowerCase())) return undefined;
  const base = text.trim().replace(/[,\s]+$/, '');
  if (base === '') return added;
  if (atFront) return `${added}, ${base}`;
  return /[.!?]$/.test(base) ? `${base} ${added}` : `${base}, ${added}`;
}

/** Takes words out, with the comma that goes with them; undefined when they are not there. */
export function removeFromText(text: string, words: string): string | undefined {
  const wanted = words.trim().toLowerCase();
  const parts = text.split(',');
  const kept = parts.filter((part) => plainPart(part) !== wanted);
  if (kept.length < parts.length)
    return kept
      .join(',')
      .trim()
      .replace(/^,\s*|,\s*$/g, '');
  const without = replaceInText(text, words, '');
  if (without === undefined) {
    // "The watermark bit": what is left when that is not in the text is.
    const shorter = words.trim().replace(/ (?:bit|part|stuff|thing|words?)$/i, '');
    return shorter === words.trim() ? undefined : removeFromText(text, shorter);
  }
  return without
    .replaceAll(/[ \t]{2,}/g, ' ')
    .replaceAll(/ +([,.;])/g, '$1')
    .replaceAll(/,(?:\s*,)+/g, ',')
    .trim()
    .replace(/^,\s*|,$/g, '');
}

/** Replaces whole words, whatever their case, everywhere; undefined when they are not there. */
export function replaceInText(text: string, words: string, other: string): string | undefined {
  const wanted = words.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (wanted === '') return undefined;
  const pattern = new RegExp(`(?<![\\p{L}\\d])${wanted}(?![\\p{L}\\d])`, 'giu');
  if (!pattern.test(text)) return undefined;
  // "of a lighthouse" with "a castle" for it has one article, not two.
  const articled = /^(?:an?|the) /i.test(other.trim())
    ? new RegExp(`(?<![\\p{L}\\d])(?:(?:an?|the) )?${wanted}(?![\\p{L}\\d])`, 'giu')
    : new RegExp(pattern);
  return text.replaceAll(articled, () => other.trim());
}

function partsOf(text: string): readonly string[] {
  return text.split(',').map(plainPart);
}

/** A part without the weight round it: "(fog:1.2)" is fog. */
function plainPart(part: string): string {
  return part
    .trim()
    .toLowerCase()
    .replace(/^\(+(.*?)(?::[\d.]+)?\)+$/s, '$1')
    .trim();
}
