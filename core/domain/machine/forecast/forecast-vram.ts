import type { SystemStats } from '../../../contract/machine/machine.schema.ts';
import { activationNeed } from './activation-need.ts';
import { decodeBytes } from './decode-need.ts';
import { toLatent } from './latent-size.ts';
import { minimumInferenceBytes, partialWeights, wantedBytes } from './loading-policy.ts';
import { mainDevice } from '../hardware/match-gpu.ts';
import type { UsedModel, Workload } from '../read-workload.ts';
import { type KnownModel, type KnownModels, loadedBytes, modelKey } from './known-models.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** A band of the memory that a run will need; bytes. */
export interface VramForecast {
  /** Everything on the card at once: quick. */
  readonly comfortable: number;
  /** Weights handed over piece by piece: slow, but it works. */
  readonly minimum: number;
  /** What decoding takes without tiles. */
  readonly decode: number;
  /** What the machine's own memory has to hold meanwhile. */
  readonly ram: number;
  readonly outcome: 'fits' | 'slow' | 'does-not-fit' | 'unknown';
  /** What the decode will do: ComfyUI falls back to tiles by itself. */
  readonly decodesWhole: boolean;
  /** The card, and who holds what of it; absent where there is no graphics card. */
  readonly card?: {
    readonly total: number;
    readonly heldByComfy: number;
    readonly heldByOthers: number;
  };
  /** What was taken for granted. */
  readonly assumptions: readonly string[];
}

/**
 * What a run will need, from ComfyUI's own arithmetic; it is a band, because drivers and packs add their own.
 * Text encoders are let go before sampling, and the VAE comes after it.
 */
export function forecastVram(
  workload: Workload,
  known: KnownModels,
  stats: SystemStats | undefined,
): VramForecast {
  const { family, size, models } = workload;
  const card = readCard(stats);
  const facts = {
    os: stats?.os ?? 'posix',
    arguments: stats?.arguments ?? [],
    vramTotal: card?.total ?? 0,
  };
  const latent = toLatent(size, family);
  const need = activationNeed(latent, family.factor);
  const loaded = models.map((model) => loadedBytes(model, known));
  const weights = sum(loaded.map(({ model }) => model));
  const want = need.want * MIB;
  const minimum = need.minimum * MIB + GIB;
  const comfortable = wantedBytes(weights, want, facts);
  const decode = decodeBytes(latent, family.vae);
  const available = card === undefined ? 0 : card.total - card.heldByOthers;
  const onCard = Math.min(weights, partialWeights(available, need.minimum * MIB, facts));
  const encoders = sum(loaded.map(({ textEncoder }) => textEncoder));
  return {
    comfortable,
    minimum: Math.max(minimum, minimumInferenceBytes(facts)),
    decode,
    ram: encoders + (comfortable <= available ? 0 : weights - onCard),
    outcome: judge(card === undefined ? undefined : available, comfortable, minimum),
    decodesWhole: workload.isDecodeTiled || decode <= available,
    ...(card === undefined ? {} : { card }),
    assumptions: assumptionsOf(workload, known),
  };
}

function readCard(stats: SystemStats | undefined): VramForecast['card'] {
  const device = mainDevice(stats?.devices);
  if (device === undefined) return undefined;
  const { vramTotal: total, vramFree, torchVramTotal, torchVramFree } = device;
  // ComfyUI counts what torch has reserved and not used as free.
  const others = total - vramFree - (torchVramTotal - torchVramFree);
  return { total, heldByComfy: torchVramTotal, heldByOthers: Math.max(0, others) };
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((bytes, size) => bytes + size, 0);
}

/** Whether it fits in what is available; bytes, undefined where there is no graphics card. */
export function judge(
  available: number | undefined,
  comfortable: number,
  minimum: number,
): VramForecast['outcome'] {
  if (available === undefined) return 'unknown';
  if (comfortable <= available) return 'fits';
  return minimum <= available ? 'slow' : 'does-not-fit';
}

function assumptionsOf(workload: Workload, known: KnownModels): readonly string[] {
  const { family, size, models } = workload;
  const unknown = models.filter((model) => !known.has(modelKey(model)));
  const published = models.filter((model) => known.get(modelKey(model))?.isPublished === true);
  const sized = models.filter((model) => isKnownBySize(known.get(modelKey(model))));
  const { width, height, frames, batch } = size;
  const picture = `${String(width)} × ${String(height)}`;
  return [
    workload.isFamilyKnown ? family.name : 'a model of an unknown family',
    workload.isSizeKnown ? picture : `${picture}, because the workflow does not say the size`,
    ...(frames > 1 ? [`${String(frames)} frames`] : []),
    ...(batch > 1 ? [`${String(batch)} at once`] : []),
    '16-bit numbers and fast attention',
    ...sayOf(sized, (names) =>
      sized.length === models.length
        ? 'with model files known by their size only'
        : `with ${names} known by size only`,
    ),
    ...sayOf(published, (names) => `with ${names} at published size`),
    ...sayOf(unknown, (names) => `without ${names}, whose size is not known`),
  ];
}

function isKnownBySize(known: KnownModel | undefined): boolean {
  return known !== undefined && known.header === undefined && known.isPublished !== true;
}

/** Nothing of no files. */
function sayOf(files: readonly UsedModel[], say: (names: string) => string): readonly string[] {
  return files.length === 0 ? [] : [say(files.map(({ name }) => name).join(', '))];
}
