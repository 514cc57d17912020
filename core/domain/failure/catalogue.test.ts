import { describe, expect, it } from 'vitest';
import { failureCatalogue, failureEntry, findCauses } from './catalogue.ts';
import { explainText } from './explain-text.ts';
import { isExact } from './failure-entry.ts';

/** One text for every row, as the field reports them, and the code that must come first. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'oom-cuda': [
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB',
    'torch.cuda.OutOfMemoryError: Allocation on device',
  ],
  'oom-alloc': ['Allocation on device 0 '],
  'oom-limit': [
    'Allocation on device 0 would exceed allowed memory. (out of memory)\nCurrently allocated     : 20.1 GiB\nRequested               : 4.50 GiB\nDevice limit            : 24.00 GiB',
  ],
  'oom-hip': ['HIP out of memory. Tried to allocate 20.00 MiB'],
  'oom-mps': ['MPS backend out of memory (MPS allocated: 18.00 GB)'],
  'oom-vae': [
    'Warning: Ran out of memory when regular VAE decoding, retrying with tiled VAE decoding.',
  ],
  'ram-kill': ['Killed', 'process exited with code 137'],
  pagefile: ['The paging file is too small for this operation to complete. (os error 1455)'],
  'cpu-alloc': [
    "DefaultCPUAllocator: can't allocate memory: you tried to allocate 13194139533312 bytes",
  ],
  'big-tensor': [
    'CUDA error: invalid configuration argument',
    'numel: integer multiplication overflow',
  ],
  'mat-shape': ['mat1 and mat2 shapes cannot be multiplied (77x768 and 2048x640)'],
  channels: ['expected input[1, 16, 128, 128] to have 4 channels, but got 16 channels instead'],
  'tensor-size': [
    'The size of tensor a (64) must match the size of tensor b (72) at non-singleton dimension 3',
  ],
  'size-mismatch': [
    'Error(s) in loading state_dict for ControlNet:\n\tsize mismatch for input_blocks.1.1.proj_in.weight',
  ],
  'detect-model': ['ERROR: Could not detect model type of: /srv/models/v1-5.safetensors'],
  'clip-none': ['ERROR: clip input is invalid: None'],
  'vae-none': ['ERROR: VAE is invalid: None'],
  'clip-incomplete': ['TIPS: If you have any "Load CLIP" or "*CLIP Loader" nodes in your workflow'],
  'none-attr': ["'NoneType' object has no attribute 'tokenize'"],
  'lora-keys': ['lora key not loaded: lora_unet_double_blocks_0_img_attn'],
  'embed-missing': ['warning, embedding:easynegative does not exist, ignoring'],
  'dtype-bias': ['Input type (float) and bias type (c10::Half) should be the same'],
  'fp8-op': ['"addmm_cuda" not implemented for \'Float8_e4m3fn\''],
  'fp8-promo': ['Promotion for Float8 Types is not supported, attempted to promote BFloat16'],
  'fp8-attr': ["module 'torch' has no attribute 'float8_e4m3fn'"],
  'same-device': [
    'Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!',
  ],
  'dims-shape': ["shape '[1, 16, 67, 2, 120, 2]' is invalid for input of size 1036800"],
  'latent-mix': [
    'Sizes of tensors must match except in dimension 0. Expected size 64 but got size 72',
  ],
  'st-header': [
    'safetensors_rust.SafetensorError: Error while deserializing header: HeaderTooLarge',
  ],
  'st-incomplete': ['Error while deserializing header: MetadataIncompleteBuffer'],
  'weights-only': ['_pickle.UnpicklingError: Weights only load failed.'],
  'pickle-bad': ["invalid load key, '<'.", 'PytorchStreamReader failed reading zip archive'],
  'no-file': ["Model in folder 'upscale_models' with filename 'nope.safetensors' not found."],
  'gguf-arch': ["Unexpected architecture type in GGUF file: 't5'"],
  'value-list': ["Value not in list: ckpt_name: 'a.safetensors' not in ['b.safetensors']"],
  'invalid-image': ['Custom validation failed for node: image - Invalid image file: missing.png'],
  'pil-unknown': ["PIL.UnidentifiedImageError: cannot identify image file '/srv/input/empty.png'"],
  'out-folder': ['**** ERROR: Saving image outside the output folder is not allowed.'],
  'disk-full': ['OSError: [Errno 28] No space left on device', 'os error 112'],
  perm: ['PermissionError: [WinError 32] The process cannot access the file'],
  'no-class': ['Cannot execute because a node is missing the class_type property.'],
  'no-node': [
    'Cannot execute because node NoSuchNode does not exist.',
    "Node 'X' not found. The custom node may not be installed.",
  ],
  'no-output': ['Prompt has no outputs'],
  'req-missing': ['Required input is missing: width'],
  'type-mismatch': [
    'Return type mismatch between linked nodes: samples, received_type(VAE) mismatch input_type(LATENT)',
  ],
  'min-max': ['Value 0 smaller than min of 1: steps', 'Value 500.0 bigger than max of 100.0'],
  convert: ['Failed to convert an input value to a INT value: steps, , invalid literal'],
  'custom-val': ['Custom validation failed for node: mode - not supported'],
  'ghost-link': [
    "Exception when validating inner node: '99'",
    'Exception when validating node: tuple index out of range',
  ],
  'bad-link': ['Bad linked input, must be a length-2 list of [node_id, slot_index]: samples'],
  'no-workflow': ['no_prompt No prompt provided No prompt provided'],
  'server-trouble': ['500 Internal Server Error\n\nServer got itself in trouble'],
  'api-login': ['Unauthorized: Please login first to use this node.'],
  'api-credits': ['Payment Required: Please add credits to your account to use this node.'],
  interrupted: ['comfy.model_management.InterruptProcessingException'],
  recursion: ['RecursionError: maximum recursion depth exceeded in comparison'],
  'no-cuda': ['AssertionError: Torch not compiled with CUDA enabled'],
  'kernel-image': ['CUDA error: no kernel image is available for execution on the device'],
  'driver-old': ['The NVIDIA driver on your system is too old (found version 11040)'],
  'no-driver': ['RuntimeError: Found no NVIDIA driver on your system.'],
  illegal: ['CUDA error: an illegal memory access was encountered'],
  'launch-fail': ['CUDA error: device-side assert triggered', 'CUBLAS_STATUS_EXECUTION_FAILED'],
  malloc: [
    'UserWarning: cudaMallocAsync is not supported',
    'WARNING: does not support cudaMallocAsync',
  ],
  'xformers-op': [
    'NotImplementedError: No operator found for `memory_efficient_attention_forward`',
  ],
  'xformers-warn': ["WARNING[XFORMERS]: xFormers can't load C++/CUDA extensions."],
  'sage-triton': ["ModuleNotFoundError: No module named 'triton'", 'PassManager::run failed'],
  'sdpa-eager': [
    '`output_attentions` attribute is not supported when using the attn_implementation',
  ],
  'mps-fp8': [
    'Trying to convert Float8_e4m3fn to the MPS backend but it does not have support for that dtype.',
  ],
  black: ['nodes.py:1591: RuntimeWarning: invalid value encountered in cast'],
  noise: ['the output is only noise after adding triton'],
  'import-failed': [
    'Cannot import /srv/custom_nodes/ComfyUI-Foo module for custom nodes: broken',
    '   0.0 seconds (IMPORT FAILED): /srv/custom_nodes/ComfyUI-Foo',
  ],
  'mod-missing': ["ModuleNotFoundError: No module named 'insightface'"],
  dll: ['ImportError: DLL load failed while importing onnxruntime_pybind11_state'],
  'numpy-abi': ['ValueError: numpy.dtype size changed, may indicate binary incompatibility'],
  numba: ['ImportError: Numba needs NumPy 2.0 or less. Got NumPy 2.2.'],
  'import-name': ["ImportError: cannot import name 'cached_download' from 'huggingface_hub'"],
  'frontend-missing': ['comfyui-frontend-package is not installed.'],
  'setup-routes': ["TypeError: setup_routes() missing 1 required positional argument: 'app'"],
  port: ['OSError: [Errno 98] error while attempting to bind on address: address already in use'],
  'db-lock': [
    'Failed to initialize database. Please ensure you have installed the latest requirements.',
  ],
  ssl: ['ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED]'],
  'mgr-sec': ['ERROR: This action is not allowed with this security level configuration.'],
  'git-own': ["fatal: detected dubious ownership in repository at 'D:/ComfyUI'"],
  'gh-rate': ['403 rate limit exceeded for url: https://api.github.com/repos/x/releases'],
  'failed-fetch': ['TypeError: Failed to fetch', 'Reconnecting...'],
  'ws-1006': ['WebSocket closed with code 1006'],
  'ws-400': ['WSServerHandshakeError: Handshake status 502 Bad Gateway'],
  refused: ['connect ECONNREFUSED 127.0.0.1:8188'],
  'origin-403': ['HTTP/1.1 403 Forbidden'],
  'too-large': ['Maximum request body size 104857600 exceeded.', '413: Request Entity Too Large'],
  tls: ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
  auth: ['HTTP/1.1 401 Unauthorized', '<!DOCTYPE html><html><title>Sign in</title>'],
};

const JARGON =
  /\b(stack|exception|null|undefined|NaN|JSON|JSON-RPC|payload|API|HTTP|socket|schema|token|traceback|regex|boolean|string|integer|parse|parsed|object|prompt|widget|invalid|illegal|failed|fatal|abort(ed)?|error)\b/i;

describe('the catalogue of failures', () => {
  it('has the 89 rows of the field reference and 3 of the recordings, each with a text that finds it', () => {
    expect(failureCatalogue.map(({ code }) => code)).toEqual(Object.keys(TEXTS));
    expect(failureCatalogue).toHaveLength(89 + 3);
  });

  it.each(Object.entries(TEXTS))('knows %s', (code, texts) => {
    for (const text of texts) expect(findCauses(text)[0]?.code, text).toBe(code);
  });

  it('ends at least eight rows in ten in a change of the workflow or one exact thing to do', () => {
    const settled = failureCatalogue.filter(
      ({ fix, steps }) => fix !== undefined || steps.some(isExact),
    );
    const share = settled.length / failureCatalogue.length;
    expect(
      share,
      `${String(settled.length)} of ${String(failureCatalogue.length)}`,
    ).toBeGreaterThanOrEqual(0.8);
  });

  it.each(failureCatalogue.map((entry) => [entry.code, entry] as const))(
    'tells %s in whole sentences an artist reads',
    (_code, { title, meaning, otherwise = 'Or so.', steps }) => {
      expect(title).toMatch(/^[A-Z].*[^.!?:]$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(otherwise).toMatch(/^Or .*\.$/);
      expect(steps.length).toBeGreaterThan(0);
      for (const { label } of steps) expect(label).toMatch(/^[A-Z].*[^.:]$/);
      for (const text of [title, meaning, otherwise, ...steps.map(({ label }) => label)]) {
        expect(text.replace(/“[^”]*”/g, '“…”')).not.toMatch(JARGON);
      }
    },
  );

  it('never advises to open unsafe files, to stop checking certificates or to lower protection', () => {
    const said = JSON.stringify(failureCatalogue);
    expect(said).not.toMatch(
      /weights_only|verify\s*=\s*false|bypass_ssl|security_level|trusted-host|watermark/i,
    );
  });

  it('restarts ComfyUI after the card lost its place', () => {
    for (const code of ['illegal', 'launch-fail']) {
      expect(failureEntry(code)?.steps[0]?.label).toMatch(/^Restart ComfyUI/);
    }
  });
});

describe('a text that fits several rows', () => {
  it('keeps the second cause as also possible', () => {
    const { candidates } = explainText(
      'RuntimeError: Error(s) in loading state_dict for X: size mismatch. FileNotFoundError: no such file',
    );
    expect(candidates.map(({ cause }) => cause)).toEqual(['size-mismatch', 'no-file']);
  });

  it('does not offer two wordings of one cause as alternatives', () => {
    const { candidates } = explainText('torch.OutOfMemoryError: Allocation on device');
    expect(candidates).toHaveLength(1);
  });

  it('says nothing about what it does not know', () => {
    expect(explainText('Gesicht nicht gefunden')).toEqual({
      candidates: [],
      steps: [],
      fixes: [],
      raw: 'Gesicht nicht gefunden',
    });
  });
});
