import { ok } from '../../base/result.ts';
import type { Agent } from '../../agent/create-agent.ts';
import type { Handlers } from '../../contract/wire/server.ts';
import type { ListedServers } from '../servers/name-servers.ts';
import type { HostConnection } from './connection.ts';

type ServerMethods =
  | 'comfy/connect'
  | 'comfy/discover'
  | 'server/save'
  | 'server/remove'
  | 'server/test'
  | 'server/trust';

/** Which ComfyUI there are, which one is used, and what lets us in. */
export function createServerHandlers(
  agent: Agent,
  discover: () => Promise<ListedServers>,
): Pick<Handlers<HostConnection>, ServerMethods> {
  const { servers, link } = agent;
  return {
    'comfy/connect': async ({ target, sessionId }) => {
      if (typeof target !== 'object') {
        // From now on none is chosen, so that one is looked for.
        const changed = await agent.changeSettings({ comfyUrl: null });
        if (!changed.ok) return changed;
        const connected = await link.connect(target);
        return connected.ok ? ok({}) : connected;
      }
      // A password in the address is kept as a secret, and only the rest is stored and shown.
      const url = await servers.keepAddress(target.url);
      if (!url.ok) return url;
      const connected = await link.connect({ url: url.value });
      if (!connected.ok) return connected;
      const changed = await agent.changeSettings({ comfyUrl: url.value });
      if (!changed.ok) return changed;
      const store = sessionId === undefined ? undefined : await agent.sessions.open(sessionId);
      if (store?.ok === true) {
        store.value.dispatch({ type: 'session/server-chosen', server: url.value });
      }
      return ok({});
    },
    'comfy/discover': async () => ok(await discover()),
    'server/save': async ({ server, replaces }) => {
      const settings = await servers.save(server, replaces);
      return settings.ok ? ok({ settings: settings.value }) : settings;
    },
    'server/remove': async ({ url }) => {
      const settings = await servers.remove(url);
      return settings.ok ? ok({ settings: settings.value }) : settings;
    },
    'server/test': async ({ server, replaces }) => {
      const answer = await servers.test(server, replaces);
      return answer.ok ? ok({ server: answer.value }) : answer;
    },
    'server/trust': async ({ url, fingerprint }) => {
      const settings = await servers.trust(url, fingerprint);
      return settings.ok ? ok({ settings: settings.value }) : settings;
    },
  };
}
