import { describe, expect, it } from 'vitest';
import { coreCatalog } from '../../../tests/fakes/tool-context.ts';
import { findPacks, knownPacks, packNamed } from './known-packs.ts';

describe('findPacks', () => {
  it.each([
    ['FaceDetailer', 'Impact Pack'],
    ['UltralyticsDetectorProvider', 'Impact Subpack'],
    ['Power Lora Loader (rgthree)', 'rgthree'],
    ['ImageResizeKJv2', 'KJNodes'],
    ['ImageResize+', 'Essentials'],
    ['VHS_VideoCombine', 'Video Helper Suite'],
    ['IPAdapterAdvanced', 'IPAdapter plus'],
    ['DepthAnythingPreprocessor', 'ControlNet aux'],
    ['ShowText|pysssss', 'Custom Scripts'],
    ['UnetLoaderGGUF', 'GGUF'],
    ['KSampler (Efficient)', 'Efficiency Nodes'],
    ['LayerUtility: ImageScaleByAspectRatio V2', 'LayerStyle'],
    ['KSamplerPipe //Inspire', 'Inspire Pack'],
    ['WanVideoSampler', 'Wan Video Wrapper'],
  ])('%s comes with %s', (classType, pack) => {
    expect(findPacks(classType)[0]?.name).toBe(pack);
  });

  it('knows no pack for a name that nobody known publishes, nor for ComfyUI’s own', () => {
    expect(findPacks('MyStudioGrade')).toEqual([]);
    const claimed = coreCatalog().classTypes.filter((name) => findPacks(name).length > 0);
    expect(claimed).toEqual([]);
  });

  it('finds a pack by the names that workflows write', () => {
    expect(packNamed('kijai/ComfyUI-KJNodes')?.id).toBe('comfyui-kjnodes');
    expect(packNamed('ComfyUI-Impact-Pack')?.name).toBe('Impact Pack');
    expect(packNamed('comfyui-nobody')).toBeUndefined();
  });

  it('has a place for every pack', () => {
    for (const { pack, classes } of knownPacks) {
      expect(pack.repository, pack.name).toMatch(/^github\.com\/[\w.-]+\/[\w.-]+$/);
      expect(classes.length).toBeGreaterThan(0);
    }
    expect(knownPacks.length).toBeGreaterThanOrEqual(45);
  });
});
