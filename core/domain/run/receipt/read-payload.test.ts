import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { readPayloadNodes } from './payload-nodes.ts';
import { readInputNames, readModelNames, toInputFile } from './read-files.ts';
import { readSeeds } from './read-seeds.ts';

function node(classType: string, inputs: JsonObject, title = ''): JsonObject {
  return { class_type: classType, inputs, _meta: { title } };
}

describe('the seeds of a payload', () => {
  it('are exact integers, with the title of their node', () => {
    const nodes = readPayloadNodes({
      3: node('KSampler', { seed: 18446744073709551615n, steps: 20 }, 'Beauty'),
      4: node('SamplerCustom', { noise_seed: 7, seed_text: 'x', add_noise: true }),
    });
    expect(readSeeds(nodes)).toEqual([
      { nodeId: '3', nodeTitle: 'Beauty', setting: 'seed', value: 18446744073709551615n },
      { nodeId: '4', nodeTitle: 'SamplerCustom', setting: 'noise_seed', value: 7 },
    ]);
  });

  it('are followed over a wire to the node that holds the number, once', () => {
    const nodes = readPayloadNodes({
      1: node('PrimitiveInt', { value: 42 }, 'Shot seed'),
      2: node('KSampler', { seed: ['1', 0] }),
      3: node('KSampler', { seed: ['1', 0] }),
      4: node('KSampler', { seed: ['9', 0] }),
      5: node('Seed', { seed: ['6', 0] }),
      6: node('Seed', { seed: ['5', 0] }),
    });
    expect(readSeeds(nodes)).toEqual([
      { nodeId: '1', nodeTitle: 'Shot seed', setting: 'value', value: 42 },
    ]);
  });
});

describe('the files of a payload', () => {
  it('are its models with their folder, each once', () => {
    const nodes = readPayloadNodes({
      1: node('CheckpointLoaderSimple', { ckpt_name: 'a.safetensors' }, 'Base'),
      2: node('CheckpointLoaderSimple', { ckpt_name: 'a.safetensors' }, 'Again'),
      3: node('LoraLoader', { lora_name: 'None', model: ['1', 0] }),
      4: node('CLIPVisionLoader', { clip_name: 'v.safetensors' }, 'Vision'),
      5: node('Power Lora', { lora_1: { on: true, lora: 'b.safetensors', strength: 1 } }, 'Stack'),
      6: node('Power Lora', { lora_1: { on: false, lora: 'c.safetensors' } }, 'Stack'),
      7: node('SomePackLoader', { file: 'sub/d.gguf', text: 'x'.repeat(400) + '.bin' }, 'Odd'),
    });
    expect(readModelNames(nodes)).toEqual([
      { name: 'a.safetensors', folder: 'checkpoints', nodeTitles: ['Base', 'Again'] },
      { name: 'v.safetensors', folder: 'clip_vision', nodeTitles: ['Vision'] },
      { name: 'b.safetensors', folder: 'loras', nodeTitles: ['Stack'] },
      { name: 'sub/d.gguf', folder: null, nodeTitles: ['Odd'] },
    ]);
  });

  it('are the plates that it reads, not the names that it saves under', () => {
    const nodes = readPayloadNodes({
      1: node('LoadImage', { image: 'shots/plate.png [output]' }, 'Plate'),
      2: node('SaveImage', { filename_prefix: 'shot.png' }),
      3: 'not a node',
    });
    expect(readInputNames(nodes)).toEqual([
      { nodeId: '1', nodeTitle: 'Plate', filename: 'shots/plate.png [output]' },
    ]);
  });

  it.each([
    ['plate.png', { filename: 'plate.png', subfolder: '', folder: 'input' }],
    ['a\\b\\plate.png', { filename: 'plate.png', subfolder: 'a/b', folder: 'input' }],
    ['x/plate.png [temp]', { filename: 'plate.png', subfolder: 'x', folder: 'temp' }],
  ])('%s is asked for where ComfyUI keeps it', (name, place) => {
    expect(toInputFile(name)).toEqual(place);
  });
});
