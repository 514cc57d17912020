import { expect, it } from 'vitest';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createMemorySessionRepository } from '../../../tests/fakes/ports/memory-session-repository.ts';
import { toDisposable } from '../../base/disposable.ts';
import { err, ok } from '../../base/result.ts';
import type { Agent } from '../../agent/create-agent.ts';
import { createSessionRegistry } from '../../agent/sessions/session-registry.ts';
import { createWorkspaceStore } from '../../agent/sessions/workspace-store.ts';
import { appError } from '../../contract/errors.ts';
import { createHostConnection } from './connection.ts';
import { createSessionHandlers } from './session-handlers.ts';
import { createShownSessions } from './shown-sessions.ts';
import { createTurnHandlers } from './turn-handlers.ts';

const artist = { role: 'artist', name: 'artist' } as const;

function openSession() {
  const [clock, ids] = [createManualClock(), createCountingIds()];
  const repository = createMemorySessionRepository();
  const registry = createSessionRegistry({ repository, clock, ids });
  const told: unknown[] = [];
  const connection = createHostConnection({ role: 'artist', notify: (each) => told.push(each) });
  return { registry, store: registry.create(), connection, told };
}

it('"accept and render" that is refused lets no later render of its turn go', async () => {
  const { store, connection } = openSession();
  store.dispatch({ type: 'turn/started', turnId: 't', message: 'm', author: artist });
  store.dispatch({
    type: 'changeset/proposed',
    changeSet: {
      changeSetId: 'c',
      turnId: 't',
      baseRevision: 0,
      intent: 'i',
      ops: [{ op: 'set_title', nodeId: '1', title: 'x' }],
      digest: 'as it is now',
      status: 'proposed',
      proposedBy: artist,
      proposedAt: 0,
    },
  });
  const letGo = new Set<string>();
  const refusal = err(appError('change/digest-mismatch', { changeSetId: 'c' }));
  // Of the agent only what answering a change needs.
  const agent = {
    sessions: { open: async () => ok(store) },
    changeSets: { respond: async () => refusal },
    runs: {
      releaseTurn: (_store: unknown, turnId: string) => {
        letGo.add(turnId);
        return toDisposable(() => letGo.delete(turnId));
      },
    },
  } as unknown as Agent;
  const handlers = createTurnHandlers(agent, createShownSessions());
  const answer = await handlers['changeset/respond'](
    {
      sessionId: store.sessionId,
      changeSetId: 'c',
      digest: 'as it was shown',
      baseRevision: 0,
      decision: 'accept',
      release: true,
    },
    connection,
  );
  expect(answer).toEqual(refusal);
  expect([...letGo]).toEqual([]);
});

it('"accept and render" of a change without a turn says when nothing renders', async () => {
  const { store, connection } = openSession();
  const refusal = err(appError('comfy/not-connected', {}));
  // Of the agent only what answering a change and starting a run need.
  const agent = {
    sessions: { open: async () => ok(store) },
    changeSets: { respond: async () => ok({ status: 'applied' }) },
    runs: { start: async () => refusal },
  } as unknown as Agent;
  const answer = await createTurnHandlers(agent, createShownSessions())['changeset/respond'](
    {
      sessionId: store.sessionId,
      changeSetId: 'without a turn',
      digest: 'd',
      baseRevision: 0,
      decision: 'accept',
      release: true,
    },
    connection,
  );
  expect(answer).toEqual(refusal);
});

it('a client that asks twice for what all sessions share is told everything once', async () => {
  const { connection, told } = openSession();
  const workspace = createWorkspaceStore(createManualClock());
  // Of the agent only what sessions and pages share.
  const handlers = createSessionHandlers({ workspace } as unknown as Agent, createShownSessions());
  await handlers['workspace/subscribe']({}, connection);
  await handlers['workspace/subscribe']({}, connection);
  workspace.dispatch({ type: 'queue/changed', queue: { running: ['a'], pending: [] } });
  expect(told).toHaveLength(1);
});

it('a page that went away while its session was read is told nothing more', async () => {
  const { store, connection, told } = openSession();
  const opened = Promise.withResolvers<ReturnType<typeof ok<typeof store>>>();
  const agent = { sessions: { open: () => opened.promise } } as unknown as Agent;
  const handlers = createSessionHandlers(agent, createShownSessions());
  const { sessionId } = store;
  const answer = handlers['session/subscribe']({ sessionId, since: 1 }, connection);
  connection.held.dispose();
  opened.resolve(ok(store));
  expect(await answer).toMatchObject({ ok: false, error: { code: 'contract/disconnected' } });
  store.dispatch({ type: 'session/renamed', title: 'a' });
  expect(told).toEqual([]);
});
