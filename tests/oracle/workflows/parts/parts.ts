import type { DrawnNode, Start } from './draw-graph.ts';
import { node } from './draw-graph.ts';

/** Checkpoint, two texts and an empty picture: nodes 1 to 4. */
export const base: readonly DrawnNode[] = [
  node(1, 'CheckpointLoaderSimple', ['sd_xl_base_1.0.safetensors']),
  node(2, 'CLIPTextEncode', ['a lighthouse at dusk'], { clip: [1, 1] }),
  node(3, 'CLIPTextEncode', ['blurry'], { clip: [1, 1] }),
  node(4, 'EmptyLatentImage', [1024, 576, 1]),
];

/** What a sampler stores. */
export const sampling = (seed = 42): readonly (string | number)[] => [
  seed,
  'fixed',
  20,
  7.5,
  'euler',
  'normal',
  1,
];

/** Sampler 5, decoder 6 and saver 7 behind the base; `from` says otherwise where it differs. */
export function ending(from: Readonly<Record<string, Start>> = {}): readonly DrawnNode[] {
  return [
    node(5, 'KSampler', sampling(), {
      model: [1, 0],
      positive: [2, 0],
      negative: [3, 0],
      latent_image: [4, 0],
      ...from,
    }),
    node(6, 'VAEDecode', [], { samples: [5, 0], vae: [1, 2] }),
    node(7, 'SaveImage', ['shot'], { images: [6, 0] }),
  ];
}

/** A picture loaded and kept: nodes 1 and 9, with what stands between them. */
export function around(between: readonly DrawnNode[], last: Start): readonly DrawnNode[] {
  return [
    node(1, 'LoadImage', ['plate.png', 'image']),
    ...between,
    node(9, 'SaveImage', ['shot'], { images: last }),
  ];
}
