import { type Disposable, createDisposableBag } from '../../base/disposable.ts';
import type { SessionAction } from '../../contract/actions.ts';
import { type AgentPool, SUBSCRIPTIONS } from '../agents/agent-pool.ts';
import { changedParts } from './changed-parts.ts';
import {
  type SessionPart,
  parseResourceUri,
  receiptUri,
  runUri,
  sessionUri,
} from './resource-uris.ts';

/** Tells when something at an address is new. */
export interface ResourceWatch extends Disposable {
  /** Watches an address until disposed; several watchers of one session share one subscription. */
  watch(uri: string): Disposable;
}

interface Watched {
  watchers: number;
  readonly stop: Disposable;
}

/** Makes the watch; `tell` hears every address that changed, those nobody asked about included. */
export function createResourceWatch(pool: AgentPool, tell: (uri: string) => void): ResourceWatch {
  const sessions = new Map<string, Watched>();
  const CURRENT_SESSION = '';

  const tellAbout = (
    sessionId: string | undefined,
    action: SessionAction,
    parts: readonly SessionPart[],
  ): void => {
    // Told by progress instead, and no news at all: whoever looks because of news would never come to rest.
    if (action.type === 'run/progress' || action.type === 'turn/looked') return;
    for (const part of parts) tell(sessionUri(sessionId, part));
    tell(sessionUri(sessionId));
    const promptId = promptIdOf(action);
    if (promptId === undefined) return;
    tell(runUri(sessionId, promptId));
    // Closed when the run is; whoever reads it then waits until it is written.
    if (action.type === 'run/ended' || action.type === 'run/verified') {
      tell(receiptUri(sessionId, promptId));
    }
  };
  /** Follows one session. */
  const follow = (sessionId: string, isCurrent: boolean): Disposable => {
    const bag = createDisposableBag();
    void pool.lease(SUBSCRIPTIONS).then(async (leased) => {
      if (!leased.ok) return;
      bag.add({ dispose: leased.value.release });
      const mirror = await leased.value.agent.mirrors.watch(sessionId);
      if (!mirror.ok) return;
      bag.add(mirror.value);
      let seen = mirror.value.state;
      bag.add(
        mirror.value.onAction((action) => {
          const parts = changedParts(seen, mirror.value.state);
          seen = mirror.value.state;
          tellAbout(sessionId, action, parts);
          if (isCurrent) tellAbout(undefined, action, parts);
        }),
      );
    });
    return bag;
  };
  /** Follows whichever session is the artist's current one; the list of sessions says when to look again. */
  const followCurrent = (): Disposable => {
    const bag = createDisposableBag();
    let followed: { readonly sessionId: string; readonly stop: Disposable } | undefined;
    bag.add({ dispose: () => followed?.stop.dispose() });
    void pool.lease(SUBSCRIPTIONS).then(async (leased) => {
      if (!leased.ok) return;
      const { agent, release } = leased.value;
      bag.add({ dispose: release });
      const look = async (): Promise<void> => {
        const current = await agent.client.call('session/current', {});
        const sessionId = current.ok ? current.value.sessionId : null;
        if (sessionId === null || sessionId === followed?.sessionId) return;
        const isChange = followed !== undefined;
        followed?.stop.dispose();
        followed = { sessionId, stop: follow(sessionId, true) };
        if (isChange)
          for (const part of [undefined, ...ALL_PARTS]) tell(sessionUri(undefined, part));
      };
      bag.add(
        agent.client.onNotification((notification) => {
          if (notification.channel !== 'workspace') return;
          if (notification.envelope.action.type === 'sessions/changed') void look();
        }),
      );
      await agent.client.call('workspace/subscribe', {});
      await look();
    });
    return bag;
  };

  return {
    watch: (uri) => {
      const address = parseResourceUri(uri);
      if (address?.kind !== 'session' && address?.kind !== 'run' && address?.kind !== 'receipt') {
        // Pictures, node classes and troubleshooting pages do not change while they are there.
        return { dispose: () => undefined };
      }
      const key = address.sessionId ?? CURRENT_SESSION;
      const watched = sessions.get(key) ?? {
        watchers: 0,
        stop: key === CURRENT_SESSION ? followCurrent() : follow(key, false),
      };
      watched.watchers += 1;
      sessions.set(key, watched);
      let isHeld = true;
      return {
        dispose: () => {
          if (!isHeld) return;
          isHeld = false;
          watched.watchers -= 1;
          if (watched.watchers > 0) return;
          sessions.delete(key);
          watched.stop.dispose();
        },
      };
    },
    dispose: () => {
      for (const { stop } of sessions.values()) stop.dispose();
      sessions.clear();
    },
  };
}

const ALL_PARTS: readonly SessionPart[] = ['workflow', 'payload', 'changes', 'review', 'run'];

function promptIdOf(action: SessionAction): string | undefined {
  if (action.type === 'run/proposed') return action.run.promptId;
  return 'promptId' in action ? action.promptId : undefined;
}
