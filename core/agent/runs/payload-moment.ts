import type { PayloadMoment } from '../../domain/workflow/payload/write/payload-moment.ts';
import type { Digest } from '../../ports/ids.ts';

/**
 * What ComfyUI's page would take from its surroundings when it queues: the local time, and chance. The
 * choices follow from the run's own id, so that a replay of the session makes the same payload.
 */
export function payloadMoment(now: number, promptId: string, digest: Digest): PayloadMoment {
  const date = new Date(now);
  let picks = 0;
  return {
    now: {
      year: date.getFullYear(),
      month: date.getMonth() + 1,
      day: date.getDate(),
      hour: date.getHours(),
      minute: date.getMinutes(),
      second: date.getSeconds(),
    },
    pick: (count) => {
      picks += 1;
      return Number.parseInt(digest(`${promptId} ${String(picks)}`).slice(0, 8), 16) % count;
    },
  };
}
