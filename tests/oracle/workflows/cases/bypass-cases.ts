import { type DrawnNode, type Start, node, primitive, reroute } from '../parts/draw-graph.ts';
import { around, base, ending, sampling } from '../parts/parts.ts';

const OFF = { mode: 4 };
const MUTED = { mode: 2 };
const lora = (id: number, from: Readonly<Record<string, Start>>, more = {}): DrawnNode =>
  node(id, 'LoraLoader', ['a.safetensors', 1, 1], from, more);

/** Every way in which a bypassed or muted node may stand between two others. */
export const bypassCases: Readonly<Record<string, readonly DrawnNode[]>> = {
  'lora bypassed: model to model, clip to clip': [
    ...base.filter(({ id }) => id !== 2),
    lora(8, { model: [1, 0], clip: [1, 1] }, OFF),
    node(2, 'CLIPTextEncode', ['x'], { clip: [8, 1] }),
    ...ending({ model: [8, 0] }),
  ],
  'two loras bypassed in a row': [
    ...base,
    lora(8, { model: [1, 0], clip: [1, 1] }, OFF),
    lora(9, { model: [8, 0], clip: [8, 1] }, OFF),
    ...ending({ model: [9, 0] }),
  ],
  'lora bypassed without a clip wire': [
    ...base.filter(({ id }) => id !== 2),
    lora(8, { model: [1, 0] }, OFF),
    node(2, 'CLIPTextEncode', ['x'], { clip: [8, 1] }),
    ...ending({ model: [8, 0] }),
  ],
  'lora muted': [
    ...base,
    lora(8, { model: [1, 0], clip: [1, 1] }, MUTED),
    ...ending({ model: [8, 0] }),
  ],
  'decoder bypassed: nothing fits': [
    ...base,
    ...ending().map((each) => (each.id === 6 ? { ...each, ...OFF } : each)),
  ],
  'sampler bypassed: latent by type': [
    ...base,
    ...ending().map((each) => (each.id === 5 ? { ...each, ...OFF } : each)),
  ],
  'sampler muted': [
    ...base,
    ...ending().map((each) => (each.id === 5 ? { ...each, ...MUTED } : each)),
  ],
  'two pictures in, bypassed: the first': around(
    [
      node(2, 'LoadImage', ['second.png', 'image']),
      node(3, 'ImageBatch', [], { image1: [1, 0], image2: [2, 0] }, OFF),
    ],
    [3, 0],
  ),
  'two pictures in, only the second wired, bypassed': around(
    [node(3, 'ImageBatch', [], { image2: [1, 0] }, OFF)],
    [3, 0],
  ),
  'picture and mask in, picture out, bypassed': around(
    [node(3, 'JoinImageWithAlpha', [], { image: [1, 0], alpha: [1, 1] }, OFF)],
    [3, 0],
  ),
  'picture in, mask out, bypassed': [
    node(1, 'LoadImage', ['plate.png', 'image']),
    node(3, 'ImageToMask', ['red'], { image: [1, 0] }, OFF),
    node(4, 'MaskToImage', [], { mask: [3, 0] }),
    node(9, 'SaveImage', ['shot'], { images: [4, 0] }),
  ],
  'mask in, mask out, bypassed': [
    node(1, 'LoadImage', ['plate.png', 'image']),
    node(3, 'InvertMask', [], { mask: [1, 1] }, OFF),
    node(4, 'MaskToImage', [], { mask: [3, 0] }),
    node(9, 'SaveImage', ['shot'], { images: [4, 0] }),
  ],
  'control net bypassed: each side its own': [
    ...base,
    node(8, 'ControlNetLoader', ['control.safetensors']),
    node(10, 'LoadImage', ['pose.png', 'image']),
    node(
      11,
      'ControlNetApplyAdvanced',
      [1, 0, 1],
      { positive: [2, 0], negative: [3, 0], control_net: [8, 0], image: [10, 0] },
      OFF,
    ),
    ...ending({ positive: [11, 0], negative: [11, 1] }),
  ],
  'control net bypassed, negative not wired': [
    ...base,
    node(11, 'ControlNetApplyAdvanced', [1, 0, 1], { positive: [2, 0] }, OFF),
    ...ending({ positive: [11, 0], negative: [11, 1] }),
  ],
  'conditionings combined, bypassed': [
    ...base,
    node(8, 'ConditioningCombine', [], { conditioning_1: [2, 0], conditioning_2: [3, 0] }, OFF),
    ...ending({ positive: [8, 0] }),
  ],
  'wildcard consumer of a bypassed node, second output': [
    node(1, 'CheckpointLoaderSimple', ['a.safetensors']),
    lora(2, { model: [1, 0], clip: [1, 1] }, OFF),
    node(9, 'PreviewAny', [], { source: [2, 1] }),
  ],
  'wildcard consumer of a bypassed decoder': [
    ...base,
    ...ending().map((each) => (each.id === 6 ? { ...each, ...OFF } : each)),
    node(9, 'PreviewAny', [], { source: [6, 0] }),
  ],
  'wildcard consumer of a bypassed node without inputs': [
    node(1, 'LoadImage', ['plate.png', 'image'], {}, OFF),
    node(9, 'PreviewAny', [], { source: [1, 0] }),
  ],
  'bypassed for any type behind one for two types': [
    node(1, 'LoadImage', ['plate.png', 'image']),
    node(2, 'JoinImageWithAlpha', [], { image: [1, 0], alpha: [1, 1] }, OFF),
    node(3, 'OracleAny', [], { a: [2, 0], b: [2, 0] }, OFF),
    node(4, 'MaskToImage', [], { mask: [3, 0] }),
    node(9, 'SaveImage', ['shot'], { images: [4, 0] }),
  ],
  'loader bypassed': around([], [1, 0]).map((each) => (each.id === 1 ? { ...each, ...OFF } : each)),
  'loader muted, optional consumer': [
    ...base,
    node(10, 'VAELoader', ['vae.safetensors'], {}, MUTED),
    node(11, 'ControlNetApplyAdvanced', [1, 0, 1], {
      positive: [2, 0],
      negative: [3, 0],
      vae: [10, 0],
    }),
    ...ending({ positive: [11, 0], negative: [11, 1] }),
  ],
  'a number through a bypassed size reader': around(
    [
      node(2, 'GetImageSize', [], { image: [1, 0] }, OFF),
      node(3, 'ImageScale', ['nearest-exact', 640, 480, 'disabled'], {
        image: [1, 0],
        width: [2, 0],
        height: [2, 1],
      }),
    ],
    [3, 0],
  ),
  'a text through a bypassed joiner': [
    node(1, 'PrimitiveString', ['one']),
    node(2, 'PrimitiveString', ['two']),
    node(3, 'StringConcatenate', ['', '', '-'], { string_a: [1, 0], string_b: [2, 0] }, OFF),
    node(9, 'PreviewAny', [], { source: [3, 0] }),
    node(10, 'StringConcatenate', ['own', 'b', '-'], { string_a: [3, 0] }),
  ],
  'a text through a bypassed joiner, only the second wired': [
    node(2, 'PrimitiveString', ['two']),
    node(3, 'StringConcatenate', ['first', 'second', '-'], { string_b: [2, 0] }, OFF),
    node(10, 'StringConcatenate', ['own', 'b', '-'], { string_a: [3, 0] }),
    node(9, 'PreviewAny', [], { source: [10, 0] }),
  ],
  'a reroute bypassed': around([reroute(2, [1, 0], OFF)], [2, 0]),
  'a reroute muted': around([reroute(2, [1, 0], MUTED)], [2, 0]),
  'bypassed between two reroutes': around(
    [
      reroute(2, [1, 0]),
      node(3, 'ImageInvert', [], { image: [2, 0] }, OFF),
      reroute(4, [3, 0]),
      reroute(5, [4, 0]),
    ],
    [5, 0],
  ),
  'muted behind a bypassed node': around(
    [
      node(2, 'ImageInvert', [], { image: [1, 0] }, MUTED),
      node(3, 'ImageInvert', [], { image: [2, 0] }, OFF),
    ],
    [3, 0],
  ),
  'bypassed with a linked seed': [
    ...base,
    primitive(10, 'INT', 'seed', [77, 'randomize']),
    node(
      5,
      'KSampler',
      sampling(1),
      { model: [1, 0], positive: [2, 0], negative: [3, 0], latent_image: [4, 0], seed: [10, 0] },
      OFF,
    ),
    node(6, 'VAEDecode', [], { samples: [5, 0], vae: [1, 2] }),
    node(7, 'SaveImage', ['shot'], { images: [6, 0] }),
  ],
  'modes nobody uses run': around(
    [
      node(2, 'ImageInvert', [], { image: [1, 0] }, { mode: 1 }),
      node(3, 'ImageInvert', [], { image: [2, 0] }, { mode: 3 }),
    ],
    [3, 0],
  ),
  'everything muted': around([], [1, 0]).map((each) => ({ ...each, ...MUTED })),
  'union types through a bypass': [
    node(1, 'OracleMakeEither', [3]),
    node(2, 'OracleTakeEither', [], { either: [1, 0], other: [1, 1] }, OFF),
    node(3, 'OracleTakeEither', [], { either: [2, 0], other: [2, 1] }),
    node(4, 'PreviewAny', [], { source: [3, 0] }),
  ],
  'wildcard node bypassed': [
    node(1, 'LoadImage', ['plate.png', 'image']),
    node(2, 'OracleAny', [], { a: [1, 1], b: [1, 0] }, OFF),
    node(3, 'ImageInvert', [], { image: [2, 0] }),
    node(4, 'MaskToImage', [], { mask: [2, 1] }),
    node(5, 'PreviewImage', [], { images: [3, 0] }),
    node(6, 'PreviewImage', [], { images: [4, 0] }),
  ],
};
