/** Things whose title holds all words in any order; the ones that start with the text come first. */
export function findByTitle<T extends { readonly title: string }>(
  items: readonly T[],
  wanted: string,
): readonly T[] {
  const text = wanted.trim().toLowerCase();
  if (text === '') return items;
  const words = text.split(/\s+/);
  const found = items.filter((item) => {
    const title = item.title.toLowerCase();
    return words.every((word) => title.includes(word));
  });
  const startsFirst = (item: T): number => (item.title.toLowerCase().startsWith(text) ? 0 : 1);
  return found.sort((a, b) => startsFirst(a) - startsFirst(b));
}
