import { describe, expect, it } from 'vitest';
import { apiRoot, classOf, smallCatalog } from '../../../../../tests/fixtures/small-catalog.ts';
import { type JsonObject, type JsonValue } from '../../../../base/json.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { applyOps } from '../apply-ops.ts';

const catalog = smallCatalog({
  Amount: classOf(
    { a: ['INT', {}], b: ['INT', {}], f: ['FLOAT', {}], on: ['BOOLEAN', {}] },
    { out: 'INT' },
  ),
  Text: classOf({ text: ['STRING', {}] }),
});

type Nodes = Parameters<typeof apiRoot>[0];

function run(
  nodes: Nodes,
  widget: string,
  formula: string,
  nodeId = '1',
): ReturnType<typeof applyOps> {
  const ops: Op[] = [{ op: 'set_widget', nodeId, widget, formula }];
  return applyOps({ format: 'api', root: apiRoot(nodes) }, ops, catalog);
}

function valueOf(result: ReturnType<typeof applyOps>, name: string): JsonValue | undefined {
  if (!result.ok) throw new Error(JSON.stringify(result.error.data));
  return (result.value.document.root['1'] as { readonly inputs: JsonObject }).inputs[name];
}

describe('a formula reads a value that is written', () => {
  it.each<[JsonValue, JsonValue | undefined]>([
    [12, 13],
    [12.5, 13.5],
    ['12', 13],
    ['  12 ', 13],
    ['-12', -11],
    ['+12', 13],
    ['12.', 13],
    ['.5', 1.5],
    ['.25', 1.25],
    ['12.75', 13.75],
    [' +9007199254740993 ', 9007199254740994n],
    ['9007199254740993', 9007199254740994n],
    ['-9007199254740993', -9007199254740992n],
    ['9007199254740993.5', 9007199254740996],
    [9007199254740993n, 9007199254740994n],
    ['', undefined],
    ['.', undefined],
    ['twelve', undefined],
    ['12 steps', undefined],
    ['x12', undefined],
    ['1e3', undefined],
    ['12.5.1', undefined],
    ['.x', undefined],
    [null, undefined],
    [{ a: 1 }, undefined],
    [[12], undefined],
  ])('case %#', (value, expected) => {
    // A class that nobody knows: no type and no grid changes what the formula comes to.
    const result = run({ '1': ['Unknown', { a: value, b: 0 }] }, 'b', 'a + 1');
    if (expected === undefined) {
      expect(result).toMatchObject({ ok: false, error: { code: 'op/invalid-formula' } });
    } else expect(valueOf(result, 'b')).toBe(expected);
  });

  it('switches too', () => {
    const nodes: Nodes = { '1': ['Amount', { a: 1, b: 2, f: 1, on: true }] };
    expect(valueOf(run(nodes, 'b', 'on ? 5 : 6'), 'b')).toBe(5);
    expect(valueOf(run(nodes, 'on', 'a > b'), 'on')).toBe(false);
  });
});

describe('a formula that cannot be worked out says why', () => {
  const nodes: Nodes = {
    '1': ['Amount', { a: 1, b: ['2', 0], f: Number.NaN, on: false }],
    '2': ['Amount', { a: 3, b: 4, f: 1, on: false }],
    '3': ['Text', { text: 'hello' }],
  };

  it.each<[string, string, readonly string[] | undefined]>([
    ['b + 1', 'a value: b on Amount comes from another node', undefined],
    ['#3.text + 1', 'a number: text on Text is not one', undefined],
    ['f + 1', 'a number: f on Amount is not one', undefined],
    ['#9.a + 1', 'a node that is there instead of “9”', ['"Amount"', '"Text"']],
    ['"Amount".a', 'one node; 2 are called “Amount”, so name it by its number', ['#1.a', '#2.a']],
    ['#3.a', 'a setting of Text instead of “a”', ['text']],
  ])('%s', (formula, expected, known) => {
    const result = run(nodes, 'a', formula);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'op/invalid-formula', data: { nodeId: '1', widget: 'a', formula, expected } },
    });
    const data = result.ok ? {} : (result.error.data as { readonly known?: readonly string[] });
    expect(data.known).toEqual(known);
  });

  it('and leaves it to the setting to say that it cannot be set', () => {
    expect(run(nodes, 'b', 'old + 1')).toMatchObject({ error: { code: 'op/read-only' } });
    expect(run(nodes, 'nothing', 'old + 1')).toMatchObject({
      error: { code: 'op/unknown-widget' },
    });
    expect(run(nodes, 'a', 'old + 1', '77')).toMatchObject({ error: { code: 'op/unknown-node' } });
  });
});

describe('a formula finds another node', () => {
  const titled = (id: number, type: string, a: number, title?: string): JsonObject => ({
    id,
    type,
    pos: [0, 0],
    ...(title === undefined ? {} : { title }),
    widgets_values: [a, 0, 0, false],
  });
  const root: JsonObject = {
    nodes: [
      titled(1, 'Amount', 1),
      titled(2, 'Amount', 20, 'Big'),
      titled(3, 'Amount', 300, 'big'),
      titled(4, 'Amount', 4000, 'Text'),
    ],
    links: [],
  };

  it.each<[string, number]>([
    ['"Big".a', 20],
    ['"big".a', 300],
    ['"Text".a', 4000],
    ['#4.a', 4000],
    ['"TEXT".a', 4000],
  ])('by %s: a title to the letter, then in any case, then a class', (formula, expected) => {
    const ops: Op[] = [{ op: 'set_widget', nodeId: '1', widget: 'b', formula }];
    const result = applyOps({ format: 'graph', root }, ops, catalog);
    expect(result.ok && result.value.ops[0]).toMatchObject({ value: expected });
  });

  it('by a title in another case only when it is one', () => {
    const ops: Op[] = [{ op: 'set_widget', nodeId: '1', widget: 'b', formula: '"BIG".a' }];
    expect(applyOps({ format: 'graph', root }, ops, catalog)).toMatchObject({
      error: { data: { known: ['#2.a', '#3.a'] } },
    });
  });
});

describe('a formula on a node in a subgraph', () => {
  const amount = (id: number, a: number, title: string): JsonObject => ({
    id,
    type: 'Amount',
    title,
    widgets_values: [a, 0, 0, false],
  });
  const inside = { id: 'group', nodes: [amount(7, 70, 'Plate'), amount(8, 80, 'Own')], links: [] };
  const root: JsonObject = {
    nodes: [amount(1, 1, 'Plate'), amount(2, 2, 'Far'), { id: 12, type: 'group' }],
    links: [],
    definitions: { subgraphs: [inside] },
  };
  const workOut = (formula: string): ReturnType<typeof applyOps> => {
    const op: Op = { op: 'set_widget', nodeId: '12:8', widget: 'b', formula };
    return applyOps({ format: 'graph', root }, [op], catalog);
  };

  it.each<[string, string, number]>([
    ['the node of that title beside it before one outside', '"Plate".a', 70],
    ['a node outside when none beside it has the title', '"Far".a', 2],
    ['a node outside by its number', '#1.a', 1],
    ['a node inside by its whole number', '#12:7.a', 70],
  ])('means %s', (_, formula, value) => {
    const result = workOut(formula);
    expect(result.ok && result.value.ops[0]).toMatchObject({ value });
  });

  it('names the nodes beside it when none has the title', () => {
    expect(workOut('"Nowhere".a')).toMatchObject({
      error: {
        data: {
          expected: 'a node that is there instead of “Nowhere”',
          known: ['"Plate"', '"Own"'],
        },
      },
    });
  });
});
