import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../base/exact-json.ts';
import { type JsonValue } from '../../../base/json.ts';
import { spliceJson } from './splice-json.ts';

function read(text: string): JsonValue {
  const parsed = parseExactJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function splice(text: string, next: JsonValue): string {
  return spliceJson(text, read(text), next);
}

describe('spliceJson', () => {
  it.each([
    '\ufeff { "a" : 1.0 ,\t"b":[1e5,-0, -0.0,18446744073709551616],"c":NaN }\r\n',
    '{"10":{"x":1},"9":{"x":2},"b":3,"2":4}',
    '{"a":1,"a":2}',
    '[]',
    '  "\\u00e9\\/"  ',
  ])('gives %s back when nothing changed', (text) => {
    expect(splice(text, read(text))).toBe(text);
  });

  it('changes one number and keeps how the others are spelled', () => {
    expect(splice('{"v":[1.0, 20,1e5 ,"a"]}', { v: [1, 30, 100000, 'a'] })).toBe(
      '{"v":[1.0, 30,1e5 ,"a"]}',
    );
  });

  it('keeps the place of keys that are numbers, also when one is taken away or added', () => {
    const text = '{"10": {"x": 1.0}, "9": {"x": 2}, "3": {}}';
    expect(splice(text, { '3': {}, '9': { x: 5 }, '10': { x: 1 } })).toBe(
      '{"10": {"x": 1.0}, "9": {"x": 5}, "3": {}}',
    );
    expect(splice(text, { '3': {}, '10': { x: 1 } })).toBe('{"10": {"x": 1.0}, "3": {}}');
    expect(splice(text, { '3': {}, '9': { x: 2 }, '10': { x: 1 }, '11': { y: [1, 2] } })).toBe(
      '{"10": {"x": 1.0}, "9": {"x": 2}, "3": {}, "11": {"y": [1, 2]}}',
    );
  });

  it('finds nodes by their id when others come and go', () => {
    const text = '{\n\t"nodes": [\n\t\t{"id": 1, "f": 1.0},\n\t\t{"id": 2, "f": 2.0}\n\t]\n}\n';
    expect(splice(text, { nodes: [{ id: 2, f: 2 }] })).toBe(
      '{\n\t"nodes": [\n\t\t{"id": 2, "f": 2.0}\n\t]\n}\n',
    );
    expect(
      splice(text, {
        nodes: [
          { id: 1, f: 1 },
          { id: 2, f: 2 },
          { id: 3, f: [] },
        ],
      }),
    ).toBe(
      '{\n\t"nodes": [\n\t\t{"id": 1, "f": 1.0},\n\t\t{"id": 2, "f": 2.0},\n\t\t{\n\t\t\t"id": 3,\n\t\t\t"f": []\n\t\t}\n\t]\n}\n',
    );
  });

  it('finds items without ids from both ends', () => {
    expect(splice('[1.0,2.0,3.0]', [1, 7, 8, 3])).toBe('[1.0,7,8,3.0]');
    expect(splice('[1.0, 2.0, 3.0]', [1, 3])).toBe('[1.0, 3.0]');
  });

  it('writes what is new in the style of the file', () => {
    expect(splice('{"a": 1, "b": []}', { a: 1, b: [1, { c: 2 }] })).toBe(
      '{"a": 1, "b": [1, {"c": 2}]}',
    );
    expect(splice('{\r\n    "a": []\r\n}', { a: [{ c: 2 }], d: 1 })).toBe(
      '{\r\n    "a": [\r\n        {\r\n            "c": 2\r\n        }\r\n    ],\r\n    "d": 1\r\n}',
    );
  });

  it('keeps a key that stands twice until it is changed itself', () => {
    expect(splice('{"a":1.0,"b":1.0,"a":2.0}', { a: 2, b: 5 })).toContain('"a":1.0,"a":2.0');
    expect(read(splice('{"a":1,"b":1,"a":2}', { a: 3, b: 1 }))).toEqual({ a: 3, b: 1 });
  });

  it('empties and fills objects and lists', () => {
    expect(splice('{"a":[1],"b":{"c":1}}', { a: [], b: {} })).toBe('{"a":[],"b":{}}');
    expect(splice('{"a":[],"b":{}}', { a: [1], b: { c: 1 } })).toBe('{"a":[1],"b":{"c":1}}');
  });
});
