import { act, advice, type FailureEntry, say, startWith } from '../failure-entry.ts';

const runAgain = say('Run it again');
const smaller = say('Make it smaller');
const oneByOne = say('Set the batch size to 1');
const closeOthers = advice('Close other programs that use the graphics card');

const vram = {
  cause: 'vram',
  kind: 'memory',
  title: 'The graphics card ran out of memory',
  meaning: 'This step needs more memory than the graphics card has free.',
  detail: readMemoryNumbers,
  fix: 'less-vram',
} as const;

/** Memory of the graphics card and of the machine. The texts are PyTorch's, ComfyUI's and the systems'. */
export const memoryFailures: readonly FailureEntry[] = [
  {
    ...vram,
    code: 'oom-cuda',
    pattern:
      /cuda out of memory|torch\.(?:cuda\.)?outofmemoryerror|not enough gpu video memory|cuda error: out of memory/i,
    steps: [smaller, oneByOne, closeOthers],
  },
  {
    ...vram,
    code: 'oom-alloc',
    pattern: /allocation on device(?! \S+ would exceed)/i,
    steps: [smaller, oneByOne, runAgain, closeOthers],
  },
  {
    ...vram,
    code: 'oom-limit',
    pattern: /would exceed allowed memory/i,
    steps: [smaller, oneByOne, startWith('--vram-headroom 2')],
  },
  { ...vram, code: 'oom-hip', pattern: /hip out of memory/i, steps: [smaller, oneByOne] },
  {
    ...vram,
    code: 'oom-mps',
    pattern: /mps backend out of memory/i,
    title: 'The memory that the Mac shares with its graphics is full',
    meaning: 'On a Mac the picture and everything else share one memory, and it is full.',
    steps: [smaller, oneByOne, advice('Close other programs')],
  },
  {
    code: 'oom-vae',
    pattern: /ran out of memory when regular vae (?:de|en)coding/i,
    cause: 'vae-retried',
    kind: 'notice',
    title: 'The picture was decoded in tiles',
    meaning:
      'The whole picture did not fit, so ComfyUI decoded it again in tiles. Nothing is wrong; it only took longer.',
    fix: 'tile-decode',
    steps: [act('Use VAE Decode (Tiled), which skips the first attempt')],
  },
  {
    code: 'ram-kill',
    pattern:
      /^\s*(?:\S+: line \d+: +\d+ )?killed\b|exit(?:ed)?(?: with)?(?: code| status)? 137\b|signal 9\b|sigkill|oom-kill/im,
    cause: 'ram',
    kind: 'memory',
    title: 'The machine ran out of memory and ended ComfyUI',
    meaning:
      'The system stopped ComfyUI because the machine itself had no memory left, most often while a model was being loaded.',
    fix: 'less-memory',
    steps: [startWith('--cache-none'), advice('Use smaller text encoders, or a larger page file')],
  },
  {
    code: 'pagefile',
    pattern: /os error 1455|paging file is too small/i,
    cause: 'page-file',
    kind: 'memory',
    title: 'Windows ran out of memory',
    meaning: 'Windows could not promise enough memory to load a model: its page file is too small.',
    steps: [
      act('In the Windows settings for performance, let the system manage the page file size'),
      act('Restart ComfyUI, so that models of earlier runs are let go'),
    ],
  },
  {
    code: 'cpu-alloc',
    pattern: /defaultcpuallocator|can't allocate memory|numpy\S*arraymemoryerror|\bmemoryerror\b/i,
    cause: 'ram',
    kind: 'memory',
    title: 'The machine ran out of memory',
    meaning:
      'The memory of the machine itself is full. Frames count: each takes 12 bytes for every pixel, several times over.',
    detail: readMemoryNumbers,
    fix: 'less-memory',
    steps: [smaller, oneByOne, advice('Work on the frames in parts')],
  },
  {
    code: 'big-tensor',
    pattern:
      /invalid configuration argument|integer multiplication overflow|cannot convert float infinity to integer/i,
    cause: 'too-large',
    kind: 'memory',
    title: 'This is too large for one step',
    meaning: 'The picture or the number of frames is larger than this step can count.',
    fix: 'less-memory',
    steps: [smaller, oneByOne],
  },
];

/** "It asked for 2.0 GB.", from any of the wordings; nothing when there are no numbers. */
function readMemoryNumbers(said: string): string | undefined {
  const wanted = /(?:tried to allocate|requested\s*:)\s*([\d.]+)\s*([kmgt]i?b|bytes)/i.exec(said);
  const limit = /(?:device limit\s*:|total capacity of)\s*([\d.]+)\s*([kmgt]i?b|bytes)/i.exec(said);
  const parts = [
    wanted === null ? '' : `It asked for ${gigabytes(wanted)} more`,
    limit === null ? '' : `of ${gigabytes(limit)} in all`,
  ].filter((part) => part !== '');
  return wanted === null ? undefined : `${parts.join(', ')}.`;
}

/** How much memory the card has, in GB, when the text tells; for "Does not fit in 24 GB". */
export function readCapacity(said: string): number | undefined {
  const limit = /(?:device limit\s*:|total capacity of)\s*([\d.]+)\s*([kmgt]i?b|bytes)/i.exec(said);
  return limit === null ? undefined : Math.round(toBytes(limit) / 1024 ** 3);
}

function gigabytes(found: RegExpExecArray): string {
  const size = toBytes(found) / 1024 ** 3;
  return size < 1 ? `${(size * 1024).toFixed(0)} MB` : `${size.toFixed(1)} GB`;
}

function toBytes([, amount = '0', unit = 'b']: RegExpExecArray): number {
  const power = 'bkmgt'.indexOf(unit.charAt(0).toLowerCase());
  return Number(amount) * 1024 ** Math.max(0, power);
}
