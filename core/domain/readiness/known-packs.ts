/** A published node pack. */
export interface KnownPack {
  readonly name: string;
  /** Name in the Comfy registry, by which ComfyUI's Manager installs it; absent where it is not known for sure. */
  readonly id?: string;
  /** Where its code is published, without `https://`. */
  readonly repository: string;
}

/**
 * Well-known packs: name | registry id | repository | node classes. `*` stands for anything; "-" is not known. Class
 * names and places are those that the packs publish; a class that several packs have stands under the one that it came from.
 */
const rows = `
Impact Pack | comfyui-impact-pack | github.com/ltdrdata/ComfyUI-Impact-Pack | FaceDetailer*, DetailerForEach*, SAMLoader, SAMDetector*, BboxDetector*, SegmDetector*, SEGS*, *SEGS, Impact*, ToDetailerPipe*, FromDetailerPipe*, ToBasicPipe, FromBasicPipe*, EditBasicPipe, IterativeLatentUpscale, PixelKSampleUpscalerProvider*, LatentPixelScale, MaskToSEGS*, ONNXDetectorProvider, CLIPSegDetectorProvider, MaskDetailerPipe, SubtractMask, BitwiseAndMask*, ReencodeLatent*, KSamplerProvider, TiledKSamplerProvider
Impact Subpack | comfyui-impact-subpack | github.com/ltdrdata/ComfyUI-Impact-Subpack | UltralyticsDetectorProvider
Inspire Pack | comfyui-inspire-pack | github.com/ltdrdata/ComfyUI-Inspire-Pack | *//Inspire
rgthree | rgthree-comfy | github.com/rgthree/rgthree-comfy | *(rgthree)
KJNodes | comfyui-kjnodes | github.com/kijai/ComfyUI-KJNodes | *KJ, *KJv2, GetNode, SetNode, GetImageSizeAndCount, GetImagesFromBatchIndexed, GetImageRangeFromBatch, ImageBatchMulti, ImageConcatMulti, ImageConcanate, ImageConcatFromBatch, ImageGridComposite*, INTConstant, FloatConstant, StringConstant, StringConstantMultiline, ColorMatch, ColorToMask, CreateGradientMask, CreateShapeMask, CreateTextMask, CreateFluidMask, GrowMaskWithBlur, ResizeMask, OffsetMask, RoundMask, RemapMaskRange, ConditioningMultiCombine, ConditioningSetMaskAndCombine*, JoinStringMulti, WidgetToString, InsertImagesToBatchIndexed, ReplaceImagesInBatch, ReverseImageBatch, ShuffleImageBatch, SplineEditor, PointsEditor, CrossFadeImages*, EmptyLatentImagePresets, EmptyLatentImageCustomPresets, AddLabel, BatchCropFromMask*, VRAM_Debug, LoadAndResizeImage, ScaleBatchPromptSchedule, NormalizedAmplitudeToMask, CameraPoseVisualizer, DrawMaskOnImage, BlockifyMask
Essentials | comfyui_essentials | github.com/cubiq/ComfyUI_essentials | *+, ConsoleDebug+, KSamplerVariations*
Video Helper Suite | comfyui-videohelpersuite | github.com/Kosinkadink/ComfyUI-VideoHelperSuite | VHS_*
IPAdapter plus | comfyui_ipadapter_plus | github.com/cubiq/ComfyUI_IPAdapter_plus | IPAdapter, IPAdapter*, IPAAdapterFaceIDBatch, PrepImageForClipVision, IPAdapterUnifiedLoader*
ControlNet aux | comfyui_controlnet_aux | github.com/Fannovel16/comfyui_controlnet_aux | *Preprocessor, *Preprocessor_*, AIO_Preprocessor, ControlNetPreprocessorSelector, PixelPerfectResolution, HintImageEnchance, ImageGenResolution*, SAMPreprocessor, TTPlanet_*, ExecuteAllControlNetPreprocessors, SavePoseKpsAsJsonFile, RenderPeopleKps, FacialPartColoringFromPoseKps, UpperBodyTrackingFromPoseKps, ImageIntensityDetector, ImageLuminanceDetector
WAS Node Suite | - | github.com/WASasquatch/was-node-suite-comfyui | Image Save, Image Resize, Image Filter Adjustments, Image Blend*, Image Blending*, Image Levels Adjustment, Text Multiline, Text Concatenate, Text String, Text Random*, Text Find and Replace*, Text Load Line From File, Number to *, Number Operation, Number Input Condition, Constant Number, Random Number, Seed, Load Image Batch, Image Batch, Image Crop *, Image Padding, Image to Latent Mask, Image Remove Background*, CLIPTextEncode (NSP), CLIPTextEncode (BlenderNeko*, BLIP *, CLIPSeg*, Mask *, Masks *, Logic *, Latent Upscale by Factor (WAS), KSampler (WAS), KSampler Cycle, Upscale Model Loader, Lora Loader, Checkpoint Loader, Image SSAO*, Image Film Grain, Image Rembg*, Samples Passthrough*, Write to *, Bus Node
Custom Scripts | comfyui-custom-scripts | github.com/pythongosssss/ComfyUI-Custom-Scripts | *|pysssss
Ultimate SD Upscale | comfyui_ultimatesdupscale | github.com/ssitu/ComfyUI_UltimateSDUpscale | UltimateSDUpscale*
GGUF | ComfyUI-GGUF | github.com/city96/ComfyUI-GGUF | *GGUF, *LoaderGGUF*, UnetLoaderGGUFAdvanced
Efficiency Nodes | efficiency-nodes-comfyui | github.com/jags111/efficiency-nodes-comfyui | Efficient Loader, Eff. Loader SDXL, KSampler (Efficient), KSampler Adv. (Efficient), KSampler SDXL (Eff.), LoRA Stacker, Control Net Stacker, Apply ControlNet Stack, Unpack SDXL Tuple, Pack SDXL Tuple, XY Plot, XY Input: *, HighRes-Fix Script, Noise Control Script, Tiled Upscaler Script, AnimateDiff Script, Image Overlay, Join XY Inputs of Same Type, Manual XY Entry Info, LoRA Stack to String converter
Easy Use | comfyui-easy-use | github.com/yolain/ComfyUI-Easy-Use | easy *
AnimateDiff Evolved | comfyui-animatediff-evolved | github.com/Kosinkadink/ComfyUI-AnimateDiff-Evolved | ADE_*, CheckpointLoaderSimpleWithNoiseSelect, AnimateDiffLoaderV1
Advanced ControlNet | comfyui-advanced-controlnet | github.com/Kosinkadink/ComfyUI-Advanced-ControlNet | ACN_*, ControlNetLoaderAdvanced, DiffControlNetLoaderAdvanced, ScaledSoftControlNetWeights, LatentKeyframe*, TimestepKeyframe
LayerStyle | comfyui_layerstyle | github.com/chflame163/ComfyUI_LayerStyle | LayerUtility: *, LayerMask: *, LayerColor: *, LayerStyle: *, LayerFilter: *
ReActor | - | github.com/Gourieff/ComfyUI-ReActor | ReActor*
Florence2 | comfyui-florence2 | github.com/kijai/ComfyUI-Florence2 | Florence2*, DownloadAndLoadFlorence2*
SUPIR | comfyui-supir | github.com/kijai/ComfyUI-SUPIR | SUPIR_*
Segment Anything 2 | ComfyUI-segment-anything-2 | github.com/kijai/ComfyUI-segment-anything-2 | Sam2*, DownloadAndLoadSAM2*
Segment Anything | - | github.com/storyicon/comfyui_segment_anything | *(segment anything)
Frame Interpolation | comfyui-frame-interpolation | github.com/Fannovel16/ComfyUI-Frame-Interpolation | RIFE VFI, FILM VFI, * VFI, Make Interpolation State List
Use Everywhere | cg-use-everywhere | github.com/chrisgoringe/cg-use-everywhere | Anything Everywhere*, Prompts Everywhere, Seed Everywhere, Simple String
Crystools | comfyui-crystools | github.com/crystian/ComfyUI-Crystools | *[Crystools]
Wan Video Wrapper | comfyui-wanvideowrapper | github.com/kijai/ComfyUI-WanVideoWrapper | WanVideo*, LoadWanVideo*
Hunyuan Video Wrapper | - | github.com/kijai/ComfyUI-HunyuanVideoWrapper | HyVideo*, DownloadAndLoadHyVideo*
tinyterraNodes | comfyui_tinyterranodes | github.com/TinyTerra/ComfyUI_tinyterraNodes | ttN *
Comfyroll Studio | - | github.com/Suzie1/ComfyUI_Comfyroll_CustomNodes | CR *
Masquerade Nodes | - | github.com/BadCafeCode/masquerade-nodes-comfyui | Mask By Text, Mask Morphology, Combine Masks, Cut By Mask, Paste By Mask, Get Image Size, Blur, Separate Mask Components, Create Rect Mask, Mask To Region, Change Channel Count, Convert Color Space
MTB Nodes | - | github.com/melMass/comfy_mtb | *(mtb)
InstantID | - | github.com/cubiq/ComfyUI_InstantID | InstantID*, ApplyInstantID*
PuLID Flux | - | github.com/balazik/ComfyUI-PuLID-Flux | PulidFlux*, ApplyPulidFlux
BrushNet | - | github.com/nullquant/ComfyUI-BrushNet | BrushNet*, PowerPaint*, BlendInpaint, CutForInpaint
Inpaint Crop and Stitch | - | github.com/lquesada/ComfyUI-Inpaint-CropAndStitch | InpaintCrop*, InpaintStitch*, InpaintExtend*
Inpaint Nodes | - | github.com/Acly/comfyui-inpaint-nodes | INPAINT_*
Tooling Nodes | - | github.com/Acly/comfyui-tooling-nodes | ETN_*
Depth Anything V2 | - | github.com/kijai/ComfyUI-DepthAnythingV2 | DepthAnything_V2, DownloadAndLoadDepthAnythingV2Model
Marigold | - | github.com/kijai/ComfyUI-Marigold | MarigoldDepthEstimation*, MarigoldModelLoader, ColorizeDepthmap
LivePortrait | - | github.com/kijai/ComfyUI-LivePortraitKJ | LivePortrait*, DownloadAndLoadLivePortraitModels
RMBG | - | github.com/1038lab/ComfyUI-RMBG | RMBG, BiRefNetRMBG, BodySegment, FaceSegment, ClothesSegment
IC-Light | - | github.com/kijai/ComfyUI-IC-Light | LoadAndApplyICLightUnet, ICLightConditioning, LightSource, DetailTransfer
TeaCache | - | github.com/welltop-cn/ComfyUI-TeaCache | TeaCache, CompileModel
Nunchaku | - | github.com/nunchaku-tech/ComfyUI-nunchaku | Nunchaku*
Tiled Diffusion | - | github.com/shiimizu/ComfyUI-TiledDiffusion | TiledDiffusion, VAEDecodeTiled_TiledDiffusion, VAEEncodeTiled_TiledDiffusion
HQ Image Save | - | github.com/spacepxl/ComfyUI-HQ-Image-Save | LoadEXR*, SaveEXR*, SaveTiff, LoadImageEXR, LoadLatentEXR
CoCoTools IO | - | github.com/Conor-Collins/ComfyUI-CoCoTools_IO | ImageLoader, SaverNode, LoadExr*, ColorspaceNode, ZNormalizeNode
`;

/** The packs that have a class of this name, the likeliest first; none for names that nobody known publishes. */
export function findPacks(classType: string): readonly KnownPack[] {
  return knownPacks.flatMap(({ classes, pack }) =>
    classes.some((pattern) => pattern.test(classType)) ? [pack] : [],
  );
}

/** The pack with this registry id or repository, as workflows name the packs they use. */
export function packNamed(id: string): KnownPack | undefined {
  const wanted = id.toLowerCase().replace(/^https?:\/\//, '');
  return knownPacks.find(
    ({ pack }) =>
      pack.id?.toLowerCase() === wanted ||
      pack.repository.toLowerCase() === wanted ||
      pack.repository.toLowerCase() === `github.com/${wanted}`,
  )?.pack;
}

/** Every row, for tests. */
export const knownPacks: readonly {
  readonly pack: KnownPack;
  readonly classes: readonly RegExp[];
}[] = rows
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    // Some class names have a bar in them, so only the first three part the columns.
    const [name = '', id = '-', repository = '', ...classes] = line.split(' | ');
    return {
      pack: { name, ...(id === '-' ? {} : { id }), repository },
      classes: classes.join(' | ').split(', ').map(toPattern),
    };
  });

/** Exact but for `*`; a name and nothing else is no pattern for longer names. */
function toPattern(name: string): RegExp {
  const text = name.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${text}$`);
}
