const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** What decides how ComfyUI loads models: its start options, the system, the card. */
export interface LoadingFacts {
  readonly os: string;
  readonly arguments: readonly string[];
  /** Memory of the card in bytes. */
  readonly vramTotal: number;
}

/** Memory that ComfyUI leaves alone, in bytes; `--reserve-vram` replaces it (comfy/model_management.py). */
export function reservedBytes({ os, arguments: flags, vramTotal }: LoadingFacts): number {
  const asked = Number(valueAfter('--reserve-vram', flags));
  if (Number.isFinite(asked)) return asked * GIB;
  const isWindows = os === 'nt' || os === 'win32';
  return (isWindows ? 600 + (vramTotal > 15 * GIB ? 100 : 0) : 400) * MIB;
}

/** What must stay free for calculating, in bytes. */
export function minimumInferenceBytes(facts: LoadingFacts): number {
  return 0.8 * GIB + reservedBytes(facts);
}

/** What ComfyUI makes free before it samples with everything on the card, in bytes. */
export function wantedBytes(weights: number, want: number, facts: LoadingFacts): number {
  return 1.1 * weights + Math.max(minimumInferenceBytes(facts), want + reservedBytes(facts));
}

/** The part of the weights that goes on the card when not all fit; the rest waits in the machine's memory. */
export function partialWeights(free: number, minimum: number, facts: LoadingFacts): number {
  return Math.max(128 * MIB, free - Math.max(minimum, minimumInferenceBytes(facts)));
}

/** Undefined where the option is not there; "--reserve-vram=2" counts too. */
function valueAfter(option: string, flags: readonly string[]): string | undefined {
  const at = flags.findIndex((flag) => flag === option || flag.startsWith(`${option}=`));
  if (at < 0) return undefined;
  return flags[at]?.split('=')[1] ?? flags[at + 1];
}
