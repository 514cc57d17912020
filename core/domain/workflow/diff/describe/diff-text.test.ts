import { describe, expect, it } from 'vitest';
import { diffText } from './diff-text.ts';

/** "removed > added" of each change. */
function told(before: string, after: string): readonly string[] {
  return diffText(before, after).map(({ removed, added }) => `${removed} > ${added}`);
}

describe('diffText', () => {
  it.each<[name: string, before: string, after: string, changes: readonly string[]]>([
    ['nothing between equal texts', 'a red fox', 'a red fox', []],
    ['nothing of spaces', ' a  red\nfox', 'a red fox ', []],
    ['a word that is another', 'a red fox', 'a blue fox', ['red > blue']],
    ['words before the first', 'fox', 'a red fox', [' > a red']],
    ['words behind the last', 'a fox', 'a fox, golden hour', [' > golden hour']],
    ['words that went', 'a small, red fox', 'a fox', ['small, red > ']],
    ['a text that is new', '', 'a fox', [' > a fox']],
    ['a text that is gone', 'a fox', '', ['a fox > ']],
    ['a word that is there once more', 'red red', 'red red red', [' > red']],
    ['a word that is there once less', 'red red red', 'red red', ['red > ']],
    ['several, in reading order', 'a one b two c', 'x one b y c z', ['a > x', 'two > y', ' > z']],
    ['a sign alone', 'a fox', 'a fox!', [' > !']],
    ['signs around a word one by one', '(red:1.2)', '(red:1.3)', ['2 > 3']],
    ['words with their marks as one', "the fox's den", 'the fox’s den', ["fox's > fox’s"]],
    ['words of any script', 'ein Fuß', 'ein Füßchen', ['Fuß > Füßchen']],
    ['words with numbers and lines as one', 'take_2 on', 'take_3 on', ['take_2 > take_3']],
    ['commas and stops only where nothing else is', 'a fox', 'a fox, ...', [' > , ...']],
    ['what is inside a change as it stands', 'x', 'red,  blue; x', [' > red,  blue']],
    ['a word that moved to the end', 'a b c', 'b c a', ['a > ', ' > a']],
    ['a word that moved to the front', 'b c a', 'a b c', [' > a', 'a > ']],
    ['two words that changed places as one that moved', 'x y', 'y x', ['x > ', ' > x']],
    ['no signs at the end of a change', 'x', 'x red ,.', [' > red']],
    ['the most that can stay', 'x a b c y', 'a q b x c', ['x > ', ' > q', ' > x', 'y > ']],
  ])('tells %s', (_, before, after, changes) => {
    expect(told(before, after)).toEqual(changes);
  });

  it('leaves out a difference that is only of commas around the same words', () => {
    expect(told('a, fox', 'a. fox')).toEqual([', > .']);
    expect(told('red', 'red,')).toEqual([' > ,']);
  });

  it('tells word by word up to 500 words in the middle, and a longer middle as one change', () => {
    const words = (count: number, kind: string): string =>
      Array.from({ length: count }, (_, at) =>
        at % 2 === 0 || at === count - 1 ? `${kind}${String(at)}` : 'same',
      ).join(' ');
    const changes = (count: number) =>
      diffText(`first ${words(count, 'a')} last`, `first ${words(count, 'b')} last`);
    expect(changes(500)).toHaveLength(250);
    expect(changes(501)).toEqual([{ removed: words(501, 'a'), added: words(501, 'b') }]);
  });
});
