import { expect, it } from 'vitest';
import { readAnswered } from './json-rpc.ts';

const line = (result: unknown, id: unknown): string =>
  JSON.stringify({ result, jsonrpc: '2.0', id });

it.each([7, 0, -1, 'abc', '', 'é 8'])('tells who an answer is for: %j', (id) => {
  expect(readAnswered(line({ content: [] }, id))).toEqual({ id });
});

it('is not misled by what an answer holds', () => {
  const inside = line({ a: 1 }, 9);
  expect(readAnswered(line({ text: inside }, 7))).toEqual({ id: 7 });
  expect(readAnswered(line(inside, 7))).toEqual({ id: 7 });
  expect(readAnswered(`{"result":${inside}}`)).toBeUndefined();
  expect(readAnswered(`{"result":{"a":1,"jsonrpc":"2.0","id":9}}`)).toBeUndefined();
  expect(readAnswered(`{"result":"x,\\"jsonrpc\\":\\"2.0\\",\\"id\\":9}"}`)).toBeUndefined();
});

it.each([
  ['a failure', '{"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"no"}}'],
  ['a request', '{"method":"ping","jsonrpc":"2.0","id":3}'],
  ['a batch', '[{"result":{},"jsonrpc":"2.0","id":3}]'],
  ['another order', '{"id":3,"jsonrpc":"2.0","result":{}}'],
  ['an id with an escape', line({}, 'a"b')],
  ['an id beyond what a number holds', '{"result":{},"jsonrpc":"2.0","id":12345678901234567890}'],
  ['no id', '{"result":{},"jsonrpc":"2.0","id":null}'],
])('leaves %s to whoever reads it whole', (_, other) => {
  expect(readAnswered(other)).toBeUndefined();
});
