import type { ModelGrid } from './model-grid.ts';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How far a trained size may be from the wanted ratio and still be taken for it. */
const BUCKET_TOLERANCE = 0.05;

/**
 * The size of a ratio (width over height) on the grid that keeps `area`, in pixels. Where the model has sizes
 * of its own near the ratio and the area is about theirs, one of those.
 */
export function fitRatio(ratio: number, area: number, model: ModelGrid): Size {
  const bucket = nearestBucket(ratio, area, model);
  if (bucket !== undefined) return bucket;
  const { grid } = model;
  let best: Size = { width: grid, height: grid };
  let least = Infinity;
  const around = Math.max(1, Math.round(Math.sqrt(area / ratio) / grid));
  for (let rows = Math.max(1, around - 4); rows <= around + 4; rows += 1) {
    const columns = Math.max(1, Math.round((ratio * rows * grid) / grid));
    const error =
      3 * Math.abs(Math.log(columns / rows / ratio)) +
      Math.abs(Math.log((columns * rows * grid * grid) / area));
    if (error < least) {
      least = error;
      best = { width: columns * grid, height: rows * grid };
    }
  }
  return best;
}

/** The nearest size on the grid; never below one cell. */
export function onGrid(size: Size, grid: number): Size {
  const snap = (side: number): number => Math.max(grid, Math.round(side / grid) * grid);
  return { width: snap(size.width), height: snap(size.height) };
}

/** "1344 × 768". */
export function describeSize(size: Size): string {
  return `${String(size.width)} × ${String(size.height)}`;
}

function nearestBucket(ratio: number, area: number, model: ModelGrid): Size | undefined {
  if (model.buckets === undefined || Math.abs(Math.log(area / model.area)) > 0.2) return undefined;
  const isPortrait = ratio < 1;
  const wanted = isPortrait ? 1 / ratio : ratio;
  const [first] = [...model.buckets].sort(
    (a, b) => distance(a[0] / a[1], wanted) - distance(b[0] / b[1], wanted),
  );
  if (first === undefined || distance(first[0] / first[1], wanted) > BUCKET_TOLERANCE)
    return undefined;
  const [width, height] = first;
  return isPortrait ? { width: height, height: width } : { width, height };
}

function distance(a: number, b: number): number {
  return Math.abs(Math.log(a / b));
}
