import { describe, expect, it } from 'vitest';
import { apiRoot, classOf, smallCatalog } from '../../../../../tests/fixtures/small-catalog.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { applyOps } from '../apply-ops.ts';

const catalog = smallCatalog({
  Make: classOf({ size: ['INT', {}] }, { image: 'IMAGE', mask: 'MASK', size: 'INT' }),
  Twins: classOf({}, { left: 'IMAGE', right: 'IMAGE' }),
  Pass: classOf({ a: 'IMAGE', b: 'IMAGE', size: ['INT', {}] }, { image: 'IMAGE', size: 'INT' }),
});
const nodes = apiRoot({
  '1': ['Make', { size: 4 }],
  '2': ['Pass', { a: ['1', 0], size: ['1', 2] }],
  '3': ['Pass', { a: ['2', 0], b: ['2', 0], size: 1 }],
  '4': ['Pass', { a: ['3', 0], b: ['99', 0], size: ['98', 0] }],
});

function refusal(...ops: readonly Op[]): unknown {
  const result = applyOps({ format: 'api', root: nodes }, ops, catalog);
  return result.ok ? undefined : result.error;
}

function link(from: string, output: string | number, to: string, input: string): Op {
  return { op: 'connect', from: { nodeId: from, output }, to: { nodeId: to, input } };
}

describe('connect', () => {
  it('refuses types that do not fit, and names both ends', () => {
    expect(refusal(link('1', 'mask', '3', 'a'))).toEqual({
      code: 'op/type-mismatch',
      data: { from: 'MASK', to: 'IMAGE', output: 'mask of Make', input: 'a of Pass' },
    });
  });

  it.each<[Op, string]>([
    [link('77', 0, '3', 'a'), 'op/unknown-node'],
    [link('1', 0, '77', 'a'), 'op/unknown-node'],
    [link('1', 9, '3', 'a'), 'op/unknown-output'],
    [link('1', 0, '3', 'c'), 'op/unknown-input'],
  ])('refuses case %# with the end that is not there', (op, code) => {
    expect(refusal(op)).toMatchObject({ code });
  });

  it('refuses a circle over several nodes, also where two ways lead round, and names both', () => {
    expect(refusal(link('4', 'image', '2', 'b'))).toEqual({
      code: 'op/makes-cycle',
      data: { from: 'Pass', to: 'Pass' },
    });
    expect(refusal(link('3', 'image', '2', 'b'))).toMatchObject({ code: 'op/makes-cycle' });
    expect(refusal(link('2', 'size', '2', 'size'))).toMatchObject({ code: 'op/makes-cycle' });
  });

  it('ends when what comes after goes in a circle already', () => {
    const root = apiRoot({
      '1': ['Make'],
      '2': ['Pass', { a: ['3', 0] }],
      '3': ['Pass', { a: ['2', 0] }],
    });
    const result = applyOps({ format: 'api', root }, [link('1', 'image', '2', 'b')], catalog);
    expect(result.ok && result.value.document.root['2']).toMatchObject({
      inputs: { a: ['3', 0], b: ['1', 0] },
    });
  });

  it('changes nothing when the link is there, and takes the place of one from another output', () => {
    const document = { format: 'api', root: nodes } as const;
    const same = applyOps(document, [link('1', 'image', '2', 'a')], catalog);
    expect(same.ok && same.value.document).toBe(document);
    const other = applyOps(document, [link('3', 'size', '4', 'size')], catalog);
    expect(other.ok && other.value.document.root['4']).toMatchObject({
      inputs: { size: ['3', 1] },
    });
    const sibling = applyOps(
      document,
      [link('2', 'size', '3', 'size'), link('1', 2, '3', 'size')],
      catalog,
    );
    expect(sibling.ok && sibling.value.document.root['3']).toMatchObject({
      inputs: { size: ['1', 2] },
    });
  });

  it('takes the place of a link from another output of the same node', () => {
    const root = apiRoot({ '1': ['Twins'], '2': ['Pass', { a: ['1', 0] }] });
    const result = applyOps({ format: 'api', root }, [link('1', 'right', '2', 'a')], catalog);
    expect(result.ok && result.value.document.root['2']).toMatchObject({ inputs: { a: ['1', 1] } });
  });

  it('draws the same output to another input of the same node', () => {
    const result = applyOps(
      { format: 'api', root: nodes },
      [link('1', 'image', '2', 'b')],
      catalog,
    );
    expect(result.ok && result.value.document.root['2']).toMatchObject({
      inputs: { a: ['1', 0], b: ['1', 0] },
    });
  });
});

describe('disconnect', () => {
  it.each<[Op, string]>([
    [{ op: 'disconnect', nodeId: '77', input: 'a' }, 'op/unknown-node'],
    [{ op: 'disconnect', nodeId: '2', input: 'c' }, 'op/unknown-input'],
    [{ op: 'disconnect', nodeId: '2', input: 'b' }, 'op/not-linked'],
  ])('refuses case %#', (op, code) => {
    expect(refusal(op)).toMatchObject({ code });
  });

  it('names the node and the input where nothing is linked', () => {
    expect(refusal({ op: 'disconnect', nodeId: '2', input: 'b' })).toEqual({
      code: 'op/not-linked',
      data: { nodeId: '2', nodeTitle: 'Pass', input: 'b' },
    });
  });
});
