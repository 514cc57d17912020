import type { Ids } from '../../../core/ports/ids.ts';

/** Ids that count up, so that a test can name them: "turn-1", "00000000-0000-4000-8000-000000000001". */
export function createCountingIds(): Ids {
  let count = 0;
  return {
    uuid: () => {
      count += 1;
      return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
    },
    next: (prefix) => {
      count += 1;
      return `${prefix}-${String(count)}`;
    },
  };
}
