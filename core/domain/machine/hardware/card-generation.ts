import type { HardwareGpu } from '../../../contract/machine/hardware.schema.ts';

type Precisions = HardwareGpu['precisions'];

/** A generation of cards and how it deals with the number formats of models. */
export interface CardGeneration {
  readonly name: string;
  readonly precisions: Precisions;
}

const hardware = 'hardware';
const storage = 'storage';
const unknown = 'unknown';

function generation(name: string, [fp16, bf16, fp8, fp4]: readonly [...Levels]): CardGeneration {
  return { name, precisions: { fp16, bf16, fp8, fp4 } };
}
type Level = Precisions['fp16'];
type Levels = [Level, Level, Level, Level];

/** Older than half precision at full speed: it is stored, and calculated in 32 bits. */
const old: Levels = [storage, storage, storage, unknown];
const maxwell = generation('Maxwell', old);
const pascal = generation('Pascal', old);
const volta = generation('Volta', [hardware, storage, storage, unknown]);
const turing = generation('Turing', [hardware, storage, storage, unknown]);
const ampere = generation('Ampere', [hardware, hardware, storage, unknown]);
const ada = generation('Ada Lovelace', [hardware, hardware, hardware, unknown]);
const hopper = generation('Hopper', [hardware, hardware, hardware, unknown]);
const blackwell = generation('Blackwell', [hardware, hardware, hardware, hardware]);
const rdna2 = generation('RDNA 2', [hardware, storage, storage, unknown]);
const rdna3 = generation('RDNA 3', [hardware, hardware, storage, unknown]);
const rdna4 = generation('RDNA 4', [hardware, hardware, hardware, unknown]);
const cdna2 = generation('CDNA 2', [hardware, hardware, storage, unknown]);
const cdna3 = generation('CDNA 3', [hardware, hardware, hardware, unknown]);
const cdna4 = generation('CDNA 4', [hardware, hardware, hardware, hardware]);
const arc = generation('Arc', [hardware, hardware, storage, unknown]);
/** Its library has no 8-bit floating point, so such a model does not load at all. */
const apple = generation('Apple silicon', [hardware, unknown, 'none', 'none']);

/** What nothing is known of. */
export const unknownPrecisions: Precisions = {
  fp16: unknown,
  bf16: unknown,
  fp8: unknown,
  fp4: unknown,
};

/** The generation of an NVIDIA card by its compute capability, e.g. "8.9" (NVIDIA's table of CUDA GPUs). */
export function generationOfCapability(capability: string): CardGeneration | undefined {
  const [major = Number.NaN, minor = 0] = capability.split('.').map(Number);
  if (major >= 10) return blackwell;
  if (major === 9) return hopper;
  if (major === 8) return minor >= 9 ? ada : ampere;
  if (major === 7) return minor >= 5 ? turing : volta;
  if (major === 6) return pascal;
  return major === 5 ? maxwell : undefined;
}

/** The generation of an AMD card by the name of its instruction set, e.g. "gfx1100". */
export function generationOfArchitecture(architecture: string): CardGeneration | undefined {
  return BY_ARCHITECTURE.find(([pattern]) => pattern.test(architecture))?.[1];
}

/** The generation by a card's name, where nothing better is known, as of a card in another machine. */
export function generationOfName(name: string): CardGeneration | undefined {
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
}

const BY_ARCHITECTURE: readonly (readonly [RegExp, CardGeneration])[] = [
  [/^gfx120/, rdna4],
  [/^gfx11/, rdna3],
  [/^gfx103/, rdna2],
  [/^gfx950/, cdna4],
  [/^gfx94/, cdna3],
  [/^gfx90a/, cdna2],
];

const BY_NAME: readonly (readonly [RegExp, CardGeneration])[] = [
  [/\bapple\b|^mps$/i, apple],
  [/\bblackwell\b|\brtx\s*50\d\d\b|\bg?b[123]00\b/i, blackwell],
  [/\bhopper\b|\bg?h[12]00\b|\bh20\b/i, hopper],
  [/\bada\b|\brtx\s*40\d\d\b|\bl40s?\b|\bl4\b|\brtx\s*(?:2000|4000|4500|5000|6000)\s*ada/i, ada],
  [/\brtx\s*30\d\d\b|\brtx\s*a\d{4}\b|\ba(?:100|800|10g?|16|30|40)\b/i, ampere],
  [
    /\brtx\s*20\d\d\b|\bgtx\s*16\d\d\b|\bquadro\s*rtx\b|\btitan\s*rtx\b|\bt4\b|\bt\d{3,4}\b/i,
    turing,
  ],
  [/\bv100\b|\btitan\s*v\b/i, volta],
  [/\bgtx\s*10\d\d\b|\bquadro\s*g?p\d+|\btitan\s*x\s*p?|\bp(?:100|40|4)\b/i, pascal],
  [/\bgtx\s*9\d\d\b|\bquadro\s*m\d+|\bm(?:40|60)\b/i, maxwell],
  [/\brx\s*90\d\d\b|\bai\s*pro\s*r9\d+/i, rdna4],
  [/\brx\s*7\d{3}\b|\bradeon\s*pro\s*w7\d{3}\b/i, rdna3],
  [/\brx\s*6\d{3}\b|\bradeon\s*pro\s*w6\d{3}\b/i, rdna2],
  [/\bmi35\d\b/i, cdna4],
  [/\bmi3\d\d/i, cdna3],
  [/\bmi2\d\d/i, cdna2],
  [/\barc\b/i, arc],
];
