import {
  type MeasuredNode,
  type RunTimes,
  learnTimes,
} from '../../../domain/run/pace/run-times.ts';
import type { Log } from '../../../ports/log.ts';
import type { RunTimesRepository } from '../../../ports/repositories.ts';

/** How long node classes take on each server, learned from the runs so far and kept over restarts. */
export interface LearnedTimes {
  readonly now: RunTimes;
  load(): Promise<void>;
  learn(server: string, measured: readonly MeasuredNode[]): void;
}

/** Makes them, knowing nothing until loaded. Not being able to keep them harms no run. */
export function createLearnedTimes(repository: RunTimesRepository, log: Log): LearnedTimes {
  let now: RunTimes = {};
  let saving: Promise<void> | undefined;
  let isNewer = false;
  const save = async (): Promise<void> => {
    while (isNewer) {
      isNewer = false;
      const saved = await repository.save(now);
      if (!saved.ok) log.warn('run-times/not-saved', { code: saved.error.code });
    }
    saving = undefined;
  };
  return {
    get now() {
      return now;
    },
    load: async () => {
      now = await repository.load();
    },
    learn: (server, measured) => {
      const next = learnTimes(now, server, measured);
      if (next === now) return;
      now = next;
      isNewer = true;
      saving ??= save();
    },
  };
}
