import { describe, expect, it } from 'vitest';
import { parseExactJson, stringifyExactJson } from './exact-json.ts';
import { writeJson } from './json-writer.ts';
import { type JsonObject, type JsonValue, jsonEntries } from './json.ts';

function read(text: string): unknown {
  const parsed = parseExactJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

describe('parseExactJson', () => {
  it('keeps integers beyond 2^53 exact and leaves the rest numbers', () => {
    expect(read('[18446744073709551615, -9223372036854775808, 9007199254740991]')).toEqual([
      18446744073709551615n,
      -9223372036854775808n,
      9007199254740991,
    ]);
    expect(read('[1e400, 1.0, 12345678901234567890.5, 1E3]')).toEqual([
      Infinity,
      1,
      12345678901234567000,
      1000,
    ]);
  });

  it('reads what Python writes for numbers that are none', () => {
    expect(read('{"a":NaN,"b":[Infinity,-Infinity]}')).toEqual({
      a: NaN,
      b: [Infinity, -Infinity],
    });
  });

  it('leaves digits and words inside texts alone', () => {
    expect(read('["18446744073709551615", "NaN \\"Infinity\\" \\u00e9 \\\\"]')).toEqual([
      '18446744073709551615',
      'NaN "Infinity" é \\',
    ]);
  });

  it('keeps a key called __proto__ as an ordinary key, in both readers', () => {
    for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1},"n":NaN}']) {
      const value = read(text) as object;
      expect(Object.hasOwn(value, '__proto__')).toBe(true);
      expect((value as { readonly x?: number }).x).toBeUndefined();
    }
  });

  it('takes a byte order mark and white space around the document', () => {
    expect(read('\ufeff \n[1]\t\r\n')).toEqual([1]);
  });

  it.each([
    ['', 0],
    ['{', 1],
    ['{"a" 1}', 5],
    ['{"a":1,}', 7],
    ['[1 2]', 3],
    ['[1]x', 3],
    ['"open', 0],
    ['{"a":tru}', 5],
    ['"tab\tinside"', 0],
    ['[01]', 2],
  ])('refuses %j at offset %i', (text, offset) => {
    const parsed = parseExactJson(text);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.error).toMatchObject({ offset });
  });

  it('refuses nesting that would exhaust the stack, in both readers', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(parseExactJson(deep).ok).toBe(false);
    expect(parseExactJson(`[NaN,${deep}]`).ok).toBe(false);
    expect(parseExactJson(`${'['.repeat(500)}${']'.repeat(500)}`).ok).toBe(true);
  });
});

describe('parseExactJson, where the quick way would go wrong', () => {
  it.each([
    ['{"a": NaN, "a": -5e-324}', { a: -5e-324 }],
    ['{"a": 5e-324, "b": 18446744073709551615}', { a: 5e-324, b: 18446744073709551615n }],
    ['{"a": "x 18446744073709551615", "b": "[NaN]"}', { a: 'x 18446744073709551615', b: '[NaN]' }],
    ['{"a": " 18446744073709551615", "b": NaN}', { a: ' 18446744073709551615', b: Number.NaN }],
    ['[1e-320, 9007199254740993]', [1e-320, 9007199254740993n]],
    ['[-9007199254740993, -Infinity, -0]', [-9007199254740993n, -Infinity, -0]],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toStrictEqual(expected);
  });

  it.each([
    [String.raw`{"b": 1, "\u0031": 2, "0": 3}`, ['b', '1', '0']],
    ['{"10": 1, "9": 2}', ['10', '9']],
    ['{"1": {"3": 0}, "2": {"x": 0, "1": 0}}', ['1', '2']],
    ['{"a": "\\"7\\": ", "7": 1}', ['a', '7']],
  ])('keeps the order of the keys of %s', (text, keys) => {
    const value = read(text) as JsonObject;
    expect(jsonEntries(value).map(([key]) => key)).toEqual(keys);
    expect(read(stringifyExactJson(value))).toEqual(value);
  });

  it('keeps the order of keys that stand deeper', () => {
    const value = read('{"1": {"x": 0, "1": 0}}') as JsonObject;
    expect(jsonEntries(value['1'] as JsonObject).map(([key]) => key)).toEqual(['x', '1']);
  });
});

describe('stringifyExactJson', () => {
  it.each([
    ['{"a":[1,2.5,true,null,"x"],"b":{}}'],
    ['[18446744073709551615,-0,NaN,-Infinity]'],
    ['"\\u2028 \\" \\\\ é"'],
    ['[]'],
  ])('writes %s so that it is read back equal', (text) => {
    const value = read(text);
    expect(read(stringifyExactJson(value as never))).toEqual(value);
    expect(read(stringifyExactJson(value as never, 2))).toEqual(value);
  });

  it('indents as JSON.stringify does and leaves absent properties out', () => {
    const value = { a: [1, { b: [] }], c: {} };
    expect(stringifyExactJson(value, 2)).toBe(JSON.stringify(value, null, 2));
    expect(stringifyExactJson({ a: 1, b: undefined } as never)).toBe('{"a":1}');
  });

  it('keeps a large float a float when it is read back', () => {
    expect(read(stringifyExactJson(1e21))).toBe(1e21);
    expect(read(stringifyExactJson(2 ** 60))).toBe(2 ** 60);
  });
});

describe('the engine’s writer and ours', () => {
  const oneLine = { comma: ',', colon: ':' };
  const indented = { indent: '  ', comma: ',', colon: ': ' };
  const special = [
    -0,
    2 ** 60,
    18446744073709551615n,
    Number.NaN,
    -Infinity,
    1e21,
    5e-324,
    0.1 + 0.2,
  ];
  const texts = ['', 'a"\\\n\u2028', '\ud800', 'ü😀'];
  const ordered = parseExactJson('{"b": 1, "10": {"2": 2, "1": 1}, "1": 3}');

  it('write the same text, whichever of them is taken', () => {
    const values: readonly JsonValue[] = [
      ...special,
      ...texts,
      null,
      true,
      [],
      {},
      [[], {}],
      ordered.ok ? ordered.value : null,
    ];
    for (const value of values) {
      const nested = { key: [1, { 'a b': value, c: [value, 'x'] }], last: 0.5 };
      expect(stringifyExactJson(nested)).toBe(writeJson(nested, oneLine, '\n'));
      expect(stringifyExactJson(nested, 2)).toBe(writeJson(nested, indented, '\n'));
    }
    expect(stringifyExactJson({ a: undefined, b: 1 } as unknown as JsonValue)).toBe('{"b":1}');
  });
});
