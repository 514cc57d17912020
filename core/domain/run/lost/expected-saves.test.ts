import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { coreCatalog } from '../../../../tests/fakes/tool-context.ts';
import { expectedSaves } from './expected-saves.ts';

const picture: JsonObject = {
  class_type: 'EmptyImage',
  inputs: { width: 64, height: 32, batch_size: 3, color: 0 },
};

function saving(prefix: string, more: JsonObject = {}): JsonObject {
  const inputs = { images: ['1', 0], filename_prefix: prefix };
  return { '1': picture, '2': { class_type: 'SaveImage', inputs }, ...more };
}

describe('expectedSaves', () => {
  it('names the pictures as ComfyUI counts them', () => {
    const { saves, isEverything } = expectedSaves(saving('shots/sh010/beauty'), coreCatalog());
    expect(isEverything).toBe(true);
    expect(saves).toMatchObject([{ nodeId: '2', subfolder: 'shots/sh010', count: 3 }]);
    expect(saves[0]?.fileName?.(7)).toBe('beauty_00007_.png');
    expect(saves[0]?.pattern.exec('beauty_00012_.png')?.[1]).toBe('00012');
    expect(saves[0]?.pattern.test('beauty_2_00012_.png')).toBe(false);
  });

  it('fills in the size of the picture', () => {
    const { saves } = expectedSaves(saving('plate_%width%x%height%'), coreCatalog());
    expect(saves[0]?.fileName?.(1)).toBe('plate_64x32_00001_.png');
  });

  it('only recognises a name that the clock has a part in', () => {
    const { saves } = expectedSaves(saving('plate_%hour%'), coreCatalog());
    expect(saves[0]?.fileName).toBeUndefined();
    expect(saves[0]?.pattern.test('plate_09_00001_.png')).toBe(true);
    expect(expectedSaves(saving('%day%/plate'), coreCatalog()).saves).toEqual([]);
  });

  it('is not everything where another node makes results too, or nobody knows how many', () => {
    const preview = { '3': { class_type: 'PreviewImage', inputs: { images: ['1', 0] } } };
    expect(expectedSaves(saving('a', preview), coreCatalog()).isEverything).toBe(false);
    const unknown = { '1': { class_type: 'SomebodysFootage', inputs: {} } };
    expect(expectedSaves(saving('a', unknown), coreCatalog()).isEverything).toBe(false);
  });

  it('leaves out what would be saved outside the output folder, which ComfyUI refuses', () => {
    expect(expectedSaves(saving('../outside'), coreCatalog())).toEqual({
      saves: [],
      isEverything: false,
    });
  });
});
