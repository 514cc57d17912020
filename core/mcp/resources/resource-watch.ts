import { type Disposable, createDisposableBag } from '../../base/disposable.ts';
import { assertNever } from '../../base/result.ts';
import type { SessionAction } from '../../contract/actions.ts';
import { type AgentPool, SUBSCRIPTIONS } from '../agents/agent-pool.ts';
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

  const tellAbout = (sessionId: string | undefined, action: SessionAction): void => {
    if (action.type === 'turn/looked' || action.type === 'run/progress') return;
    for (const part of partsChangedBy(action)) tell(sessionUri(sessionId, part));
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
      bag.add(
        mirror.value.onAction((action) => {
          tellAbout(sessionId, action);
          if (isCurrent) tellAbout(undefined, action);
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

/** Which parts of a session an action makes new. */
function partsChangedBy({ type }: SessionAction): readonly SessionPart[] {
  switch (type) {
    case 'workflow/loaded':
    case 'changeset/applied':
    case 'history/undone':
    case 'history/redone':
    case 'history/went-to':
      return ['workflow', 'payload', 'changes', 'review'];
    case 'changeset/proposed':
    case 'changeset/accepted':
    case 'changeset/rejected':
    case 'changeset/stale':
    case 'changeset/rebased':
      return ['changes', 'review'];
    case 'run/proposed':
    case 'run/released':
    case 'run/queued':
    case 'run/queue-moved':
    case 'run/started':
    case 'run/stalled':
    case 'run/kept-waiting':
    case 'run/output':
    case 'run/ended':
    case 'run/verified':
      return ['run'];
    case 'session/created':
    case 'session/renamed':
    case 'session/server-chosen':
    case 'workflow/saved':
    case 'turn/started':
    case 'turn/text':
    case 'turn/suggestions':
    case 'turn/tool-call':
    case 'turn/tool-call-moved':
    case 'turn/moved':
    case 'turn/error':
    case 'history/checkpointed':
    // The runs of a plan tell of themselves.
    case 'batch/proposed':
    case 'batch/accepted':
    case 'batch/rejected':
    case 'batch/item-refused':
    case 'batch/item-left-out':
    case 'batch/item-retried':
    case 'batch/paused':
    case 'batch/continued':
    case 'batch/ended':
      return [];
    // Told by progress instead, and no news at all: whoever looks because of news would never come to rest.
    case 'run/progress':
    case 'turn/looked':
      return [];
    default:
      return assertNever(type);
  }
}

function promptIdOf(action: SessionAction): string | undefined {
  if (action.type === 'run/proposed') return action.run.promptId;
  return 'promptId' in action && action.type !== 'run/progress' ? action.promptId : undefined;
}
