import { describe, expect, it } from 'vitest';
import { coreCatalog, textToImage } from '../../../../../tests/fixtures/edit-workflows.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { applyOps, withoutWorkedOutValues } from '../apply-ops.ts';
import { opDependencies } from '../op-dependencies.ts';
import { viewWorkflow } from '../../view/view-workflow.ts';

const catalog = coreCatalog();

function apply(...ops: readonly Op[]): ReturnType<typeof applyOps> {
  return applyOps(textToImage(), ops, catalog);
}

function formula(nodeId: string, widget: string, text: string): Op {
  return { op: 'set_widget', nodeId, widget, formula: text };
}

function valueOf(result: ReturnType<typeof applyOps>, nodeId: string, name: string): unknown {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const node = viewWorkflow(result.value.document, catalog).node(nodeId);
  return node?.widgets.find((widget) => widget.name === name)?.value;
}

describe('set_widget with a formula', () => {
  it.each([
    ['3', 'steps', 'old * 1.5', 30],
    ['5', 'width', 'height * 16/9', 912],
    ['5', 'width', '"KSampler".steps * 40', 800],
    ['5', 'width', 'ksampler.steps * 40', 800],
    ['5', 'width', '#3.steps * 40', 800],
    ['3', 'cfg', 'old / 3', 2.67],
    ['3', 'steps', 'clamp(old * 10k)', 10000],
    ['3', 'seed', '2 ** 64 - 1', 18446744073709551615n],
  ])('sets %s.%s to what %s comes to, on the grid of the setting', (id, widget, text, value) => {
    expect(valueOf(apply(formula(id, widget, text)), id, widget)).toBe(value);
  });

  it('sees what the edits before it did, and says what it came to', () => {
    const set: Op = { op: 'set_widget', nodeId: '5', widget: 'height', value: 1080 };
    const result = apply(set, formula('5', 'width', 'height * 16/9'));
    expect(valueOf(result, '5', 'width')).toBe(1920);
    expect(result.ok && result.value.ops[1]).toEqual({
      ...formula('5', 'width', 'height * 16/9'),
      value: 1920,
    });
  });

  it('keeps a value that it came to before, unless it is taken out', () => {
    const text = 'old * 2';
    const settled: Op = {
      op: 'set_widget',
      nodeId: '3',
      widget: 'steps',
      formula: text,
      value: 33,
    };
    expect(valueOf(apply(settled), '3', 'steps')).toBe(33);
    expect(valueOf(apply(...withoutWorkedOutValues([settled])), '3', 'steps')).toBe(40);
  });

  it('is worked out again only for settings with a formula', () => {
    const others: readonly Op[] = [
      { op: 'move_node', nodeId: '3', position: [1, 2] },
      { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 },
      formula('3', 'cfg', 'old / 2'),
    ];
    const settled: Op = {
      op: 'set_widget',
      nodeId: '5',
      widget: 'width',
      formula: '8 * 8',
      value: 64,
    };
    expect(withoutWorkedOutValues([...others, settled])).toStrictEqual([
      ...others,
      formula('5', 'width', '8 * 8'),
    ]);
  });

  it('does not clamp by itself', () => {
    expect(apply(formula('3', 'steps', 'old * 10k'))).toMatchObject({
      ok: false,
      error: { code: 'op/invalid-value', data: { value: 200000 } },
    });
  });

  it.each([
    ['stepz * 2', 0, ['steps']],
    ['steps * ', 8, undefined],
    ['"Save".steps', 0, ['"KSampler"']],
    ['"CLIPTextEncode".text', 0, ['#6.text', '#7.text']],
    ['"KSampler".stepz', 0, ['steps']],
    ['sampler_name + 1', 0, undefined],
  ])('says where %s goes wrong', (text, position, known) => {
    expect(apply(formula('3', 'steps', text))).toMatchObject({
      ok: false,
      error: {
        code: 'op/invalid-formula',
        data: {
          position,
          ...(known === undefined ? {} : { known: expect.arrayContaining(known) }),
        },
      },
    });
  });

  it('says that there is no such setting as for any value', () => {
    expect(apply(formula('3', 'stepz', 'old * 2'))).toMatchObject({
      error: { code: 'op/unknown-widget' },
    });
  });

  it('refuses a number where the setting takes a choice', () => {
    expect(apply(formula('3', 'sampler_name', '1 + 1'))).toMatchObject({
      error: { code: 'op/invalid-value' },
    });
  });
});

describe('an edit with a formula needs', () => {
  it('the edits of the settings that it reads', () => {
    const height: Op = { op: 'set_widget', nodeId: '5', widget: 'height', value: 1080 };
    const steps: Op = { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 };
    const ops = [height, steps, formula('5', 'width', 'height * #3.steps')];
    expect(opDependencies(ops)).toEqual([[], [], [0, 1]]);
    expect(opDependencies([height, formula('3', 'cfg', '"Latent".height')])).toEqual([[], [0]]);
    expect(opDependencies([height, formula('3', 'cfg', 'height')])).toEqual([[], []]);
  });
});
