import { ok } from '../../base/result.ts';
import type { Agent } from '../../agent/create-agent.ts';
import type { Handlers } from '../../contract/wire/server.ts';
import type { HostConnection } from './connection.ts';

type MachineMethods = 'machine/forecast' | 'machine/peaks' | 'machine/forget-peaks';

/** What a run will need of the machine, and what earlier ones took. */
export function createMachineHandlers(
  agent: Agent,
): Pick<Handlers<HostConnection>, MachineMethods> {
  const { sessions, forecasts } = agent;
  return {
    'machine/forecast': async ({ sessionId, changeSetId }) => {
      const store = await sessions.open(sessionId);
      return store.ok ? forecasts.forecast(store.value.state, changeSetId) : store;
    },
    'machine/peaks': async () => ok({ peaks: [...forecasts.peaks] }),
    'machine/forget-peaks': async () => {
      await forecasts.forget();
      return ok({});
    },
  };
}
