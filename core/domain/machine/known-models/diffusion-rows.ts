/**
 * Well-known checkpoints and diffusion models: file name | folder | families | size in GB | licence | where from.
 * File names without their ending; `*` stands for anything. "-" is not known. Names, folders and places are
 * those of the `properties.models` of ComfyUI's own templates (comfyui-workflow-templates 0.11, Oct 2026) and of the
 * model pages on huggingface.co; sizes and licences are those of the pages too, sizes rounded.
 */
export const diffusionRows = `
v1-5-pruned-emaonly-fp16      | checkpoints | sd-1.5 | 2.1 | CreativeML OpenRAIL-M | huggingface.co/Comfy-Org/stable-diffusion-v1-5-archive
v1-5-pruned-emaonly           | checkpoints | sd-1.5 | 4.3 | CreativeML OpenRAIL-M | huggingface.co/stable-diffusion-v1-5/stable-diffusion-v1-5
v1-5-pruned                   | checkpoints | sd-1.5 | 7.7 | CreativeML OpenRAIL-M | huggingface.co/stable-diffusion-v1-5/stable-diffusion-v1-5
sd-v1-5-inpainting            | checkpoints | sd-1.5 | 4.3 | CreativeML OpenRAIL-M | huggingface.co/stable-diffusion-v1-5/stable-diffusion-inpainting
dreamshaper_8*                | checkpoints | sd-1.5 | 2.1 | - | huggingface.co/Lykon/DreamShaper
512-inpainting-ema            | checkpoints | sd-2 | 5.2 | CreativeML OpenRAIL++-M | huggingface.co/stabilityai/stable-diffusion-2-inpainting
v2-1_768-ema-pruned           | checkpoints | sd-2 | 5.2 | CreativeML OpenRAIL++-M | huggingface.co/stabilityai/stable-diffusion-2-1
v2-1_512-ema-pruned           | checkpoints | sd-2 | 5.2 | CreativeML OpenRAIL++-M | huggingface.co/stabilityai/stable-diffusion-2-1-base
sd_xl_base_1.0*               | checkpoints | sdxl | 6.9 | CreativeML OpenRAIL++-M | huggingface.co/stabilityai/stable-diffusion-xl-base-1.0
sd_xl_refiner_1.0*            | checkpoints | sdxl-refiner | 6.1 | CreativeML OpenRAIL++-M | huggingface.co/stabilityai/stable-diffusion-xl-refiner-1.0
sd_xl_turbo_1.0_fp16          | checkpoints | sdxl | 6.9 | - | huggingface.co/stabilityai/sdxl-turbo
sdxl_lightning_?step          | checkpoints | sdxl | 6.9 | CreativeML OpenRAIL++-M | huggingface.co/ByteDance/SDXL-Lightning
sd3_medium                    | checkpoints | sd3 | 4.3 | Stability AI Community License | huggingface.co/stabilityai/stable-diffusion-3-medium
sd3_medium_incl_clips         | checkpoints | sd3 | 6.0 | Stability AI Community License | huggingface.co/stabilityai/stable-diffusion-3-medium
sd3_medium_incl_clips_t5xxl*  | checkpoints | sd3 | - | Stability AI Community License | huggingface.co/stabilityai/stable-diffusion-3-medium
sd3.5_large                   | checkpoints | sd3 | 16.5 | Stability AI Community License | huggingface.co/stabilityai/stable-diffusion-3.5-large
sd3.5_large_turbo             | checkpoints | sd3 | 16.5 | Stability AI Community License | huggingface.co/stabilityai/stable-diffusion-3.5-large-turbo
sd3.5_large_fp8_scaled        | checkpoints | sd3 | - | Stability AI Community License | huggingface.co/Comfy-Org/stable-diffusion-3.5-fp8
sd3.5_medium                  | checkpoints | sd3 | 5.1 | Stability AI Community License | huggingface.co/stabilityai/stable-diffusion-3.5-medium
flux1-dev-fp8                 | checkpoints | flux | 17.2 | FLUX.1 [dev] Non-Commercial License | huggingface.co/Comfy-Org/flux1-dev
flux1-schnell-fp8             | checkpoints | flux | 17.2 | Apache 2.0 | huggingface.co/Comfy-Org/flux1-schnell
flux1-dev-fp8*                | diffusion_models | flux | 11.9 | FLUX.1 [dev] Non-Commercial License | huggingface.co/Kijai/flux-fp8
flux1-dev                     | diffusion_models | flux | 23.8 | FLUX.1 [dev] Non-Commercial License | huggingface.co/black-forest-labs/FLUX.1-dev
flux1-schnell                 | diffusion_models | flux | 23.8 | Apache 2.0 | huggingface.co/black-forest-labs/FLUX.1-schnell
flux1-fill-dev                | diffusion_models | flux | 23.8 | FLUX.1 [dev] Non-Commercial License | huggingface.co/black-forest-labs/FLUX.1-Fill-dev
flux1-canny-dev               | diffusion_models | flux | 23.8 | FLUX.1 [dev] Non-Commercial License | huggingface.co/black-forest-labs/FLUX.1-Canny-dev
flux1-depth-dev               | diffusion_models | flux | 23.8 | FLUX.1 [dev] Non-Commercial License | huggingface.co/black-forest-labs/FLUX.1-Depth-dev
flux1-kontext-dev             | diffusion_models | flux | 23.8 | FLUX.1 [dev] Non-Commercial License | huggingface.co/black-forest-labs/FLUX.1-Kontext-dev
flux1-dev-kontext_fp8_scaled  | diffusion_models | flux | 11.9 | FLUX.1 [dev] Non-Commercial License | huggingface.co/Comfy-Org/flux1-kontext-dev_ComfyUI
flux1-krea-dev                | diffusion_models | flux | 23.8 | FLUX.1 [dev] Non-Commercial License | huggingface.co/black-forest-labs/FLUX.1-Krea-dev
flux1-krea-dev_fp8_scaled     | diffusion_models | flux | 11.9 | FLUX.1 [dev] Non-Commercial License | huggingface.co/Comfy-Org/FLUX.1-Krea-dev_ComfyUI
flux2_dev_fp8mixed            | diffusion_models | flux-2 | 35.5 | FLUX.2 [dev] Non-Commercial License | huggingface.co/Comfy-Org/flux2-dev
flux-2-klein*4b*              | diffusion_models | flux-2 | - | Apache 2.0 | huggingface.co/black-forest-labs/FLUX.2-klein-4B
flux-2-klein*9b*              | diffusion_models | flux-2 | - | - | huggingface.co/black-forest-labs/FLUX.2-klein-9B
chroma-unlocked-v*            | diffusion_models | chroma | 17.8 | Apache 2.0 | huggingface.co/lodestones/Chroma
chroma1-hd                    | diffusion_models | chroma | 17.8 | Apache 2.0 | huggingface.co/lodestones/Chroma1-HD
hidream_i1_*_fp8              | diffusion_models | hidream | 17.1 | MIT | huggingface.co/Comfy-Org/HiDream-I1_ComfyUI
hidream_i1_*                  | diffusion_models | hidream | 34.2 | MIT | huggingface.co/Comfy-Org/HiDream-I1_ComfyUI
hidream_e1_*                  | diffusion_models | hidream | 34.2 | MIT | huggingface.co/Comfy-Org/HiDream-I1_ComfyUI
qwen_image_edit*fp8*          | diffusion_models | qwen-image | 20.4 | Apache 2.0 | huggingface.co/Comfy-Org/Qwen-Image-Edit_ComfyUI
qwen_image_edit*bf16          | diffusion_models | qwen-image | 40.9 | Apache 2.0 | huggingface.co/Comfy-Org/Qwen-Image-Edit_ComfyUI
qwen_image_*fp8*              | diffusion_models | qwen-image | 20.4 | Apache 2.0 | huggingface.co/Comfy-Org/Qwen-Image_ComfyUI
qwen_image_bf16               | diffusion_models | qwen-image | 40.9 | Apache 2.0 | huggingface.co/Comfy-Org/Qwen-Image_ComfyUI
z_image_turbo_bf16            | diffusion_models | z-image | 12.3 | Apache 2.0 | huggingface.co/Comfy-Org/z_image_turbo
aura_flow_0.*                 | checkpoints | aura-flow | - | Apache 2.0 | huggingface.co/fal/AuraFlow
lumina_2                      | checkpoints | lumina-2 | - | Apache 2.0 | huggingface.co/Comfy-Org/Lumina_Image_2.0_Repackaged
omnigen2_fp16                 | diffusion_models | omnigen-2 | 7.9 | Apache 2.0 | huggingface.co/Comfy-Org/Omnigen2_ComfyUI_repackaged
cosmos_predict2_2b*           | diffusion_models | cosmos | 3.9 | NVIDIA Open Model License | huggingface.co/Comfy-Org/Cosmos_Predict2_repackaged
cosmos_predict2_14b*          | diffusion_models | cosmos | 28.5 | NVIDIA Open Model License | huggingface.co/Comfy-Org/Cosmos_Predict2_repackaged
hunyuan_dit_1.*               | checkpoints | hunyuan-dit | - | - | huggingface.co/comfyanonymous/hunyuan_dit_comfyui
stable_cascade_stage_c        | checkpoints | - | 9.2 | - | huggingface.co/stabilityai/stable-cascade
stable_cascade_stage_b        | checkpoints | - | 4.6 | - | huggingface.co/stabilityai/stable-cascade
svd                           | checkpoints | - | 9.6 | - | huggingface.co/stabilityai/stable-video-diffusion-img2vid
svd_xt                        | checkpoints | - | 9.6 | - | huggingface.co/stabilityai/stable-video-diffusion-img2vid-xt
wan2.1_t2v_1.3b_*             | diffusion_models | wan-1.3b | 2.8 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2.1_vace_1.3b_*            | diffusion_models | wan-1.3b | - | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2.1_*1.3b_*                | diffusion_models | wan-1.3b | - | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2.1_t2v_14b_fp8*           | diffusion_models | wan-14b | 14.3 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2.1_t2v_14b_*              | diffusion_models | wan-14b | 28.6 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2.1_i2v_*14b_fp8*          | diffusion_models | wan-14b | 16.4 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2.1_i2v_*14b_*             | diffusion_models | wan-14b | 32.8 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2.1_flf2v_*14b_fp16        | diffusion_models | wan-14b | 32.8 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2.1_vace_14b_fp16          | diffusion_models | wan-14b | 34.7 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2.2_ti2v_5b_fp16           | diffusion_models | wan-2.2-5b | 10.0 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.2_ComfyUI_Repackaged
wan2.2_[it]2v_*_noise_14b_fp8* | diffusion_models | wan-14b | 14.3 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.2_ComfyUI_Repackaged
wan2.2_[it]2v_*_noise_14b_fp16 | diffusion_models | wan-14b | 28.6 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.2_ComfyUI_Repackaged
hunyuan_video_t2v_720p_bf16   | diffusion_models | hunyuan-video | 25.6 | Tencent Hunyuan Community License | huggingface.co/Comfy-Org/HunyuanVideo_repackaged
hunyuan_video_*i*2v*720p_bf16 | diffusion_models | hunyuan-video | 25.6 | Tencent Hunyuan Community License | huggingface.co/Comfy-Org/HunyuanVideo_repackaged
hunyuanvideo1.5_*fp16         | diffusion_models | hunyuan-video-1.5 | 16.7 | - | huggingface.co/Comfy-Org/HunyuanVideo_1.5_repackaged
hunyuanimage2.1*              | diffusion_models | hunyuan-image | - | - | huggingface.co/Comfy-Org/HunyuanImage_2.1_ComfyUI
ltx-video-2b-v0.9             | checkpoints | ltx | 9.4 | - | huggingface.co/Lightricks/LTX-Video
ltx-video-2b-v0.9.*           | checkpoints | ltx | - | - | huggingface.co/Lightricks/LTX-Video
ltxv-13b-0.9.*                | checkpoints | ltx | - | - | huggingface.co/Lightricks/LTX-Video
ltx-2-19b-*                   | checkpoints | ltx | - | - | huggingface.co/Lightricks/LTX-2
mochi_preview_bf16            | diffusion_models | mochi | 20.1 | Apache 2.0 | huggingface.co/Comfy-Org/mochi_preview_repackaged
mochi_preview_fp8_scaled      | checkpoints | mochi | - | Apache 2.0 | huggingface.co/Comfy-Org/mochi_preview_repackaged
`;
