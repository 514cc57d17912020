import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { parseExactJson } from './exact-json.ts';

function canonical(text: string): string {
  const parsed = parseExactJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return canonicalJson(parsed.value);
}

describe('one text for equal values', () => {
  it.each([
    ['{"b": 1, "a": [ true, null ]}', '{"a":[true,null],"b":1}'],
    ['{"10": 1, "9": 2, "é": 3, "z": 4}', '{"10":1,"9":2,"z":4,"é":3}'],
    ['{"seed": 18446744073709551615}', '{"seed":18446744073709551615}'],
    ['[8.0, 8, 1e2, 0.10, -0.0, 1e400]', '[8,8,100,0.1,-0,Infinity]'],
    ['"caf\\u00e9 \\/ \\n"', '"café / \\n"'],
    ['{"a": {}}', '{"a":{}}'],
  ])('%s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
    expect(canonical(canonical(text))).toBe(expected);
  });

  it('is the same in whatever order the keys stood', () => {
    expect(canonical('{"2": {"y": 1, "x": 2}, "1": 0}')).toBe(
      canonical('{"1": 0, "2": {"x": 2, "y": 1}}'),
    );
  });
});
