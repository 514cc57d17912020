import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import {
  catalogOf,
  convert,
  convertGraph,
} from '../../../../../tests/fixtures/convert-workflow.ts';
import { type GraphNode, graph } from '../../../../../tests/fixtures/graph.ts';

describe('a primitive', () => {
  const fills: JsonObject = { properties: { 'Run widget replace on values': true } };
  const primitive = (id: number, value: JsonValue, extra: JsonObject = {}): GraphNode => ({
    id,
    type: 'PrimitiveNode',
    out: ['*'],
    values: [value, 'fixed'],
    extra,
  });
  const sampler: GraphNode = {
    id: 5,
    type: 'KSampler',
    title: 'Main',
    values: [7, 'fixed', 9, 8, 'euler', 'normal', 1],
  };

  it('hands a text on as it is, and fills its tokens only where it is set to', () => {
    const text = (id: number): GraphNode => ({ id, type: 'TextBox', in: ['text:STRING:text'] });
    const catalog = catalogOf({
      TextBox: { input: { required: { text: ['STRING', {}] } } },
      KSampler: { input: { required: { seed: ['INT', { control_after_generate: true }] } } },
    });
    const { inputs } = convert(
      graph(
        [
          primitive(1, '%Main.seed%'),
          primitive(2, '%Main.seed%', fills),
          primitive(3, '%Main.seed%', { properties: { 'Run widget replace on values': 'yes' } }),
          primitive(4, 12, fills),
          sampler,
          ...[11, 12, 13, 14].map(text),
        ],
        [
          [1, 0, 11, 'text'],
          [2, 0, 12, 'text'],
          [3, 0, 13, 'text'],
          [4, 0, 14, 'text'],
        ],
      ),
      catalog,
    );
    expect(['11', '12', '13', '14'].map((id) => inputs(id)['text'])).toEqual([
      '%Main.seed%',
      '7',
      '%Main.seed%',
      12,
    ]);
  });

  it('has its text read as the setting says that it goes to, not as its neighbour does', () => {
    const catalog = catalogOf({
      Texts: {
        input: { required: { plain: ['STRING', {}], rich: ['STRING', { dynamicPrompts: true }] } },
      },
    });
    const texts: GraphNode = {
      id: 2,
      type: 'Texts',
      in: ['plain:STRING:plain', 'rich:STRING:rich'],
    };
    const { inputs } = convert(
      graph(
        [primitive(1, '{a|b}'), texts],
        [
          [1, 0, 2, 'plain'],
          [1, 0, 2, 'rich'],
        ],
      ),
      catalog,
    );
    expect(inputs('2')).toEqual({ plain: '{a|b}', rich: 'a' });
  });

  it('reaches nothing behind a reroute: the setting keeps its own value, which is said', () => {
    const { inputs, report } = convertGraph(
      [
        primitive(1, 9),
        { id: 2, type: 'Reroute', in: [':*'], out: ['*'] },
        { id: 3, type: 'EmptyLatentImage', in: ['width:INT:width'], values: [64, 32, 1] },
      ],
      [
        [1, 0, 2, ''],
        [2, 0, 3, 'width'],
      ],
    );
    expect(inputs('3')).toEqual({ width: 64, height: 32, batch_size: 1 });
    expect(report.map(({ message }) => message)).toEqual([
      '“width” is linked to a wire that leads to nothing; its own value was used.',
    ]);
  });

  it('has its text read like one that is typed where it goes', () => {
    const { inputs } = convertGraph(
      [
        primitive(1, 'a {red|blue} fox // {later}'),
        primitive(2, 'shot_%Main.seed%'),
        primitive(3, [1, 2]),
        sampler,
        { id: 11, type: 'CLIPTextEncode', in: ['text:STRING:text'], values: ['own'] },
        { id: 12, type: 'SaveImage', in: ['filename_prefix:STRING:f'], values: ['own'] },
        { id: 13, type: 'Unknown', in: ['list:STRING:list'] },
        { id: 14, type: 'SaveImage', in: ['filename_prefix:STRING:f'], values: ['own'] },
      ],
      [
        [1, 0, 11, 'text'],
        [2, 0, 12, 'filename_prefix'],
        [3, 0, 13, 'list'],
        [1, 0, 14, 'filename_prefix'],
      ],
    );
    expect(inputs('11')['text']).toBe('a red fox ');
    expect(inputs('12')['filename_prefix']).toBe('shot_7');
    expect(inputs('13')).toEqual({ list: { __value__: [1, 2] } });
    expect(inputs('14')['filename_prefix']).toBe('a {red|blue} fox // {later}');
  });
});
