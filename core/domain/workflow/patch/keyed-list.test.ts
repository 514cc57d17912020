import { describe, expect, it } from 'vitest';
import { type JsonValue } from '../../../base/json.ts';
import { entityId, listOfArray, listOfObject, objectOfList } from './keyed-list.ts';

describe('entityId', () => {
  it.each<[string, JsonValue, string | undefined]>([
    ['of a node or a frame', { id: 7 }, '7'],
    ['of one whose id is a text', { id: 'a' }, 'a'],
    ['of one whose id is a large number', { id: 9007199254740993n }, '9007199254740993'],
    ['of a link that is a list', [4, 1, 0, 2, 0, 'IMAGE'], '4'],
    ['of a link that is an object', { id: 4, origin_id: 1 }, '4'],
    ['not where there is none', { title: 'Frame' }, undefined],
    ['not of an empty list', [], undefined],
    ['not where it is no number or text', { id: true }, undefined],
    ['not of a hole', null, undefined],
    ['not of a text', 'abc', undefined],
  ])('is the id %s', (_, value, expected) => {
    expect(entityId(value)).toBe(expected);
  });
});

describe('listOfArray', () => {
  it('has the members by their ids in their order', () => {
    const [first, second] = [{ id: 2 }, [1, 0]];
    expect(listOfArray([first, second])).toEqual([
      ['2', first],
      ['1', second],
    ]);
    expect(listOfArray([])).toEqual([]);
  });

  it.each<[string, JsonValue | undefined]>([
    ['nothing', undefined],
    ['an object', { id: 1 }],
    ['a member without an id', [{ id: 1 }, null]],
    ['two members with one id', [{ id: 1 }, { id: 2 }, { id: '1' }]],
  ])('is not there for %s', (_, value) => {
    expect(listOfArray(value)).toBeUndefined();
  });
});

it('an object made of its own list is the same, with keys that mean something elsewhere too', () => {
  const object = JSON.parse('{"b": 1, "__proto__": {"a": 2}, "a": 3}') as Record<string, JsonValue>;
  const again = objectOfList(listOfObject(object));
  expect(JSON.stringify(again)).toBe(JSON.stringify(object));
  expect(Object.getPrototypeOf(again)).toBe(Object.getPrototypeOf({}));
});
