import type { ReactNode } from 'react';

/** How far something is, 0..1. */
export function ProgressBar({
  label,
  fraction,
}: {
  readonly label: string;
  readonly fraction: number;
}): ReactNode {
  const percent = Math.round(fraction * 100);
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span style={{ transform: `scaleX(${String(fraction)})` }} />
    </div>
  );
}
