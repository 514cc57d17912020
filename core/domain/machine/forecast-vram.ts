import type { SystemStats } from '../../contract/machine.schema.ts';
import { activationNeed } from './activation-need.ts';
import { decodeBytes } from './decode-need.ts';
import { toLatent } from './latent-size.ts';
import { minimumInferenceBytes, partialWeights, wantedBytes } from './loading-policy.ts';
import type { UsedModel, Workload } from './read-workload.ts';

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

/** Bytes of a model file by "folder/name", as far as the server tells. */
export type ModelSizes = ReadonlyMap<string, number>;

/** What a run will need, from ComfyUI's own arithmetic; it is a band, because drivers and packs add their own. */
export function forecastVram(
  workload: Workload,
  sizes: ModelSizes,
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
  const weights = sum(models.filter(isSampled), sizes);
  const want = need.want * MIB;
  const minimum = need.minimum * MIB + GIB;
  const comfortable = wantedBytes(weights, want, facts);
  const decode = decodeBytes(latent, family.vae);
  const available = card === undefined ? 0 : card.total - card.heldByOthers;
  const onCard = Math.min(weights, partialWeights(available, need.minimum * MIB, facts));
  const encoders = sum(
    models.filter(({ part }) => part === 'text-encoder'),
    sizes,
  );
  return {
    comfortable,
    minimum: Math.max(minimum, minimumInferenceBytes(facts)),
    decode,
    ram: encoders + (comfortable <= available ? 0 : weights - onCard),
    outcome: judge(card === undefined ? undefined : available, comfortable, minimum),
    decodesWhole: workload.isDecodeTiled || decode <= available,
    ...(card === undefined ? {} : { card }),
    assumptions: assumptionsOf(workload, sizes),
  };
}

function readCard(stats: SystemStats | undefined): VramForecast['card'] {
  const device = stats?.devices.find(({ type }) => type !== 'cpu');
  if (device === undefined) return undefined;
  const { vramTotal: total, vramFree, torchVramTotal, torchVramFree } = device;
  // ComfyUI counts what torch has reserved and not used as free.
  const others = total - vramFree - (torchVramTotal - torchVramFree);
  return { total, heldByComfy: torchVramTotal, heldByOthers: Math.max(0, others) };
}

/** Text encoders are let go before sampling, and the VAE comes after it. */
function isSampled({ part }: UsedModel): boolean {
  return part === 'checkpoint' || part === 'model' || part === 'lora' || part === 'controlnet';
}

function sum(models: readonly UsedModel[], sizes: ModelSizes): number {
  return models.reduce((bytes, { folder, name, isHalved }) => {
    const own = sizes.get(`${folder}/${name}`) ?? 0;
    return bytes + (isHalved ? own / 2 : own);
  }, 0);
}

function judge(
  available: number | undefined,
  comfortable: number,
  minimum: number,
): VramForecast['outcome'] {
  if (available === undefined) return 'unknown';
  if (comfortable <= available) return 'fits';
  return minimum <= available ? 'slow' : 'does-not-fit';
}

function assumptionsOf(workload: Workload, sizes: ModelSizes): readonly string[] {
  const { family, size, models } = workload;
  const unknown = models.filter(({ folder, name }) => !sizes.has(`${folder}/${name}`));
  const { width, height, frames, batch } = size;
  const picture = `${String(width)} × ${String(height)}`;
  return [
    workload.isFamilyKnown ? family.name : 'a model of an unknown family',
    workload.isSizeKnown ? picture : `${picture}, because the workflow does not say the size`,
    ...(frames > 1 ? [`${String(frames)} frames`] : []),
    ...(batch > 1 ? [`${String(batch)} at once`] : []),
    '16-bit numbers and fast attention',
    ...(unknown.length === 0
      ? []
      : [`without ${unknown.map(({ name }) => name).join(', ')}, whose size is not known`]),
  ];
}
