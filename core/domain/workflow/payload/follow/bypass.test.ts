import { describe, expect, it } from 'vitest';
import {
  catalogOf,
  convert,
  convertGraph,
  loadImage,
  saveImage,
} from '../../../../../tests/fixtures/convert-workflow.ts';
import { type GraphNode, type GraphWire, graph } from '../../../../../tests/fixtures/graph.ts';

describe('a bypassed node', () => {
  it('passes MODEL to MODEL and CLIP to CLIP through a bypassed LoRA', () => {
    const { inputs, payload } = convertGraph(
      [
        { id: 1, type: 'CheckpointLoaderSimple', out: ['MODEL', 'CLIP', 'VAE'], values: ['a'] },
        {
          id: 2,
          type: 'LoraLoader',
          mode: 4,
          in: ['model:MODEL', 'clip:CLIP'],
          out: ['MODEL', 'CLIP'],
          values: ['l', 1, 1],
        },
        { id: 3, type: 'CLIPTextEncode', in: ['clip:CLIP'], values: ['t'] },
        { id: 4, type: 'KSampler', in: ['model:MODEL'] },
      ],
      [
        [1, 0, 2, 'model'],
        [1, 1, 2, 'clip'],
        [2, 1, 3, 'clip'],
        [2, 0, 4, 'model'],
      ],
    );
    expect(payload['2']).toBeUndefined();
    expect(inputs('3')['clip']).toEqual(['1', 1]);
    expect(inputs('4')['model']).toEqual(['1', 0]);
  });

  it('finds a bypassed node’s input by exact type when the same position does not fit', () => {
    const { inputs } = convertGraph(
      [
        loadImage(1),
        {
          id: 2,
          type: 'Mixer',
          mode: 4,
          in: ['image:IMAGE', 'mask:MASK'],
          out: ['MASK'],
        },
        { id: 3, type: 'InvertMask', in: ['mask:MASK'], out: ['MASK'] },
      ],
      [
        [1, 0, 2, 'image'],
        [1, 1, 2, 'mask'],
        [2, 0, 3, 'mask'],
      ],
    );
    expect(inputs('3')['mask']).toEqual(['1', 1]);
  });

  it('drops an input behind a bypassed node that has nothing that fits, and says so', () => {
    const { inputs, report } = convertGraph(
      [
        { id: 1, type: 'EmptyLatentImage', out: ['LATENT'], values: [8, 8, 1] },
        { id: 2, type: 'VAEDecode', mode: 4, in: ['samples:LATENT', 'vae:VAE'], out: ['IMAGE'] },
        saveImage(3),
      ],
      [
        [1, 0, 2, 'samples'],
        [2, 0, 3, 'images'],
      ],
    );
    expect(inputs('3')).toEqual({ filename_prefix: 'x' });
    expect(report).toMatchObject([{ nodeId: '3', input: 'images', kind: 'left-out' }]);
  });

  it('keeps a setting’s own value where a bypassed node has nothing to pass on', () => {
    const { inputs } = convertGraph(
      [
        { id: 1, type: 'GetImageSize', in: ['image:IMAGE'], out: ['INT', 'INT', 'INT'], mode: 4 },
        { id: 2, type: 'EmptyLatentImage', in: ['width:INT:width'], values: [64, 64, 1] },
      ],
      [[1, 0, 2, 'width']],
    );
    expect(inputs('2')).toEqual({ width: 64, height: 64, batch_size: 1 });
  });
});

/** What a save node gets of the pictures 1 and 2 through a bypassed node between them. */
function through(node: Partial<GraphNode>, wires: readonly GraphWire[], wanted = 'IMAGE') {
  const bypassed = { id: 5, type: 'Made up', mode: 4, ...node };
  const taker: GraphNode = { id: 9, type: 'Taker', in: [`images:${wanted}`] };
  const nodes = [loadImage(1), loadImage(2), bypassed, taker];
  const { inputs, report } = convertGraph(nodes, [...wires, [5, 0, 9, 'images']]);
  const notes = report.filter(({ input }) => input === 'images');
  return { images: inputs('9')['images'], notes };
}

const BOTH = ['a', 'b'];
const wired = (names: readonly string[]): readonly GraphWire[] =>
  names.map((name, index): GraphWire => [index + 1, 0, 5, name]);

describe('which input a bypassed node passes on', () => {
  it.each([
    ['the one at its place, where both types fit', ['a:IMAGE', 'b:IMAGE'], 'IMAGE', 'IMAGE', '1'],
    ['the first of exactly the wanted type else', ['a:MASK', 'b:IMAGE'], 'IMAGE', 'IMAGE', '2'],
    ['exactly that type, whatever comes out', ['a:MASK', 'b:IMAGE'], 'MASK', 'IMAGE', '2'],
    ['one of a list with that type in it', ['a:MASK', 'b:LATENT,IMAGE'], 'IMAGE', 'IMAGE', '2'],
    ['one for any type', ['a:MASK', 'b:*'], 'IMAGE', 'IMAGE', '2'],
    ['the one at its place, where anything is wanted', ['a:MASK', 'b:IMAGE'], 'IMAGE', '*', '1'],
    ['one that fits what comes out of any kind', ['a:MASK', 'b:image'], '*', 'IMAGE', '2'],
    ['the one at its place, whatever the case', ['a:Image', 'b:IMAGE'], 'IMAGE', 'IMAGE', '1'],
    ['one of a list that may be anything', ['a:MASK', 'b:LATENT,*'], 'IMAGE', 'IMAGE', '2'],
    ['one that fits a wanted list', ['a:LATENT', 'b:MASK'], 'IMAGE,MASK', 'IMAGE,MASK', '2'],
  ])('is %s', (_, sockets, comesOut, wanted, from) => {
    const { images, notes } = through({ in: sockets, out: [comesOut] }, wired(BOTH), wanted);
    expect(images).toEqual([from, 0]);
    expect(notes).toEqual([]);
  });

  it.each([
    ['no input fits what is wanted', ['a:MASK', 'b:LATENT'], 'IMAGE', 'IMAGE'],
    ['no input fits what comes out', ['a:LATENT,IMAGE', 'b:MASK'], 'MASK', 'LATENT'],
    ['names only begin alike', ['a:IMAGES', 'b:MASK'], 'IMAGE', 'IMAGE'],
  ])('is none where %s, which is said', (_, sockets, comesOut, wanted) => {
    const { images, notes } = through({ in: sockets, out: [comesOut] }, wired(BOTH), wanted);
    expect(images).toBeUndefined();
    expect(notes).toMatchObject([
      {
        kind: 'left-out',
        message:
          '“images” is linked to a bypassed node that has nothing suitable to pass on; it was left out.',
      },
    ]);
  });

  it('is none where it has no inputs, or the one that it would be is not wired', () => {
    expect(through({ out: ['IMAGE'] }, [], '*').notes).toMatchObject([
      { message: expect.stringContaining('nothing suitable') },
    ]);
    expect(through({ in: ['a:IMAGE'], out: ['IMAGE'] }, []).notes).toMatchObject([
      { message: '“images” is linked to a wire that leads to nothing; it was left out.' },
    ]);
  });

  it('is the first for an output beyond its inputs, where anything is wanted', () => {
    const nodes: readonly GraphNode[] = [
      loadImage(1),
      { id: 5, type: 'Made up', mode: 4, in: ['a:IMAGE', 'b:MASK'], out: ['X', 'Y', 'Z'] },
      { id: 9, type: 'Taker', in: ['any:*', 'last:*'] },
    ];
    const { inputs } = convertGraph(nodes, [
      [1, 0, 5, 'a'],
      [1, 1, 5, 'b'],
      [5, 2, 9, 'any'],
      [5, 1, 9, 'last'],
    ]);
    expect(inputs('9')).toEqual({ any: ['1', 0], last: ['1', 1] });
  });

  it('goes by the class’s type of what comes out, and by the file’s where no class is known', () => {
    const catalog = catalogOf({
      Known: { input: { required: { a: ['MASK'], b: ['LATENT,IMAGE'] } }, output: ['IMAGE'] },
    });
    const known: GraphNode = { id: 5, type: 'Known', mode: 4, in: ['a:MASK', 'b:LATENT,IMAGE'] };
    const taker: GraphNode = { id: 9, type: 'Taker', in: ['images:IMAGE'] };
    const wires: readonly GraphWire[] = [...wired(BOTH), [5, 0, 9, 'images']];
    const nodes = [loadImage(1), loadImage(2), known, taker];
    expect(convert(graph(nodes, wires), catalog).inputs('9')['images']).toEqual(['2', 0]);
  });

  it('asks on for the type of that input, not for what was wanted first', () => {
    // The second is asked for anything, and hands on what is at its place.
    const nodes: readonly GraphNode[] = [
      loadImage(1),
      { id: 4, type: 'Inner', mode: 4, in: ['mask:MASK', 'image:IMAGE'], out: ['IMAGE'] },
      { id: 5, type: 'Outer', mode: 4, in: ['any:*'], out: ['*'] },
      { id: 9, type: 'Taker', in: ['images:IMAGE'] },
    ];
    const { inputs } = convertGraph(nodes, [
      [1, 1, 4, 'mask'],
      [1, 0, 4, 'image'],
      [4, 0, 5, 'any'],
      [5, 0, 9, 'images'],
    ]);
    expect(inputs('9')['images']).toEqual(['1', 1]);
  });

  it('keeps to what was wanted through reroutes, names and the inside of a subgraph', () => {
    const bypassed: GraphNode = {
      id: 4,
      type: 'Inner',
      mode: 4,
      in: ['mask:MASK', 'image:IMAGE'],
      out: ['*'],
    };
    const { inputs } = convertGraph(
      [
        loadImage(1),
        bypassed,
        { id: 5, type: 'Reroute', in: [':*'], out: ['*'] },
        { id: 6, type: 'SetNode', in: ['any:*'], out: ['*'], values: ['bus'] },
        { id: 7, type: 'GetNode', out: ['*'], values: ['bus'] },
        { id: 9, type: 'Taker', in: ['images:IMAGE'] },
      ],
      [
        [1, 1, 4, 'mask'],
        [1, 0, 4, 'image'],
        [4, 0, 5, ''],
        [5, 0, 6, 'any'],
        [7, 0, 9, 'images'],
      ],
    );
    expect(inputs('9')['images']).toEqual(['1', 0]);
  });
});
