import { describe, expect, it } from 'vitest';
import { apiRoot, classOf, smallCatalog } from '../../../../../tests/fixtures/small-catalog.ts';
import { type JsonObject, type JsonValue } from '../../../../base/json.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { applyOps } from '../apply-ops.ts';

const catalog = smallCatalog({
  Source: classOf({}, { image: 'IMAGE', mask: 'MASK', other: 'IMAGE', latent: 'LATENT' }),
  Swap: classOf({ mask: 'MASK', image: 'IMAGE' }, { image: 'IMAGE', mask: 'MASK' }),
  Loose: classOf({ any: '*', mask: 'MASK' }, { any: '*' }),
  Encode: classOf({ pixels: 'IMAGE' }, { latent: 'LATENT' }),
  Show: classOf({ picture: 'IMAGE' }),
  ShowMask: classOf({ picture: 'MASK' }),
  Wired: classOf({ image: 'IMAGE', amount: 'AMOUNT' }),
  Inspect: classOf({ picture: '*' }),
  Both: classOf({ image: 'IMAGE' }, { alpha: 'MASK', latent: 'LATENT' }),
  Sharpen: classOf(
    {
      image: 'IMAGE',
      amount: ['FLOAT', { min: 0, max: 1 }],
      mode: [['fast', 'slow']],
      seed: ['INT', {}],
    },
    { picture: 'IMAGE' },
  ),
  Soften: classOf(
    {
      image: 'IMAGE',
      amount: ['FLOAT', { min: 0, max: 10 }],
      mode: [['slow', 'best']],
      noise_seed: ['INT', {}],
    },
    { mask: 'MASK', soft: 'IMAGE', picture: 'IMAGE' },
  ),
  Split: classOf({ image: 'IMAGE' }, { alpha: 'MASK', colour: 'IMAGE' }),
  Twins: classOf({ image: 'IMAGE' }, { left: 'IMAGE', right: 'IMAGE' }),
});

type Nodes = Parameters<typeof apiRoot>[0];

function applied(root: JsonObject, ...ops: readonly Op[]): JsonObject {
  const result = applyOps({ format: 'api', root }, ops, catalog);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.document.root;
}

function edited(nodes: Nodes, ...ops: readonly Op[]): JsonObject {
  return applied(apiRoot(nodes), ...ops);
}

function inputsOf(root: JsonObject, id: string): JsonObject {
  return (root[id] as { readonly inputs: JsonObject }).inputs;
}

describe('replace_node', () => {
  const sharpen = (inputs: JsonObject): readonly [string, JsonObject] => [
    'Sharpen',
    { image: ['1', 0], amount: 0.5, mode: 'slow', seed: 7, ...inputs },
  ];
  const replaced = (
    node: readonly [string, JsonObject],
    classType: string,
    widgets?: JsonObject,
    shown: readonly JsonValue[] = ['5', 0],
  ): JsonObject =>
    edited(
      { '1': ['Source'], '5': node, '9': ['Show', { picture: shown }] },
      { op: 'replace_node', nodeId: '5', classType, ...(widgets === undefined ? {} : { widgets }) },
    );

  it('keeps the values that the new class takes, the seed under its other name too', () => {
    expect(inputsOf(replaced(sharpen({}), 'Soften'), '5')).toEqual({
      image: ['1', 0],
      amount: 0.5,
      mode: 'slow',
      noise_seed: 7,
    });
  });

  it('drops a value that the new class would refuse, for its default', () => {
    expect(inputsOf(replaced(sharpen({ mode: 'fast' }), 'Soften'), '5')).toMatchObject({
      mode: 'slow',
    });
    const back = replaced(
      ['Soften', { image: ['1', 0], amount: 9, mode: 'best', noise_seed: 3 }],
      'Sharpen',
      undefined,
      ['5', 2],
    );
    expect(inputsOf(back, '5')).toMatchObject({ mode: 'fast', seed: 3 });
    expect(inputsOf(back, '5')['amount']).not.toBe(9);
  });

  it('takes the values that are given before those that it keeps', () => {
    expect(
      inputsOf(replaced(sharpen({}), 'Soften', { amount: 2, mode: 'best' }), '5'),
    ).toMatchObject({
      amount: 2,
      mode: 'best',
      noise_seed: 7,
    });
  });

  it.each<[string, string, JsonValue | undefined]>([
    ['the output of the same name', 'Soften', ['5', 2]],
    ['the only output that fits', 'Split', ['5', 1]],
    ['the first output of the same type when none has the name', 'Twins', ['5', 0]],
    ['no output when none fits', 'Encode', undefined],
    ['no output of a class without any', 'Show', undefined],
  ])('links what it fed to %s', (_, classType, expected) => {
    expect(inputsOf(replaced(sharpen({}), classType), '9')['picture']).toEqual(expected);
  });

  it('links an output that is anything by being the only one', () => {
    const root = replaced(sharpen({}), 'Loose');
    expect(inputsOf(root, '9')).toEqual({ picture: ['5', 0] });
    expect(inputsOf(root, '5')).toEqual({});
  });

  it('drops a link whose type the new input does not take, and one that comes from nowhere', () => {
    const masked: readonly [string, JsonObject] = ['Swap', { mask: ['1', 1], image: ['77', 0] }];
    const root = edited(
      { '1': ['Source'], '5': masked },
      {
        op: 'replace_node',
        nodeId: '5',
        classType: 'Loose',
      },
    );
    expect(inputsOf(root, '5')).toEqual({ mask: ['1', 1] });
    const wrong: readonly [string, JsonObject] = ['Show', { image: ['1', 0] }];
    expect(
      inputsOf(
        edited(
          { '1': ['Source'], '5': wrong },
          {
            op: 'replace_node',
            nodeId: '5',
            classType: 'Encode',
          },
        ),
        '5',
      ),
    ).toEqual({});
  });

  const replace = (nodes: Nodes, classType: string, more: JsonObject = {}): JsonObject =>
    applied({ ...apiRoot(nodes), ...more }, { op: 'replace_node', nodeId: '5', classType });

  it.each<[string, readonly JsonValue[], string, JsonObject]>([
    ['drops a link that comes from nowhere', ['77', 0], 'Show', {}],
    ['drops a link whose type the input of that name no longer takes', ['1', 0], 'ShowMask', {}],
    ['keeps a link from a node that nobody knows', ['2', 0], 'ShowMask', { picture: ['2', 0] }],
    [
      'keeps a link from an output that the class no longer has',
      ['1', 9],
      'ShowMask',
      { picture: ['1', 9] },
    ],
  ])('%s', (_, picture, classType, inputs) => {
    const others: Nodes = { '1': ['Source'], '2': ['Nobody'] };
    expect(replace({ ...others, '5': ['Show', { picture }] }, classType)).toEqual(
      apiRoot({ ...others, '5': [classType, inputs] }),
    );
  });

  it('makes no link of a setting whose name is an input of the new class', () => {
    expect(replace({ '1': ['Source'], '5': sharpen({}) }, 'Wired')).toEqual(
      apiRoot({ '1': ['Source'], '5': ['Wired', { image: ['1', 0] }] }),
    );
  });

  it('links what a node that nobody knew fed to the only output that fits', () => {
    const shown: Nodes = { '9': ['Show', { picture: ['5', 3] }] };
    expect(replace({ '5': ['Nobody'], ...shown }, 'Split')).toEqual(
      apiRoot({ '5': ['Split'], '9': ['Show', { picture: ['5', 1] }] }),
    );
    expect(replace({ '5': ['Nobody'], ...shown }, 'Twins')).toEqual(
      apiRoot({ '5': ['Twins'], '9': ['Show'] }),
    );
  });

  it('does not choose between outputs that only fit because the input takes anything', () => {
    expect(
      replace({ '5': ['Sharpen'], '9': ['Inspect', { picture: ['5', 0] }] }, 'Both')['9'],
    ).toEqual({ class_type: 'Inspect', inputs: {} });
  });

  it('leaves what is no node without the link, and links the others', () => {
    const nodes: Nodes = { '5': ['Twins'], '9': ['Show', { picture: ['5', 0] }] };
    expect(replace(nodes, 'Twins', { note: { inputs: { picture: ['5', 0] } } })).toEqual({
      ...apiRoot(nodes),
      note: { inputs: {} },
    });
  });

  it.each<[Op, string]>([
    [{ op: 'replace_node', nodeId: '6', classType: 'Soften' }, 'op/unknown-node'],
    [{ op: 'replace_node', nodeId: '5', classType: 'Sofden' }, 'op/unknown-class'],
    [
      { op: 'replace_node', nodeId: '5', classType: 'Soften', widgets: { amount: 11 } },
      'op/invalid-value',
    ],
    [
      { op: 'replace_node', nodeId: '5', classType: 'Soften', widgets: { amont: 1 } },
      'op/unknown-widget',
    ],
  ])('refuses case %#: %o', (op, code) => {
    const root = apiRoot({ '1': ['Source'], '5': sharpen({}) });
    expect(applyOps({ format: 'api', root }, [op], catalog)).toMatchObject({
      ok: false,
      error: { code },
    });
  });
});
