import type { MemoryHolder } from '../../../contract/machine/forecast.schema.ts';
import type { Workload } from '../read-workload.ts';
import type { VramForecast } from './forecast-vram.ts';

const GIB = 1024 ** 3;

/** The forecast in words: the band, whether it fits, who holds the rest, and what was taken for granted. */
export function describeForecast(forecast: VramForecast): readonly string[] {
  const { ram } = forecast;
  return [
    ...answerOf(forecast),
    ...holdersOf(forecast),
    ...(forecast.decodesWhole || forecast.outcome === 'unknown'
      ? []
      : [
          `Decoding in one piece would take ${gigabytes(forecast.decode)} GB, so ComfyUI will use tiles; VAE Decode (Tiled) saves the first attempt.`,
        ]),
    ...(ram < GIB / 2 ? [] : [`The machine itself holds about ${gigabytes(ram)} GB meanwhile.`]),
    groundsOf(forecast),
  ];
}

/** The answer alone: the band, whether it fits, and what that rests on; what was seen here counts for more than what was reckoned. */
export function summariseForecast(
  forecast: VramForecast,
  evidence: readonly string[],
): readonly string[] {
  return [...answerOf(forecast), ...(evidence.length > 0 ? evidence : [groundsOf(forecast)])];
}

/** "+1.2 GB for 2048 × 2048": what a change adds, or saves, and by what; undefined where it makes no difference. */
export function describeAddition(
  before: VramForecast,
  after: VramForecast,
  was: Workload,
  is: Workload,
): string | undefined {
  const difference = after.comfortable - before.comfortable;
  if (Math.abs(difference) < 0.05 * GIB) return undefined;
  const why = reasonOf(was, is);
  const sign = difference > 0 ? '+' : '−';
  return `${sign}${gigabytes(Math.abs(difference))} GB${why === '' ? '' : ` for ${why}`}`;
}

/** "blender holds 2.0 GB and Nuke 5.0 GB of it." ComfyUI's own part is told elsewhere. */
export function describeHolders(holders: readonly MemoryHolder[]): readonly string[] {
  const others = holders.filter(({ isComfy }) => !isComfy).slice(0, NAMED_HOLDERS);
  if (others.length === 0) return [];
  const named = others.map(({ name, bytes }) =>
    bytes === undefined ? name : `${name} (${gigabytes(bytes)} GB)`,
  );
  return [`Other programs on the card: ${named.join(', ')}.`];
}

const NAMED_HOLDERS = 5;

function reasonOf(was: Workload, is: Workload): string {
  const { width, height, frames, batch } = is.size;
  const known = new Set(was.models.map(({ folder, name }) => `${folder}/${name}`));
  const added = is.models.find(({ folder, name }) => !known.has(`${folder}/${name}`));
  return [
    ...(width === was.size.width && height === was.size.height
      ? []
      : [`${String(width)} × ${String(height)}`]),
    ...(frames === was.size.frames ? [] : [`${String(frames)} frames`]),
    ...(batch === was.size.batch ? [] : [`${String(batch)} at once`]),
    ...(added === undefined ? [] : [added.name]),
  ].join(', ');
}

function answerOf(forecast: VramForecast): readonly string[] {
  const least = gigabytes(forecast.minimum);
  const most = gigabytes(Math.max(forecast.minimum, forecast.comfortable));
  const range = least === most ? least : `${least} to ${most}`;
  return [`This needs about ${range} GB of graphics memory.`, ...outcomeOf(forecast)];
}

function groundsOf({ assumptions }: VramForecast): string {
  return `Reckoned for ${assumptions.join(', ')}.`;
}

function outcomeOf({ outcome, card }: VramForecast): readonly string[] {
  const total = card === undefined ? '' : gigabytes(card.total);
  switch (outcome) {
    case 'fits':
      return [`It fits in ${total} GB.`];
    case 'slow':
      return [
        `It does not fit in ${total} GB all at once: ComfyUI will hand the model over in pieces, which is slow.`,
      ];
    case 'does-not-fit':
      return [`It does not fit in ${total} GB; a smaller size, batch or fewer frames would.`];
    case 'unknown':
      return ['How much memory the graphics card has is not known.'];
  }
}

function holdersOf({ card }: VramForecast): readonly string[] {
  if (card === undefined || card.heldByComfy + card.heldByOthers < 0.05 * GIB) return [];
  return [
    `Right now ComfyUI holds ${gigabytes(card.heldByComfy)} GB of it and other programs ${gigabytes(card.heldByOthers)} GB.`,
  ];
}

function gigabytes(bytes: number): string {
  return (bytes / GIB).toFixed(1);
}
