/**
 * Well-known text encoders, VAEs, ControlNets, LoRAs and helpers, in the columns of `diffusionRows` and from the same
 * places. The families are those that take the file; "-" where it fits any, or where nobody can tell.
 */
export const companionRows = `
clip_l                        | text_encoders | sd-1.5, sdxl, sd3, flux, hunyuan-video | 0.2 | MIT | huggingface.co/comfyanonymous/flux_text_encoders
clip_g                        | text_encoders | sdxl, sdxl-refiner, sd3 | 1.4 | MIT | huggingface.co/Comfy-Org/stable-diffusion-3.5-fp8
clip_[lg]_hidream             | text_encoders | hidream | - | MIT | huggingface.co/Comfy-Org/HiDream-I1_ComfyUI
t5xxl_fp16                    | text_encoders | flux, chroma, sd3, ltx, mochi, hidream, pixart | 9.8 | Apache 2.0 | huggingface.co/comfyanonymous/flux_text_encoders
t5xxl_fp8_e4m3fn              | text_encoders | flux, chroma, sd3, ltx, mochi, hidream, pixart | 4.9 | Apache 2.0 | huggingface.co/comfyanonymous/flux_text_encoders
t5xxl_fp8_e4m3fn_scaled       | text_encoders | flux, chroma, sd3, ltx, mochi, hidream, pixart | 5.2 | Apache 2.0 | huggingface.co/comfyanonymous/flux_text_encoders
t5xxl*                        | text_encoders | flux, chroma, sd3, ltx, mochi, hidream, pixart | - | Apache 2.0 | -
oldt5_xxl*                    | text_encoders | cosmos | - | Apache 2.0 | huggingface.co/comfyanonymous/cosmos_1.0_text_encoder_and_VAE_ComfyUI
umt5_xxl_fp16                 | text_encoders | wan-14b, wan-1.3b, wan-2.2-5b | 11.4 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
umt5_xxl_fp8_e4m3fn_scaled    | text_encoders | wan-14b, wan-1.3b, wan-2.2-5b | 6.7 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
umt5*xxl*                     | text_encoders | wan-14b, wan-1.3b, wan-2.2-5b | - | Apache 2.0 | -
llava_llama3_fp8_scaled       | text_encoders | hunyuan-video | 9.1 | - | huggingface.co/Comfy-Org/HunyuanVideo_repackaged
llava_llama3_fp16             | text_encoders | hunyuan-video | 16.1 | - | huggingface.co/Comfy-Org/HunyuanVideo_repackaged
llama_3.1_8b_instruct_fp8*    | text_encoders | hidream | 9.1 | Llama 3.1 Community License | huggingface.co/Comfy-Org/HiDream-I1_ComfyUI
qwen_2.5_vl_7b_fp8_scaled     | text_encoders | qwen-image, hunyuan-image, hunyuan-video-1.5 | 9.4 | Apache 2.0 | huggingface.co/Comfy-Org/Qwen-Image_ComfyUI
qwen_2.5_vl_7b                | text_encoders | qwen-image, hunyuan-image, hunyuan-video-1.5 | 16.6 | Apache 2.0 | huggingface.co/Comfy-Org/Qwen-Image_ComfyUI
qwen_2.5_vl_fp16              | text_encoders | omnigen-2 | 7.5 | Qwen Research License | huggingface.co/Comfy-Org/Omnigen2_ComfyUI_repackaged
qwen_3_4b                     | text_encoders | z-image, flux-2 | 8.0 | Apache 2.0 | huggingface.co/Comfy-Org/z_image_turbo
qwen_3_8b*                    | text_encoders | flux-2 | - | Apache 2.0 | huggingface.co/Comfy-Org/flux2-klein-9B
mistral_3_small_flux2*        | text_encoders | flux-2 | - | Apache 2.0 | huggingface.co/Comfy-Org/flux2-dev
gemma_2_2b_fp16               | text_encoders | lumina-2 | 5.2 | Gemma Terms of Use | huggingface.co/Comfy-Org/Lumina_Image_2.0_Repackaged
gemma_3_12b_it*               | text_encoders | ltx | - | Gemma Terms of Use | huggingface.co/Comfy-Org/ltx-2
byt5_small_glyphxl_fp16       | text_encoders | hunyuan-image, hunyuan-video-1.5 | 0.4 | - | huggingface.co/Comfy-Org/HunyuanVideo_1.5_repackaged
vae-ft-mse-840000-ema-pruned  | vae | sd-1.5, sd-2 | 0.3 | MIT | huggingface.co/stabilityai/sd-vae-ft-mse-original
vae-ft-ema-560000-ema-pruned  | vae | sd-1.5, sd-2 | 0.3 | MIT | huggingface.co/stabilityai/sd-vae-ft-ema-original
sdxl_vae*                     | vae | sdxl, sdxl-refiner | 0.3 | MIT | huggingface.co/stabilityai/sdxl-vae
sdxl.vae*                     | vae | sdxl, sdxl-refiner | 0.3 | MIT | huggingface.co/madebyollin/sdxl-vae-fp16-fix
ae                            | vae | flux, chroma, z-image, lumina-2, hidream, omnigen-2 | 0.3 | Apache 2.0 | huggingface.co/Comfy-Org/Lumina_Image_2.0_Repackaged
flux2-vae                     | vae | flux-2 | 0.3 | Apache 2.0 | huggingface.co/Comfy-Org/flux2-dev
wan_2.1_vae                   | vae | wan-14b, wan-1.3b, cosmos | 0.3 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
wan2_1_vae_*                  | vae | wan-14b, wan-1.3b, cosmos | - | Apache 2.0 | huggingface.co/Kijai/WanVideo_comfy
wan2.2_vae                    | vae | wan-2.2-5b | 1.4 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.2_ComfyUI_Repackaged
qwen_image_vae                | vae | qwen-image | 0.3 | Apache 2.0 | huggingface.co/Comfy-Org/Qwen-Image_ComfyUI
hunyuan_video_vae_bf16        | vae | hunyuan-video | 0.5 | Tencent Hunyuan Community License | huggingface.co/Comfy-Org/HunyuanVideo_repackaged
hunyuanvideo15_vae_fp16       | vae | hunyuan-video-1.5 | - | - | huggingface.co/Comfy-Org/HunyuanVideo_1.5_repackaged
mochi_vae                     | vae | mochi | 0.9 | Apache 2.0 | huggingface.co/Comfy-Org/mochi_preview_repackaged
cosmos_cv8x8x8_1.0            | vae | cosmos | 0.2 | - | huggingface.co/comfyanonymous/cosmos_1.0_text_encoder_and_VAE_ComfyUI
stage_a                       | vae | - | 0.1 | - | huggingface.co/stabilityai/stable-cascade
control_v11*_sd15*fp16        | controlnet | sd-1.5 | 0.7 | OpenRAIL | huggingface.co/comfyanonymous/ControlNet-v1-1_fp16_safetensors
control_v11*_sd15*            | controlnet | sd-1.5 | 1.4 | OpenRAIL | huggingface.co/lllyasviel/ControlNet-v1-1
t2iadapter_*_sd1??1           | controlnet | sd-1.5 | 0.3 | Apache 2.0 | huggingface.co/TencentARC/T2I-Adapter
t2i-adapter-*-sdxl-1.0*       | controlnet | sdxl | 0.3 | Apache 2.0 | huggingface.co/TencentARC
control-lora-*rank128*        | controlnet | sdxl | 0.4 | - | huggingface.co/stabilityai/control-lora
control-lora-*rank256         | controlnet | sdxl | 0.8 | - | huggingface.co/stabilityai/control-lora
openposexl2                   | controlnet | sdxl | 5.0 | - | huggingface.co/thibaud/controlnet-openpose-sdxl-1.0
controlnet-union-sdxl-1.0*    | controlnet | sdxl | 2.5 | Apache 2.0 | huggingface.co/xinsir/controlnet-union-sdxl-1.0
flux.1-dev-controlnet-union*  | controlnet | flux | - | FLUX.1 [dev] Non-Commercial License | huggingface.co/Shakker-Labs
sd3.5_large_controlnet_*      | controlnet | sd3 | 8.7 | Stability AI Community License | huggingface.co/stabilityai/stable-diffusion-3.5-controlnets
qwen-image-instantx-controlnet-* | controlnet | qwen-image | - | Apache 2.0 | huggingface.co/Comfy-Org/Qwen-Image-InstantX-ControlNets
flux1-canny-dev-lora          | loras | flux | 1.2 | FLUX.1 [dev] Non-Commercial License | huggingface.co/black-forest-labs/FLUX.1-Canny-dev-lora
flux1-depth-dev-lora          | loras | flux | 1.2 | FLUX.1 [dev] Non-Commercial License | huggingface.co/black-forest-labs/FLUX.1-Depth-dev-lora
lcm-lora-sdv1-5               | loras | sd-1.5 | 0.1 | - | huggingface.co/latent-consistency/lcm-lora-sdv1-5
lcm-lora-sdxl                 | loras | sdxl | 0.4 | - | huggingface.co/latent-consistency/lcm-lora-sdxl
sdxl_lightning_?step_lora     | loras | sdxl | 0.4 | CreativeML OpenRAIL++-M | huggingface.co/ByteDance/SDXL-Lightning
wan2.2_*_lightx2v_4steps_lora* | loras | wan-14b | 1.2 | Apache 2.0 | huggingface.co/Comfy-Org/Wan_2.2_ComfyUI_Repackaged
lightx2v_*14b*                | loras | wan-14b | - | Apache 2.0 | huggingface.co/Kijai/WanVideo_comfy
qwen-image-*lightning-*       | loras | qwen-image | - | Apache 2.0 | huggingface.co/lightx2v/Qwen-Image-Lightning
flux1-redux-dev               | style_models | flux | 0.1 | FLUX.1 [dev] Non-Commercial License | huggingface.co/black-forest-labs/FLUX.1-Redux-dev
ip-adapter_sd15               | ipadapter | sd-1.5 | 0.1 | Apache 2.0 | huggingface.co/h94/IP-Adapter
ip-adapter-plus*_sd15         | ipadapter | sd-1.5 | 0.1 | Apache 2.0 | huggingface.co/h94/IP-Adapter
ip-adapter_sdxl*              | ipadapter | sdxl | 0.7 | Apache 2.0 | huggingface.co/h94/IP-Adapter
ip-adapter-plus*_sdxl*        | ipadapter | sdxl | 0.8 | Apache 2.0 | huggingface.co/h94/IP-Adapter
clip-vit-h-14-laion2b-s32b-b79k | clip_vision | - | 2.5 | MIT | huggingface.co/h94/IP-Adapter
clip-vit-bigg-14-laion2b-39b-b160k | clip_vision | - | 3.7 | MIT | huggingface.co/h94/IP-Adapter
sigclip_vision_patch14_384    | clip_vision | - | 0.9 | Apache 2.0 | huggingface.co/Comfy-Org/sigclip_vision_384
clip_vision_h                 | clip_vision | - | 1.3 | - | huggingface.co/Comfy-Org/Wan_2.1_ComfyUI_repackaged
clip_vision_g                 | clip_vision | - | 3.7 | - | huggingface.co/comfyanonymous/clip_vision_g
realesrgan_x?plus             | upscale_models | - | 0.1 | BSD 3-Clause | github.com/xinntao/Real-ESRGAN
realesrgan_x[24]              | upscale_models | - | 0.1 | - | huggingface.co/ai-forever/Real-ESRGAN
esrgan_4x                     | upscale_models | - | 0.1 | - | huggingface.co/Afizi/ESRGAN_4x.pth
4x-ultrasharp                 | upscale_models | - | 0.1 | CC BY-NC-SA 4.0 | huggingface.co/Kim2091/UltraSharp
4x-animesharp                 | upscale_models | - | 0.1 | CC BY-NC-SA 4.0 | huggingface.co/Kim2091/AnimeSharp
4x_foolhardy_remacri          | upscale_models | - | 0.1 | - | huggingface.co/FacehugmanIII/4x_foolhardy_Remacri
4x_nmkd-siax_200k             | upscale_models | - | 0.1 | - | huggingface.co/gemasai/4x_NMKD-Siax_200k
8x_nmkd-superscale_150000_g   | upscale_models | - | 0.1 | - | huggingface.co/uwg/upscaler
mm_sd_v15*                    | animatediff_models | sd-1.5 | - | Apache 2.0 | huggingface.co/guoyww/animatediff
v3_sd15_mm                    | animatediff_models | sd-1.5 | - | Apache 2.0 | huggingface.co/guoyww/animatediff
sam_vit_b_01ec64              | sams | - | 0.4 | Apache 2.0 | github.com/facebookresearch/segment-anything
sam_vit_l_0b3195              | sams | - | 1.2 | Apache 2.0 | github.com/facebookresearch/segment-anything
sam_vit_h_4b8939              | sams | - | 2.6 | Apache 2.0 | github.com/facebookresearch/segment-anything
gfpganv1.[34]                 | facerestore_models | - | 0.3 | - | github.com/TencentARC/GFPGAN
inswapper_128                 | insightface | - | 0.6 | - | github.com/deepinsight/insightface
supir-v0*                     | checkpoints | sdxl | - | - | huggingface.co/Kijai/SUPIR_pruned
depth_anything_v2_vitl*       | depthanything | - | 1.3 | CC BY-NC 4.0 | huggingface.co/depth-anything/Depth-Anything-V2-Large
`;
