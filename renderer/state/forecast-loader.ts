import type { Disposable } from '../../core/base/disposable.ts';
import type { Result } from '../../core/base/result.ts';
import type { AppError } from '../../core/contract/errors.ts';
import type { Forecast } from '../../core/contract/machine/forecast.schema.ts';
import type { Scheduler } from '../transport/scheduler.ts';
import type { AppState } from './app-state.ts';

/** What loading forecasts needs. */
export interface ForecastLoaderOptions {
  getState(): AppState;
  setState(partial: Partial<AppState>): void;
  readonly scheduler: Scheduler;
  fetch(sessionId: string): Promise<Result<Forecast, AppError>>;
}

/** Edits come in a row; the forecast is for where they end. */
const PAUSE_MS = 250;

/**
 * Keeps the forecast of the open workflow, with the change that waits for an answer: asked for anew when one
 * of these, the server or the last run's end changes. Without an answer there is none, and nobody is bothered.
 */
export function createForecastLoader(options: ForecastLoaderOptions): Disposable & {
  refresh(): void;
} {
  let seen: readonly unknown[] = [];
  let timer: Disposable | undefined;
  let asked = 0;
  const load = async (sessionId: string): Promise<void> => {
    asked += 1;
    const mine = asked;
    const answer = await options.fetch(sessionId);
    if (mine !== asked || options.getState().sessionId !== sessionId) return;
    options.setState({ forecast: answer.ok ? answer.value : null });
  };
  return {
    refresh: () => {
      const { session, workspace, sessionId } = options.getState();
      const { workflow, changeSets, runs } = session?.state ?? {};
      const { connection, hardware } = workspace?.state ?? {};
      const now = [
        sessionId,
        workflow?.document,
        changeSets?.findLast(({ status }) => status === 'proposed'),
        connection?.status,
        connection?.url,
        hardware,
        runs?.filter(({ measured }) => measured !== undefined).length,
      ];
      // Progress and measurements come many times a second and change none of these.
      if (now.every((item, at) => item === seen[at])) return;
      seen = now;
      timer?.dispose();
      if (sessionId === null || !workflow) {
        asked += 1;
        options.setState({ forecast: null });
        return;
      }
      timer = options.scheduler.after(PAUSE_MS, () => void load(sessionId));
    },
    dispose: () => timer?.dispose(),
  };
}
