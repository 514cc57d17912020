import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { viewWorkflow } from '../workflow/view/view-workflow.ts';
import { apiDocument, coreCatalog, textToImage } from '../../../tests/fakes/tool-context.ts';
import { varySeeds } from './vary-seeds.ts';

describe('varySeeds', () => {
  it('counts on from the present seed', () => {
    expect(vary(textToImage, 2)).toEqual([
      { op: 'set_widget', nodeId: '3', widget: 'seed', value: 9 },
    ]);
  });

  it('starts over after the largest seed, exactly', () => {
    expect(vary(withSeed(18446744073709551614n), 1)[0]?.value).toBe(18446744073709551615n);
    expect(vary(withSeed(18446744073709551615n), 1)[0]?.value).toBe(0);
  });

  it('moves a seed that is held by another node once, where it is held', () => {
    const root: JsonObject = {
      ...withSeed(['20', 0]),
      '11': { class_type: 'RandomNoise', inputs: { noise_seed: ['20', 0] } },
      '20': { class_type: 'PrimitiveInt', inputs: { value: 100 } },
    };
    expect(vary(root, 1)).toEqual([
      { op: 'set_widget', nodeId: '20', widget: 'value', value: 101 },
    ]);
  });

  it('finds none in a workflow without seeds', () => {
    expect(vary({ '1': { class_type: 'EmptyImage', inputs: { width: 64 } } }, 1)).toEqual([]);
  });
});

function vary(root: JsonObject, step: number) {
  return varySeeds(viewWorkflow(apiDocument(root), coreCatalog()), step);
}

function withSeed(seed: JsonObject[string]): JsonObject {
  return {
    ...textToImage,
    '3': { class_type: 'KSampler', inputs: { seed, steps: 20 } },
  };
}
