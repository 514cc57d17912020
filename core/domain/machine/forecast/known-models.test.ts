import { describe, expect, it } from 'vitest';
import type { UsedModel } from '../read-workload.ts';
import type { SafetensorsHeader } from '../safetensors-header.ts';
import { loadedBytes, precisionOf } from './known-models.ts';

function used(part: Partial<UsedModel> = {}): UsedModel {
  return {
    folder: 'checkpoints',
    name: 'a.safetensors',
    part: 'checkpoint',
    isHalved: false,
    ...part,
  };
}

function header(part: Partial<SafetensorsHeader> = {}): SafetensorsHeader {
  return {
    fileBytes: 1_010,
    weightBytes: 1_000,
    formats: { F16: 1_000 },
    parts: { model: 700, textEncoder: 200, vae: 100 },
    isLora: false,
    metadata: {},
    ...part,
  };
}

const known = (head?: SafetensorsHeader, bytes = 1_010) =>
  new Map([
    ['checkpoints/a.safetensors', head === undefined ? { bytes } : { bytes, header: head }],
  ]);

describe('what a model takes once it is loaded', () => {
  it('is parted where the head of a checkpoint was read, and all the model where not', () => {
    expect(loadedBytes(used(), known(header()))).toEqual({
      model: 700,
      textEncoder: 200,
      vae: 100,
    });
    expect(loadedBytes(used(), known())).toEqual({ model: 1_010, textEncoder: 0, vae: 0 });
    expect(loadedBytes(used(), new Map())).toEqual({ model: 0, textEncoder: 0, vae: 0 });
  });

  it('is half of a file in 32 bits, and half again where the loader is told so', () => {
    const wide = known(header({ formats: { F32: 1_000 } }));
    expect(loadedBytes(used(), wide).model).toBe(350);
    expect(loadedBytes(used({ isHalved: true }), wide).model).toBe(175);
  });

  it('counts for the part that the file is loaded as', () => {
    expect(loadedBytes(used({ part: 'text-encoder' }), known(header())).textEncoder).toBe(1_000);
    expect(loadedBytes(used({ part: 'vae' }), known(header())).vae).toBe(1_000);
    expect(loadedBytes(used({ part: 'lora' }), known()).model).toBe(1_010);
  });
});

describe('how a model is kept', () => {
  it.each([
    ['its head', used(), header({ formats: { F8_E4M3: 900, F32: 100 } }), 'fp8'],
    ['its head', used({ name: 'x-fp8.safetensors' }), undefined, 'fp8'],
    ['its head', used(), header({ formats: { U8: 800, F8_E4M3: 100, F16: 100 } }), 'fp4'],
    ['its head', used(), header(), '16-bit'],
    ['its setting', used({ isHalved: true }), header(), 'fp8'],
    ['its name', used({ name: 'flux1-dev-Q4_K_S.gguf' }), undefined, 'gguf'],
    ['its name', used({ name: 'svdq-fp4.safetensors' }), undefined, 'fp4'],
  ])('is told by %s', (_, model, head, precision) => {
    const models = new Map([
      [`checkpoints/${model.name}`, { bytes: 1, ...(head && { header: head }) }],
    ]);
    expect(precisionOf([model], models)).toBe(precision);
  });

  it('is 16-bit where there is no model at all', () => {
    expect(precisionOf([], new Map())).toBe('16-bit');
  });
});
