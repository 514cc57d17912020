import { act, advice, type FailureEntry, runInPython, startWith } from '../failure-entry.ts';

const restart = act('Restart ComfyUI, then run it again');

/** The graphics card, its driver, PyTorch and the libraries on top of it. */
export const driverFailures: readonly FailureEntry[] = [
  {
    code: 'no-cuda',
    pattern: /torch not compiled with cuda enabled/i,
    cause: 'cpu-torch',
    kind: 'failure',
    title: 'PyTorch was installed without support for the graphics card',
    meaning: 'Often a node pack replaced it with a version that only uses the processor.',
    steps: [
      runInPython(
        'pip install --force-reinstall torch torchvision torchaudio --index-url https://download.pytorch.org/whl/cu128',
      ),
    ],
  },
  {
    code: 'kernel-image',
    pattern: /no kernel image is available for execution on the device/i,
    cause: 'torch-card',
    kind: 'failure',
    title: 'PyTorch does not know this graphics card',
    meaning: 'The card is newer or older than the PyTorch that is installed was built for.',
    steps: [
      runInPython(
        'pip install --upgrade torch torchvision torchaudio --index-url https://download.pytorch.org/whl/cu128',
      ),
    ],
  },
  {
    code: 'driver-old',
    pattern: /the nvidia driver on your system is too old/i,
    cause: 'driver',
    kind: 'failure',
    title: 'The driver of the graphics card is too old',
    meaning: 'PyTorch needs a newer driver than the one that is installed.',
    steps: [act('Install the newest NVIDIA driver, then restart the machine')],
  },
  {
    code: 'no-driver',
    pattern:
      /found no nvidia driver on your system|libcuda\.so\.1: cannot open shared object file/i,
    cause: 'no-driver',
    kind: 'failure',
    title: 'There is no driver for the graphics card',
    meaning: 'No NVIDIA driver was found.',
    otherwise: 'Or ComfyUI runs in a container that was started without the card.',
    steps: [act('Install the NVIDIA driver, or start the container with “--gpus all”')],
  },
  {
    code: 'illegal',
    pattern: /an illegal memory access was encountered/i,
    cause: 'card-lost',
    kind: 'failure',
    title: 'The graphics card lost its place',
    meaning:
      'After this ComfyUI cannot calculate any more until it is restarted. Drivers, overclocking or extra attention libraries cause it.',
    steps: [
      restart,
      advice('If it comes back, update the driver and leave out extra attention libraries'),
    ],
  },
  {
    code: 'launch-fail',
    pattern:
      /unspecified launch failure|device-side assert triggered|cublas_status_|cudnn_status_/i,
    cause: 'card-stopped',
    kind: 'failure',
    title: 'The graphics card stopped in the middle of its work',
    meaning: 'After this ComfyUI has to be restarted. A smaller job may go through.',
    steps: [restart],
  },
  {
    code: 'malloc',
    pattern: /cudamallocasync(?=[\s\S]*(?:warning|not support))|does not support cudamallocasync/i,
    cause: 'allocator',
    kind: 'notice',
    title: 'The graphics card does not know ComfyUI’s way of reserving memory',
    meaning: 'Its driver, or the card itself, is too old for it.',
    steps: [startWith('--disable-cuda-malloc')],
  },
  {
    code: 'xformers-op',
    pattern: /no operator found for .?memory_efficient_attention_forward/i,
    cause: 'xformers',
    kind: 'failure',
    title: 'The xFormers library does not fit',
    meaning: 'The library was built for another PyTorch, or cannot do what this model asks.',
    steps: [startWith('--disable-xformers')],
  },
  {
    code: 'xformers-warn',
    pattern: /xformers can't load c\+\+\/cuda extensions/i,
    cause: 'xformers',
    kind: 'notice',
    title: 'The xFormers library does not fit',
    meaning: 'The library was built for another PyTorch, so it is not used.',
    steps: [runInPython('pip install --upgrade xformers'), startWith('--disable-xformers')],
  },
  {
    code: 'sage-triton',
    pattern:
      /no module named '?triton|no module named '?sageattention|sageattention.*import|passmanager::run failed|'tt\.fp_/i,
    cause: 'triton',
    kind: 'failure',
    title: 'A library for faster attention is missing or does not fit',
    meaning: 'Triton or SageAttention is not installed, or the graphics card is too old for it.',
    steps: [
      act('Take “--use-sage-attention” out of the start options of ComfyUI'),
      runInPython('pip install triton'),
    ],
  },
  {
    code: 'sdpa-eager',
    pattern: /attn_implementation|output_attentions/i,
    cause: 'transformers',
    kind: 'failure',
    title: 'A node pack needs another version of a library',
    meaning: 'The transformers library has changed since the pack was written.',
    steps: [advice('Install the version of transformers that the pack names in its requirements')],
  },
  {
    code: 'mps-fp8',
    pattern: /float8_e\dm\d\w* to the mps backend/i,
    cause: 'mac-fp8',
    kind: 'failure',
    title: 'A Mac cannot use models in fp8',
    meaning: 'This file is stored in fp8, which the graphics of a Mac do not know.',
    fix: 'full-precision',
    steps: [act('Use the fp16, bf16 or GGUF version of the same model')],
  },
  {
    code: 'black',
    pattern:
      /invalid value encountered in cast|(?:all|completely|just|only) black (?:image|picture|output)|(?:image|picture|output) (?:is|are|was|came out) (?:all |completely )?black/i,
    cause: 'black',
    kind: 'notice',
    title: 'The picture is black',
    meaning: 'The VAE ran out of number range in fp16.',
    otherwise: 'Or SageAttention does not work with this model.',
    steps: [
      startWith('--bf16-vae'),
      act('Take “--use-sage-attention” out of the start options of ComfyUI'),
    ],
  },
  {
    code: 'noise',
    pattern: /(?:only|just|pure) noise|nothing but noise/i,
    cause: 'noise',
    kind: 'notice',
    title: 'The picture is noise only',
    meaning: 'Compiled parts of the model do not work with this graphics card.',
    steps: [act('Bypass the compile node, and run it again')],
  },
];
