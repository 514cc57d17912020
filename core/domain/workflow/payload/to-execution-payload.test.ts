import { describe, expect, it } from 'vitest';
import {
  catalogOf,
  convert,
  convertGraph,
  loadImage,
  saveImage,
} from '../../../../tests/fixtures/convert-workflow.ts';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { graph } from '../../../../tests/fixtures/graph.ts';
import { workflowFromJson } from '../parse-workflow.ts';
import { toExecutionPayload } from './to-execution-payload.ts';

describe('toExecutionPayload', () => {
  it('names each node by its id, with its class, its inputs and its title', () => {
    const { payload, report } = convertGraph(
      [
        { ...loadImage(1), title: 'The plate' },
        { ...saveImage(2), title: '' },
      ],
      [[1, 0, 2, 'images']],
    );
    expect(payload).toEqual({
      '1': {
        inputs: { image: 'a.png' },
        class_type: 'LoadImage',
        _meta: { title: 'The plate' },
      },
      '2': {
        inputs: { filename_prefix: 'x', images: ['1', 0] },
        class_type: 'SaveImage',
        _meta: { title: 'Save Image' },
      },
    });
    expect(report).toEqual([]);
  });

  it('calls a node that has neither a title nor a known class what its type is', () => {
    const { payload } = convertGraph([{ id: 1, type: 'From a pack', extra: { title: 7 } }]);
    expect(payload).toEqual({
      '1': { inputs: {}, class_type: 'From a pack', _meta: { title: 'From a pack' } },
    });
  });

  it('keeps the page’s order of running; what has none comes last, as it stands in the file', () => {
    const at = (id: string, order?: number) => ({
      ...saveImage(id),
      extra: { order: order ?? null },
    });
    const { payload } = convertGraph([
      at('later', 7),
      at('unordered'),
      at('first', -1),
      at('unordered too'),
      at('second', 0),
    ]);
    expect(Object.keys(payload)).toEqual([
      'first',
      'second',
      'later',
      'unordered',
      'unordered too',
    ]);
  });

  it('leaves out what has no id or no type, and sends the last of two nodes with one id', () => {
    const { payload, report } = convert({
      nodes: [
        null,
        { type: 'SaveImage', widgets_values: ['no id'] },
        { id: 4, widgets_values: ['no type'] },
        { id: 5, type: 'SaveImage', widgets_values: ['first'] },
        { id: '5', type: 'SaveImage', widgets_values: ['last'] },
      ],
      links: [],
    });
    expect(payload).toEqual({
      '5': {
        inputs: { filename_prefix: 'last' },
        class_type: 'SaveImage',
        _meta: { title: 'Save Image' },
      },
    });
    expect(report).toEqual([]);
  });

  it.each([
    'Note',
    'MarkdownNote',
    'PrimitiveNode',
    'Reroute',
    'Reroute (rgthree)',
    'GetNode',
    'SetNode',
    'easy getNode',
    'easy setNode',
    'Label (rgthree)',
    'Bookmark (rgthree)',
  ])('says nothing of a %s, of which nothing is lost', (type) => {
    const { payload, report } = convertGraph([saveImage(1), { id: 2, type }]);
    expect(Object.keys(payload)).toEqual(['1']);
    expect(report).toEqual([]);
  });

  it('leaves out what works only on the page, and says so', () => {
    const { payload, report } = convertGraph([
      saveImage(1),
      { id: 2, type: 'Fast Muter (rgthree)', title: 'Off switch' },
      { id: 3, type: 'Fast Bypasser (rgthree)', mode: 2 },
    ]);
    expect(Object.keys(payload)).toEqual(['1']);
    expect(report).toEqual([
      {
        nodeId: '2',
        nodeTitle: 'Off switch',
        kind: 'left-out',
        message: 'This node works only inside ComfyUI’s own page and was left out.',
      },
    ]);
  });

  it('sends a class of the server’s even where it is called like a node of the page', () => {
    const catalog = catalogOf({ Note: { input: { required: { text: ['STRING', {}] } } } });
    const { payload } = convert(graph([{ id: 1, type: 'Note', values: ['kept'] }]), catalog);
    expect(payload['1']).toMatchObject({ class_type: 'Note', inputs: { text: 'kept' } });
  });

  it('passes a node of an unknown kind on as it is, and says so', () => {
    const { report } = convertGraph([{ id: 1, type: 'From a pack' }]);
    expect(report).toEqual([
      {
        nodeId: '1',
        nodeTitle: 'From a pack',
        kind: 'guessed',
        message: 'ComfyUI has no node of the kind “From a pack”, so it was passed on as it is.',
      },
    ]);
  });

  it.each([
    ['holds only notes', [{ id: 1, type: 'Note', values: ['hello'] }]],
    [
      'is muted or bypassed',
      [
        { ...saveImage(1), mode: 2 },
        { ...saveImage(2), mode: 4 },
      ],
    ],
    ['is empty', []],
  ])('refuses a workflow that %s, with a sentence', (_, nodes) => {
    const document = workflowFromJson(graph(nodes));
    const made = document.ok ? toExecutionPayload(document.value, coreCatalog()) : document;
    expect(made.ok ? undefined : made.error).toMatchObject({
      code: 'workflow/not-convertible',
      data: {
        problems: [
          {
            type: 'prompt_no_outputs',
            severity: 'error',
            message:
              'No node in this workflow would run: it holds only notes, or everything in it is muted or bypassed.',
          },
        ],
      },
    });
  });

  it('gives an API-format workflow back as it is', () => {
    const root = { '3': { class_type: 'SaveImage', inputs: {}, is_changed: [1] } };
    const { payload, report } = convert(root);
    expect(payload).toBe(root);
    expect(report).toEqual([]);
  });
});
