import { describe, expect, it } from 'vitest';
import { apiRoot, classOf, smallCatalog } from '../../../../../tests/fixtures/small-catalog.ts';
import {
  coreCatalog,
  textToImage,
  withSubgraph,
} from '../../../../../tests/fixtures/edit-workflows.ts';
import { type JsonValue } from '../../../../base/json.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { applyOps } from '../apply-ops.ts';

const catalog = smallCatalog({
  Make: classOf({ size: ['INT', {}] }, { image: 'IMAGE', mask: 'MASK', size: 'INT' }),
  Pass: classOf({ a: 'IMAGE', b: 'IMAGE', size: ['INT', {}] }, { image: 'IMAGE', size: 'INT' }),
  Bare: classOf({ image: 'IMAGE' }),
  Grow: classOf(
    {},
    {},
    {
      input: {
        required: { size: ['INT', {}] },
        optional: { extra: ['INT', { max: 99, step: 8 }] },
      },
      input_order: { required: ['size'], optional: ['extra'] },
    },
  ),
});
const nodes = apiRoot({
  '1': ['Make', { size: 4 }],
  '2': ['Pass', { a: ['1', 0], size: ['1', 2] }],
  '4': ['Pass', { size: ['98', 0] }],
  '5': ['Nobody', {}],
  '6': ['Nobody', { amount: 3 }],
  '7': ['Bare', {}],
  '8': ['Grow', { size: 4 }],
});

function refusal(...ops: readonly Op[]): unknown {
  const result = applyOps({ format: 'api', root: nodes }, ops, catalog);
  return result.ok ? undefined : result.error;
}

const set = (nodeId: string, widget: string, value: JsonValue): Op => ({
  op: 'set_widget',
  nodeId,
  widget,
  value,
});

describe('set_widget refuses', () => {
  it('a setting that a link feeds, and names what feeds it', () => {
    expect(refusal(set('2', 'size', 3))).toEqual({
      code: 'op/read-only',
      data: {
        nodeId: '2',
        reason: 'size on Pass comes from Make; change it there, or disconnect it first',
      },
    });
    expect(refusal(set('4', 'size', 3))).toMatchObject({
      data: {
        reason: 'size on Pass comes from another node; change it there, or disconnect it first',
      },
    });
  });

  it('a setting of a node that nobody knows and whose file names none', () => {
    expect(refusal(set('5', 'amount', 3))).toEqual({
      code: 'op/read-only',
      data: {
        nodeId: '5',
        reason:
          'ComfyUI does not have the node Nobody here, and the file does not name its settings',
      },
    });
  });

  it('a name that is not there, with those that are', () => {
    expect(refusal(set('1', 'sice', 3))).toEqual({
      code: 'op/unknown-widget',
      data: { nodeId: '1', nodeTitle: 'Make', widget: 'sice', known: ['size'] },
    });
  });

  it('a name that is not there, where the class or the file has others or none', () => {
    const unknown = (nodeId: string, nodeTitle: string, known: readonly string[]): unknown => ({
      code: 'op/unknown-widget',
      data: { nodeId, nodeTitle, widget: 'sice', known },
    });
    expect(refusal(set('6', 'sice', 3))).toEqual(unknown('6', 'Nobody', ['amount']));
    expect(refusal(set('7', 'sice', 3))).toEqual(unknown('7', 'Bare', []));
  });

  it('an input that is no setting', () => {
    expect(refusal(set('7', 'image', 3))).toMatchObject({ code: 'op/unknown-widget' });
  });

  it('an edit that says neither a value nor a formula, like a wrong value', () => {
    expect(refusal({ op: 'set_widget', nodeId: '1', widget: 'size' })).toEqual({
      code: 'op/invalid-value',
      data: {
        nodeId: '1',
        nodeTitle: 'Make',
        widget: 'size',
        value: null,
        expected: 'a whole number',
      },
    });
  });

  it('the answer of a comparison where a number belongs', () => {
    const op: Op = { op: 'set_widget', nodeId: '1', widget: 'size', formula: 'size > 2' };
    expect(refusal(op)).toMatchObject({ code: 'op/invalid-value', data: { value: true } });
  });

  it('the control of a seed on a node that ComfyUI does not have', () => {
    const root = {
      nodes: [
        {
          id: 1,
          type: 'Nobody',
          inputs: [{ name: 'seed', type: 'INT', widget: { name: 'seed' }, link: null }],
          widgets_values: [3],
        },
      ],
      links: [],
    };
    const op = set('1', 'control_after_generate', 'fixed');
    expect(applyOps({ format: 'graph', root }, [op], catalog)).toMatchObject({
      error: { code: 'op/unknown-widget', data: { known: ['seed'] } },
    });
  });

  it('the control of a seed where there is none, and in a format that has none', () => {
    expect(refusal(set('1', 'control_after_generate', 'fixed'))).toMatchObject({
      code: 'op/unknown-widget',
      data: { widget: 'control_after_generate' },
    });
    const sampler = apiRoot({ '1': ['KSampler', { seed: 1 }] });
    const op = set('1', 'control_after_generate', 'fixed');
    expect(applyOps({ format: 'api', root: sampler }, [op], coreCatalog())).toMatchObject({
      error: { code: 'op/unknown-widget' },
    });
    const latent = set('5', 'control_after_generate', 'fixed');
    expect(applyOps(textToImage(), [latent], coreCatalog())).toMatchObject({
      error: { code: 'op/unknown-widget' },
    });
  });

  it.each<[JsonValue]>([['sometimes'], [''], [1], [null], [['fixed']]])(
    'a control of a seed that is not one of four: %j',
    (value) => {
      const op = set('3', 'control_after_generate', value);
      expect(applyOps(textToImage(), [op], coreCatalog())).toEqual({
        ok: false,
        error: {
          code: 'op/invalid-value',
          data: {
            nodeId: '3',
            nodeTitle: 'KSampler',
            widget: 'control_after_generate',
            value,
            expected: 'one of 4 choices',
            allowed: ['fixed', 'increment', 'decrement', 'randomize'],
          },
        },
      });
    },
  );
});

describe('set_widget takes', () => {
  it.each(['fixed', 'increment', 'decrement', 'randomize'])('the control %s', (value) => {
    const result = applyOps(
      textToImage(),
      [set('3', 'control_after_generate', value)],
      coreCatalog(),
    );
    const root = result.ok ? result.value.document.root : {};
    const sampler = (root['nodes'] as readonly { id: number; widgets_values: JsonValue[] }[]).find(
      ({ id }) => id === 3,
    );
    expect(sampler?.widgets_values[1]).toBe(value);
  });

  it('a setting that the file does not have yet but the class does', () => {
    const root = apiRoot({ '1': ['Make', {}] });
    const result = applyOps({ format: 'api', root }, [set('1', 'size', '12')], catalog);
    expect(result.ok && result.value.document.root).toEqual(
      apiRoot({ '1': ['Make', { size: 12 }] }),
    );
  });
});

describe('a setting that the class has and the file does not', () => {
  const grown = (op: Op): JsonValue | undefined => {
    const result = applyOps({ format: 'api', root: nodes }, [op], catalog);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value.document.root['8'];
  };

  it('takes what the class takes', () => {
    expect(grown(set('8', 'extra', '12'))).toEqual({
      class_type: 'Grow',
      inputs: { size: 4, extra: 12 },
    });
    expect(refusal(set('8', 'extra', 100))).toMatchObject({
      code: 'op/invalid-value',
      data: { expected: 'a whole number, at most 99' },
    });
  });

  it('takes what a formula comes to on its grid, but has no old value', () => {
    const extra = (formula: string): Op => ({
      op: 'set_widget',
      nodeId: '8',
      widget: 'extra',
      formula,
    });
    expect(grown(extra('size * 5'))).toMatchObject({ inputs: { extra: 24 } });
    expect(refusal(extra('old + 8'))).toEqual({
      code: 'op/invalid-formula',
      data: {
        nodeId: '8',
        nodeTitle: 'Grow',
        widget: 'extra',
        formula: 'old + 8',
        position: 0,
        expected: 'a setting that is there: extra is not',
      },
    });
  });
});

it('a formula on a setting that a subgraph shows goes by the limits of the setting inside', () => {
  const op: Op = { op: 'set_widget', nodeId: '12', widget: 'blur_radius', formula: 'old * 1.2' };
  const result = applyOps(withSubgraph(), [op], coreCatalog());
  expect(result.ok && result.value.ops[0]).toMatchObject({ value: 8 });
});
