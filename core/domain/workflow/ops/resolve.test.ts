import { describe, expect, it } from 'vitest';
import { classOf, smallCatalog } from '../../../../tests/fixtures/small-catalog.ts';
import { applyOps } from './apply-ops.ts';
import { type InputSpec } from '../catalog.ts';
import { type NodeView } from '../view/view.ts';
import { resolveInput, resolveOutput, resolveValue, resolveValues } from './resolve.ts';

const catalog = smallCatalog({
  Load: classOf({ image: 'IMAGE', steps: ['INT', { min: 1, max: 9 }], mode: [['a', 'b']] }),
});
const nodeClass = catalog.get('Load')!;
const spec = (name: string): InputSpec => nodeClass.inputs.find((each) => each.name === name)!;
const node: NodeView = {
  id: '5',
  classType: 'Load',
  title: 'My loader',
  mode: 'active',
  widgets: [{ name: 'steps', value: 3, spec: spec('steps'), isLinked: false }],
  inputs: [
    { name: 'image', type: 'IMAGE' },
    { name: 'extra', type: 'MASK' },
  ],
  outputs: [
    { name: 'Image', type: 'IMAGE' },
    { name: 'image', type: 'MASK' },
    { name: 'model', type: 'MODEL' },
    { name: 'first', type: 'CLIP' },
    { name: 'second', type: 'CLIP' },
  ],
  isVirtual: false,
};

describe('resolveOutput finds', () => {
  it.each<[string, string | number, number]>([
    ['an index', 3, 3],
    ['the first index', 0, 0],
    ['a name', 'first', 3],
    ['a name to the letter before one in another case', 'image', 1],
    ['a name to the letter that comes first', 'Image', 0],
    ['a name in another case', 'FIRST', 3],
    ['a name in another case, and the first of two', 'IMAGE', 0],
    ['a type that only one output has', 'Mask', 1],
  ])('%s', (_, output, index) => {
    expect(resolveOutput(node, output)).toEqual({
      ok: true,
      value: { nodeId: '5', output: index, ...node.outputs[index] },
    });
  });

  it.each<[string, string | number]>([
    ['a type that several have', 'clip'],
    ['an index that is too high', 5],
    ['an index below the first', -1],
    ['a name that is not there', 'pictures'],
  ])('not %s, and says what there is', (_, output) => {
    expect(resolveOutput(node, output)).toEqual({
      ok: false,
      error: {
        code: 'op/unknown-output',
        data: {
          nodeId: '5',
          nodeTitle: 'My loader',
          output: String(output),
          known: ['Image', 'image', 'model', 'first', 'second'],
        },
      },
    });
  });
});

describe('resolveInput finds', () => {
  it.each<[string, NodeView, string, string, boolean]>([
    ['a socket', node, 'extra', 'MASK', false],
    ['a socket of the class', { ...node, nodeClass, inputs: [] }, 'image', 'IMAGE', false],
    [
      'what the node says before what the class says',
      { ...node, nodeClass, inputs: [{ name: 'image', type: 'LATENT' }] },
      'image',
      'LATENT',
      false,
    ],
    ['a setting of the class', { ...node, nodeClass, widgets: [] }, 'steps', 'INT', true],
    ['a setting of an unknown class, which takes anything', node, 'steps', '*', true],
    [
      'a setting that has a socket',
      { ...node, inputs: [{ name: 'steps', type: 'INT' }] },
      'steps',
      'INT',
      true,
    ],
  ])('%s', (_, view, name, type, isWidget) => {
    expect(resolveInput(view, name)).toEqual({
      ok: true,
      value: { nodeId: '5', input: name, type, isWidget },
    });
  });

  it('nothing under another name, and says what there is once', () => {
    const view = { ...node, inputs: [...node.inputs, { name: 'steps', type: 'INT' }] };
    expect(resolveInput(view, 'imaje')).toEqual({
      ok: false,
      error: {
        code: 'op/unknown-input',
        data: {
          nodeId: '5',
          nodeTitle: 'My loader',
          input: 'imaje',
          known: ['image', 'extra', 'steps'],
        },
      },
    });
  });
});

describe('resolveValue and resolveValues', () => {
  it('say which setting of which node a value is not for, and what would be right', () => {
    expect(resolveValue(node, spec('mode'), 'c')).toEqual({
      ok: false,
      error: {
        code: 'op/invalid-value',
        data: {
          nodeId: '5',
          nodeTitle: 'My loader',
          widget: 'mode',
          value: 'c',
          expected: 'one of 2 choices',
          allowed: ['a', 'b'],
        },
      },
    });
    expect(resolveValue(node, spec('steps'), 10)).toStrictEqual({
      ok: false,
      error: {
        code: 'op/invalid-value',
        data: {
          nodeId: '5',
          nodeTitle: 'My loader',
          widget: 'steps',
          value: 10,
          expected: 'a whole number from 1 to 9',
        },
      },
    });
  });

  it('read texts as what they are', () => {
    const values = resolveValues(node, nodeClass, { steps: '4', mode: 'b' });
    expect(values.ok && [...values.value]).toEqual([
      ['steps', 4],
      ['mode', 'b'],
    ]);
  });

  it('refuse a socket as a setting, with the settings that there are', () => {
    expect(resolveValues(node, nodeClass, { image: 1 })).toEqual({
      ok: false,
      error: {
        code: 'op/unknown-widget',
        data: { nodeId: '5', nodeTitle: 'My loader', widget: 'image', known: ['steps', 'mode'] },
      },
    });
  });

  it('refuse all when one is refused', () => {
    expect(resolveValues(node, nodeClass, { mode: 'b', steps: 0 })).toMatchObject({
      ok: false,
      error: { code: 'op/invalid-value' },
    });
  });
});

describe('add_node', () => {
  const empty = { format: 'graph', root: { nodes: [], links: [] } } as const;

  it('names the nearest classes when there is none of that name', () => {
    expect(applyOps(empty, [{ op: 'add_node', nodeId: '1', classType: 'Lod' }], catalog)).toEqual({
      ok: false,
      error: { code: 'op/unknown-class', data: { classType: 'Lod', near: ['Load'] } },
    });
  });

  it('keeps a title of its own, and has none without', () => {
    const titleOf = (title?: string): unknown => {
      const op = {
        op: 'add_node',
        nodeId: '1',
        classType: 'Load',
        ...(title === undefined ? {} : { title }),
      } as const;
      const result = applyOps(empty, [op], catalog);
      return (
        result.ok &&
        (result.value.document.root['nodes'] as readonly { title?: string }[])[0]?.title
      );
    };
    expect(titleOf('Plate')).toBe('Plate');
    expect(titleOf()).toBeUndefined();
  });

  it('refuses a wrong value in the name that the node is going to have', () => {
    const op = { op: 'add_node', nodeId: '1', classType: 'Load', widgets: { steps: 99 } } as const;
    expect(applyOps(empty, [op], catalog)).toMatchObject({
      error: { data: { nodeTitle: 'Load', nodeId: '1' } },
    });
    expect(applyOps(empty, [{ ...op, title: 'Plate' }], catalog)).toMatchObject({
      error: { data: { nodeTitle: 'Plate' } },
    });
  });
});
