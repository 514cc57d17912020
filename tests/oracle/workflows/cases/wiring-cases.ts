import { type DrawnNode, node, primitive, reroute } from '../parts/draw-graph.ts';
import { around, base, ending, sampling } from '../parts/parts.ts';

/** Reroutes, primitives, converted settings, what is stored and how. */
export const wiringCases: Readonly<Record<string, readonly DrawnNode[]>> = {
  'a chain of reroutes': around(
    [reroute(2, [1, 0]), reroute(3, [2, 0]), reroute(4, [3, 0])],
    [4, 0],
  ),
  'a reroute to nowhere': around([reroute(2)], [2, 0]),
  'a reroute with many targets': around(
    [
      reroute(2, [1, 0]),
      node(3, 'ImageInvert', [], { image: [2, 0] }),
      node(4, 'PreviewImage', [], { images: [3, 0] }),
    ],
    [2, 0],
  ),
  'a mask through a reroute': [
    node(1, 'LoadImage', ['plate.png', 'image']),
    reroute(2, [1, 1]),
    node(3, 'MaskToImage', [], { mask: [2, 0] }),
    node(9, 'SaveImage', ['shot'], { images: [3, 0] }),
  ],
  'a number through a reroute into a setting': [
    ...base,
    node(10, 'PrimitiveInt', [33, 'fixed']),
    reroute(11, [10, 0]),
    ...ending({ steps: [11, 0] }),
  ],
  'primitive on a seed': [
    ...base,
    primitive(10, 'INT', 'seed', [987654321, 'randomize']),
    ...ending({ seed: [10, 0] }),
  ],
  'primitive on two samplers': [
    ...base,
    primitive(10, 'COMBO', 'sampler_name', ['dpmpp_2m', 'fixed', '']),
    ...ending({ sampler_name: [10, 0] }),
    node(8, 'KSampler', sampling(2), {
      model: [1, 0],
      positive: [2, 0],
      negative: [3, 0],
      latent_image: [5, 0],
      sampler_name: [10, 0],
    }),
    node(9, 'VAEDecode', [], { samples: [8, 0], vae: [1, 2] }),
    node(11, 'SaveImage', ['b'], { images: [9, 0] }),
  ],
  'primitive on a text with choices': [
    ...base.filter(({ id }) => id !== 2),
    primitive(10, 'STRING', 'text', ['a {red|blue} car // note']),
    node(2, 'CLIPTextEncode', ['own'], { clip: [1, 1], text: [10, 0] }),
    ...ending(),
  ],
  'primitive without a value': [
    ...base,
    primitive(10, 'INT', 'steps', []),
    ...ending({ steps: [10, 0] }),
  ],
  'primitive muted': [
    ...base,
    primitive(10, 'INT', 'steps', [9, 'fixed'], { mode: 2 }),
    ...ending({ steps: [10, 0] }),
  ],
  'primitive bypassed': [
    ...base,
    primitive(10, 'INT', 'steps', [9, 'fixed'], { mode: 4 }),
    ...ending({ steps: [10, 0] }),
  ],
  'a muted number node on a setting': [
    ...base,
    node(10, 'PrimitiveInt', [12, 'fixed'], {}, { mode: 2 }),
    ...ending({ steps: [10, 0] }),
  ],
  'a muted number node behind a reroute': [
    ...base,
    node(10, 'PrimitiveInt', [12, 'fixed'], {}, { mode: 2 }),
    reroute(11, [10, 0]),
    ...ending({ steps: [11, 0] }),
  ],
  'a muted text behind a bypassed joiner': [
    node(1, 'PrimitiveString', ['x'], {}, { mode: 2 }),
    node(3, 'StringConcatenate', ['A', 'B', '-'], { string_a: [1, 0] }, { mode: 4 }),
    node(10, 'StringConcatenate', ['own', 'b', '-'], { string_a: [3, 0] }),
    node(9, 'PreviewAny', [], { source: [10, 0] }),
  ],
  'a bypassed size reader without a picture on a setting': [
    ...base,
    node(10, 'GetImageSize', [], {}, { mode: 4 }),
    ...ending({ steps: [10, 0] }),
  ],
  'an empty reroute on a setting': [...base, reroute(11), ...ending({ steps: [11, 0] })],
  'primitive through a reroute': [
    ...base,
    primitive(10, 'INT', 'steps', [9, 'fixed']),
    reroute(11, [10, 0]),
    ...ending({ steps: [11, 0] }),
  ],
  'primitive on a setting and on a reroute': [
    ...base,
    primitive(10, 'INT', 'steps', [9, 'fixed']),
    ...ending({ steps: [10, 0] }),
    reroute(11, [10, 0]),
    node(12, 'ImageScale', ['nearest-exact', 64, 64, 'disabled'], {
      image: [6, 0],
      width: [11, 0],
    }),
    node(13, 'PreviewImage', [], { images: [12, 0] }),
  ],
  'primitive on a float': [
    ...base,
    primitive(10, 'FLOAT', 'cfg', [3.5, 'fixed']),
    ...ending({ cfg: [10, 0] }),
  ],
  'primitive on a file name with tokens': around(
    [primitive(8, 'STRING', 'filename_prefix', ['%date:yyyy-MM-dd%/x'])],
    [1, 0],
  ).map((each) =>
    each.id === 9 ? { ...each, from: { ...each.from, filename_prefix: [8, 0] as const } } : each,
  ),
  'number nodes on settings': [
    ...base,
    node(10, 'PrimitiveInt', [12, 'increment']),
    node(11, 'PrimitiveFloat', [4.5]),
    ...ending({ steps: [10, 0], cfg: [11, 0], seed: [10, 0] }),
  ],
  'seed with a boolean control': [
    ...base,
    ...ending().map((each) =>
      each.id === 5 ? { ...each, values: [5, false, 20, 7, 'euler', 'normal', 1] } : each,
    ),
  ],
  'seed with control increment': [
    ...base,
    ...ending().map((each) =>
      each.id === 5 ? { ...each, values: [5, 'increment', 20, 7, 'euler', 'normal', 1] } : each,
    ),
  ],
  'sampler with too few values': [
    ...base,
    ...ending().map((each) => (each.id === 5 ? { ...each, values: [5, 'fixed', 11] } : each)),
  ],
  'sampler with too many values': [
    ...base,
    ...ending().map((each) =>
      each.id === 5
        ? { ...each, values: [5, 'fixed', 11, 2, 'euler', 'normal', 1, 'more', 3] }
        : each,
    ),
  ],
  'sampler without values': [
    ...base,
    ...ending().map((each) => (each.id === 5 ? { ...each, values: [] } : each)),
  ],
  'sampler with its values in a dictionary': [
    ...base,
    ...ending().map((each) =>
      each.id === 5
        ? {
            ...each,
            values: {
              seed: 9,
              steps: 8,
              cfg: 7,
              sampler_name: 'euler',
              scheduler: 'normal',
              denoise: 0.5,
            },
          }
        : each,
    ),
  ],
  'sampler with nothing stored': [
    ...base,
    ...ending().map((each) => (each.id === 5 ? { ...each, values: undefined as never } : each)),
  ],
  'sampler names of another time': [
    ...base,
    ...ending().map((each) =>
      each.id === 5 ? { ...each, values: [5, 'fixed', 11, 2, 'sample_euler', 'no such', 1] } : each,
    ),
  ],
  'text with choices and comments': [
    ...base.filter(({ id }) => id !== 2),
    node(
      2,
      'CLIPTextEncode',
      ['a {red|blue {dark|light}} \\{car\\} // note\nnext /* gone */ end'],
      { clip: [1, 1] },
    ),
    ...ending(),
  ],
  'text with braces that do not close': [
    ...base.filter(({ id }) => id !== 2),
    node(2, 'CLIPTextEncode', ['a {red|blue and | more } } {'], { clip: [1, 1] }),
    ...ending(),
  ],
  'file name with tokens': [
    ...base,
    ...ending().map((each) =>
      each.id === 7
        ? {
            ...each,
            values: ['%date:yyyy-MM-dd_hhmmss%/%KSampler.seed%_%KSampler.cfg%_%Nobody.x%_%width%'],
          }
        : each,
    ),
  ],
  'file name with points in its dates': [
    ...base,
    ...ending().map((each) =>
      each.id === 7
        ? { ...each, values: ['%date:yyyy.MM%_%date:yyyy.MM.dd%_%date:hhmm%_%a.b.c%'] }
        : each,
    ),
  ],
  'file name with a titled node': [
    ...base,
    ...ending().map((each) =>
      each.id === 5
        ? { ...each, title: 'Main pass', rest: { properties: {} } }
        : each.id === 7
          ? { ...each, values: ['%Main pass.sampler_name%/%Main pass.nothing%'] }
          : each,
    ),
  ],
  titles: [...base, ...ending().map((each) => ({ ...each, title: `Step ${String(each.id)} “x”` }))],
  'notes beside the work': [
    ...around([], [1, 0]),
    node(20, 'Note', ['remember']),
    node(21, 'MarkdownNote', ['# remember']),
  ],
  'nodes that nothing reaches': [
    ...base,
    ...ending(),
    node(20, 'UpscaleModelLoader', ['x.pth']),
    node(21, 'ImageInvert'),
  ],
  'audio nodes': [
    node(1, 'LoadAudio', ['voice.wav', null, '']),
    node(2, 'SaveAudio', ['audio/x', ''], { audio: [1, 0] }),
    node(3, 'SaveAudioMP3', ['audio/y', '', 'V0'], { audio: [1, 0] }),
    node(4, 'PreviewAudio', [''], { audio: [1, 0] }),
  ],
  'mp3 without a place for its player': [
    node(1, 'LoadAudio', ['voice.wav', null, null]),
    node(3, 'SaveAudioMP3', ['audio/y', '128k'], { audio: [1, 0] }),
  ],
  'mask loader with a channel': [
    node(1, 'LoadImageMask', ['plate.png', 'red', 'image']),
    node(2, 'MaskToImage', [], { mask: [1, 0] }),
    node(3, 'PreviewImage', [], { images: [2, 0] }),
  ],
  'setting with a list and an object': [
    node(1, 'OracleValues', [[0.1, 0.2], 'x', { deep: [1, 2] }]),
    node(2, 'PreviewAny', [], { source: [1, 0] }),
  ],
  'inputs that must be wired store nothing': [
    node(1, 'PrimitiveInt', [5, 'fixed']),
    node(2, 'OracleForced', [8, 'end'], { forced: [1, 0] }),
    node(3, 'PreviewAny', [], { source: [2, 0] }),
  ],
  'inputs that must be wired with a value of old': [
    node(1, 'PrimitiveInt', [5, 'fixed']),
    node(2, 'OracleForced', [1, 8, 'end'], { forced: [1, 0] }),
    node(3, 'PreviewAny', [], { source: [2, 0] }),
  ],
  'a combo with a control': [
    node(1, 'OracleComboControl', ['b', 'randomize', '', 4]),
    node(2, 'PreviewAny', [], { source: [1, 0] }),
  ],
};
