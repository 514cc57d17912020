import { describe, expect, it } from 'vitest';
import { apiRoot, classOf, smallCatalog } from '../../../../tests/fixtures/small-catalog.ts';
import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { type Op } from '../../../contract/workflow.schema.ts';
import { applyOps } from '../apply-ops.ts';

const catalog = smallCatalog({
  Source: classOf({}, { image: 'IMAGE', mask: 'MASK', other: 'IMAGE', latent: 'LATENT' }),
  Swap: classOf({ mask: 'MASK', image: 'IMAGE' }, { image: 'IMAGE', mask: 'MASK' }),
  Blend: classOf(
    { amount: ['FLOAT', {}], a: 'IMAGE', b: 'IMAGE' },
    { out: 'IMAGE', again: 'IMAGE' },
  ),
  Loose: classOf({ any: '*', mask: 'MASK' }, { any: '*' }),
  Encode: classOf({ pixels: 'IMAGE' }, { latent: 'LATENT' }),
  Show: classOf({ picture: 'IMAGE' }),
  ShowMask: classOf({ mask: 'MASK' }),
  ShowLatent: classOf({ samples: 'LATENT' }),
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

function edited(nodes: Nodes, ...ops: readonly Op[]): JsonObject {
  const result = applyOps({ format: 'api', root: apiRoot(nodes) }, ops, catalog);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.document.root;
}

function inputsOf(root: JsonObject, id: string): JsonObject {
  return (root[id] as { readonly inputs: JsonObject }).inputs;
}

/** What feeds `9.input` after node 5, which stands before it, was deleted and what it joined is joined. */
function joined(nodes: Nodes, input: string): JsonValue | undefined {
  const root = edited(nodes, { op: 'delete_node', nodeId: '5', reconnect: true });
  expect(root['5']).toBeUndefined();
  return inputsOf(root, '9')[input];
}

describe('delete_node with reconnect joins', () => {
  const source = { '1': ['Source'] } as const;

  it('the input at the index of the output when the types fit', () => {
    const blend = ['Blend', { a: ['1', 0], b: ['1', 2], amount: 0.5 }] as const;
    expect(
      joined({ ...source, '5': blend, '9': ['Show', { picture: ['5', 0] }] }, 'picture'),
    ).toEqual(['1', 0]);
    expect(
      joined({ ...source, '5': blend, '9': ['Show', { picture: ['5', 1] }] }, 'picture'),
    ).toEqual(['1', 2]);
  });

  it('the input of the type that is wanted when the one at the index does not fit', () => {
    const swap = ['Swap', { mask: ['1', 1], image: ['1', 0] }] as const;
    expect(
      joined({ ...source, '5': swap, '9': ['Show', { picture: ['5', 0] }] }, 'picture'),
    ).toEqual(['1', 0]);
    expect(joined({ ...source, '5': swap, '9': ['ShowMask', { mask: ['5', 1] }] }, 'mask')).toEqual(
      ['1', 1],
    );
  });

  it('the first input that fits when none has the very type', () => {
    const loose = ['Loose', { any: ['1', 0], mask: ['1', 1] }] as const;
    expect(
      joined({ ...source, '5': loose, '9': ['Show', { picture: ['5', 0] }] }, 'picture'),
    ).toEqual(['1', 0]);
    // Index 0 fits a mask too, being anything: the index comes before the name of the type.
    expect(
      joined({ ...source, '5': loose, '9': ['ShowMask', { mask: ['5', 0] }] }, 'mask'),
    ).toEqual(['1', 0]);
  });

  it('nothing when no input fits', () => {
    const encode = ['Encode', { pixels: ['1', 0] }] as const;
    expect(
      joined({ ...source, '5': encode, '9': ['ShowLatent', { samples: ['5', 0] }] }, 'samples'),
    ).toBeUndefined();
  });

  it('nothing when the input that fits is not linked', () => {
    const swap = ['Swap', { mask: ['1', 1] }] as const;
    expect(
      joined({ ...source, '5': swap, '9': ['Show', { picture: ['5', 0] }] }, 'picture'),
    ).toBeUndefined();
  });

  it('nothing to a node of an unknown class', () => {
    const swap = ['Swap', { mask: ['1', 1], image: ['1', 0] }] as const;
    const root = edited(
      {
        ...source,
        '5': swap,
        '8': ['Nobody', { x: ['5', 0] }],
        '9': ['Show', { picture: ['5', 0] }],
      },
      { op: 'delete_node', nodeId: '5', reconnect: true },
    );
    expect(inputsOf(root, '9')).toEqual({ picture: ['1', 0] });
  });

  it('nothing without being asked to', () => {
    const swap = ['Swap', { mask: ['1', 1], image: ['1', 0] }] as const;
    const root = edited(
      { ...source, '5': swap, '9': ['Show', { picture: ['5', 0] }] },
      { op: 'delete_node', nodeId: '5' },
    );
    expect(inputsOf(root, '9')).toEqual({});
  });
});

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
