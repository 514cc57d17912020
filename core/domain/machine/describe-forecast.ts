import type { VramForecast } from './forecast-vram.ts';

const GIB = 1024 ** 3;

/** The forecast in words: the band, whether it fits, who holds the rest, and what was taken for granted. */
export function describeForecast(forecast: VramForecast): readonly string[] {
  const { comfortable, minimum, ram, assumptions } = forecast;
  return [
    `This needs about ${gigabytes(minimum)} to ${gigabytes(Math.max(minimum, comfortable))} GB of graphics memory.`,
    ...outcomeOf(forecast),
    ...holdersOf(forecast),
    ...(forecast.decodesWhole || forecast.outcome === 'unknown'
      ? []
      : [
          `Decoding in one piece would take ${gigabytes(forecast.decode)} GB, so ComfyUI will use tiles; VAE Decode (Tiled) saves the first attempt.`,
        ]),
    ...(ram < GIB / 2 ? [] : [`The machine itself holds about ${gigabytes(ram)} GB meanwhile.`]),
    `Reckoned for ${assumptions.join(', ')}.`,
  ];
}

/** "The change adds 1.2 GB.", or what it saves; nothing when it makes no difference that shows. */
export function describeDifference(before: VramForecast, after: VramForecast): string {
  const difference = after.comfortable - before.comfortable;
  if (Math.abs(difference) < 0.05 * GIB) return 'The change makes no difference to the memory.';
  return difference > 0
    ? `The change adds ${gigabytes(difference)} GB.`
    : `The change saves ${gigabytes(-difference)} GB.`;
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
