import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { blank, invert, withGroup } from '../../../../../tests/fixtures/group-node.ts';

describe('the values of an old group node', () => {
  const values = (nodes: readonly JsonObject[], stored: JsonValue, more: JsonObject = {}) =>
    withGroup({ nodes, links: [], ...more }, { values: stored }).payload;

  it('are dealt in inner order, each to its own node, with the control words of seeds', () => {
    const noise = (index: number) => ({ type: 'RandomNoise', index, inputs: [], outputs: [] });
    expect(
      values([noise(0), blank(1), noise(2)], [5, 'fixed', 8, 9, 1, 0, 6, 'randomize']),
    ).toMatchObject({
      '30:0': { inputs: { noise_seed: 5 } },
      '30:1': { inputs: { width: 8, height: 9, batch_size: 1, color: 0 } },
      '30:2': { inputs: { noise_seed: 6 } },
    });
  });

  it('pass over settings that are sockets or hidden, and nodes of unknown kinds', () => {
    const socket = { name: 'width', type: 'INT', link: null, widget: { name: 'width' } };
    const config = { '1': { input: { height: { visible: false }, color: { visible: true } } } };
    const nodes = [{ type: 'Unknown', widgets_values: [1] }, blank(1, { inputs: [socket] })];
    expect(values(nodes, [7, 255], { config })['30:1']).toMatchObject({
      inputs: { width: 1, height: 1, batch_size: 7, color: 255 },
    });
  });

  it('pass over the control word with the hidden seed that it belongs to', () => {
    const noise = { type: 'RandomNoise', index: 0, inputs: [], widgets_values: [3, 'fixed'] };
    const config = { '0': { input: { noise_seed: { visible: false } } } };
    expect(values([noise, blank(1)], [8, 9, 1, 0], { config })).toMatchObject({
      '30:0': { inputs: { noise_seed: 3 } },
      '30:1': { inputs: { width: 8, height: 9 } },
    });
  });

  it('leave the button of a picture out', () => {
    const picture = { type: 'LoadImage', inputs: [], widgets_values: ['a.png', 'image'] };
    expect(values([picture, blank(1)], ['b.png', 'image', 8, 9, 1, 0])).toMatchObject({
      '30:0': { inputs: { image: 'b.png' } },
      '30:1': { inputs: { width: 8, height: 9, batch_size: 1, color: 0 } },
    });
  });

  it('hold one for an inner primitive that feeds something, with its control word', () => {
    const socket = { name: 'width', type: 'INT', link: 1, widget: { name: 'width' } };
    const primitive = {
      type: 'PrimitiveNode',
      index: 0,
      outputs: [{ name: 'INT', type: 'INT' }],
      widgets_values: [640, 'fixed'],
    };
    const nodes = [primitive, blank(1, { inputs: [socket] })];
    const wired = { links: [[0, 0, 1, 0, 1, 'INT']] };
    expect(values(nodes, [7, 'fixed', 9, 1, 0], wired)['30:1']).toMatchObject({
      inputs: { width: 7, height: 9, batch_size: 1, color: 0 },
    });
    const plain = [{ ...primitive, widgets_values: [640] }, nodes[1] ?? {}];
    expect(values(plain, [7, 9, 1, 0], wired)['30:1']).toMatchObject({
      inputs: { width: 7, height: 9, batch_size: 1, color: 0 },
    });
    expect(values(plain, null, wired)['30:1']).toMatchObject({ inputs: { width: 640 } });
    const unused = { links: [[1, 0, 2, 0, 1, 'IMAGE']] };
    expect(values([primitive, blank(1), invert(2)], [8, 9, 1, 0], unused)['30:1']).toMatchObject({
      inputs: { width: 8, height: 9, batch_size: 1, color: 0 },
    });
  });

  it('tell the control word of a seed or a primitive from a text that is stored behind it', () => {
    const saver = { type: 'SaveImage', inputs: [], widgets_values: ['own'] };
    const noise = { type: 'RandomNoise', inputs: [], widgets_values: [3, 'fixed'] };
    const name = (made: JsonObject): JsonValue | undefined => made['30:1'];
    const called = (filename_prefix: string) => ({ inputs: { filename_prefix } });
    expect(name(values([noise, saver], [5, 'fixed', 'shot']))).toMatchObject(called('shot'));
    const config = { '0': { input: { noise_seed: { visible: false } } } };
    expect(name(values([noise, saver], ['fixed'], { config }))).toMatchObject(called('fixed'));
    const second = { '1': { input: { noise_seed: { visible: false } } } };
    const behind = values([blank(0), noise, saver], [8, 9, 1, 0, 'fixed'], { config: second });
    expect(behind['30:2']).toMatchObject(called('fixed'));

    const socket = { name: 'filename_prefix', type: 'STRING', widget: { name: 'filename_prefix' } };
    const primitive = (own: JsonValue, type: JsonValue = 'STRING'): JsonObject => ({
      type: 'PrimitiveNode',
      outputs: [{ name: 'value', type }],
      widgets_values: own,
    });
    const wired = { links: [[0, 0, 2, 0, 1, 'STRING']] };
    const made = (own: JsonValue, stored: JsonValue, type?: JsonValue) =>
      values([primitive(own, type), saver, { ...saver, inputs: [socket] }], stored, wired);
    const two = (first: string, second: string) => ({
      '30:1': called(second),
      '30:2': called(first),
    });
    expect(made(['a', 'fixed'], ['b', 'fixed', 'shot'])).toMatchObject(two('b', 'shot'));
    expect(made(['a'], ['b', 'fixed'])).toMatchObject(two('b', 'fixed'));
    expect(made('a', ['b', 'fixed'])).toMatchObject(two('b', 'fixed'));
    expect(made(['a', 'fixed'], ['b', 'fixed', '', 'shot'], 'COMBO')).toMatchObject(
      two('b', 'shot'),
    );
  });
});
