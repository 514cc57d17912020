import { randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import { createClock } from './create-clock.ts';

/** 36^4, the room for what happens within one millisecond. */
const SPREAD = 36 ** 4;

/**
 * Random UUIDs, and ids such as "turn-mfq2x81k0a3f9z": milliseconds in base 36 (nine digits until the
 * year 5188), then four digits that start at random in every millisecond and count up, so that ids
 * of one process sort in the order they were made.
 */
export function createIds(clock: Pick<Clock, 'now'> = createClock()): Ids {
  let lastTime = 0;
  let tail = 0;
  return {
    uuid: () => randomUUID(),
    next: (prefix) => {
      const now = Math.max(clock.now(), lastTime);
      // Half the room is kept for counting up.
      tail = now === lastTime ? tail + 1 : randomInt(SPREAD / 2);
      lastTime = now;
      return `${prefix}-${inBase36(now, 9)}${inBase36(tail, 4)}`;
    },
  };
}

function inBase36(value: number, digits: number): string {
  return value.toString(36).padStart(digits, '0');
}
