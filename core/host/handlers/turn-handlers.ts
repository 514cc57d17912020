import { createCancellation } from '../../base/cancellation.ts';
import { err, ok } from '../../base/result.ts';
import type { Agent } from '../../agent/create-agent.ts';
import { answerCall } from '../../agent/turns/approve-call.ts';
import { renderAfterTurn } from '../../agent/runs/render-after-turn.ts';
import { appError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/wire/server.ts';
import { actorOf } from './actor.ts';
import type { HostConnection } from './connection.ts';
import type { ShownSessions } from './shown-sessions.ts';

type TurnMethods =
  | 'turn/send'
  | 'turn/cancel'
  | 'changeset/respond'
  | 'run/start'
  | 'run/release'
  | 'run/keep-waiting'
  | 'run/cancel'
  | 'run/receipt'
  | 'run/save-receipt'
  | 'tool/call'
  | 'tool/respond'
  | 'tool/cancel';

/** Asking, accepting, running. */
export function createTurnHandlers(
  agent: Agent,
  shown: ShownSessions,
): Pick<Handlers<HostConnection>, TurnMethods> {
  const { sessions, turns, changeSets, runs, receipts } = agent;
  /** The one that is named, the artist's current one, or a new one where there is none. */
  const openFor = async (sessionId: string | undefined, client: string) => {
    const wanted = sessionId ?? shown.current(sessions.list());
    return wanted === undefined ? ok(sessions.create(`With ${client}`)) : sessions.open(wanted);
  };
  return {
    'turn/send': async ({ sessionId, message }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const turn = turns.send(store.value, message, actorOf(connection));
      return turn.ok ? ok({ turnId: turn.value.turnId }) : turn;
    },
    'turn/cancel': async ({ sessionId, turnId }) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const cancelled = turns.cancel(store.value, turnId);
      return cancelled.ok ? ok({}) : cancelled;
    },
    'changeset/respond': async ({ sessionId, release, ...response }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const by = actorOf(connection);
      const { turnId } =
        store.value.state.changeSets.find((set) => set.changeSetId === response.changeSetId) ?? {};
      const wantsRun = release === true && response.decision === 'accept';
      // Before the decision: the turn goes on, and may start its run, as soon as that is made.
      const released =
        wantsRun && turnId !== undefined ? runs.releaseTurn(store.value, turnId, by) : undefined;
      const decided = await changeSets.respond(store.value, response, by);
      if (!decided.ok) {
        released?.dispose();
        return decided;
      }
      if (wantsRun) {
        const rendering = renderAfterTurn(store.value, turnId, by, runs);
        void rendering.finally(() => released?.dispose());
        // Without a turn there is no other place to say that nothing renders; the change stands all the same.
        const started = turnId === undefined ? await rendering : ok(undefined);
        if (!started.ok) return started;
      }
      const revision = store.value.state.workflow?.revision ?? 0;
      return ok({ status: decided.value.status, revision });
    },
    'run/start': async ({ sessionId, turnId }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const isKnown = store.value.state.turns.some((turn) => turn.turnId === turnId);
      if (turnId !== undefined && !isKnown) return err(appError('turn/unknown', { turnId }));
      const requestedBy = actorOf(connection);
      const run = await runs.start(store.value, {
        label: 'Render',
        requestedBy,
        needsRelease: false,
        overrides: [],
        ...(turnId === undefined ? {} : { turnId }),
      });
      return run.ok ? ok({ promptId: run.value.promptId }) : run;
    },
    'run/release': async ({ sessionId, promptId }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const released = runs.release(store.value, promptId, actorOf(connection));
      return released.ok ? ok({}) : released;
    },
    'run/keep-waiting': async ({ sessionId, promptId }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const by = actorOf(connection);
      store.value.dispatch({ type: 'run/kept-waiting', promptId, by });
      return ok({});
    },
    'run/cancel': async ({ sessionId, promptId }) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const run = await runs.cancel(store.value, promptId);
      return run.ok ? ok({ run: run.value }) : run;
    },
    'run/receipt': async ({ sessionId, promptId, isWhole = false }) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const receipt = await receipts.read(store.value, promptId, { isWhole });
      return receipt.ok ? ok({ receipt: receipt.value }) : receipt;
    },
    'run/save-receipt': async ({ sessionId, promptId, path, overwrite = false }) => {
      const store = await sessions.open(sessionId);
      return store.ok ? receipts.saveAs(store.value, promptId, { path, overwrite }) : store;
    },
    'tool/call': async ({ sessionId, name, input, callId }, connection) => {
      const store = await openFor(sessionId, connection.name);
      if (!store.ok) return store;
      if (connection.isOver) return err(appError('contract/disconnected', {}));
      const by = actorOf(connection);
      if (callId === undefined) return turns.call(store.value, { name, input }, by);
      if (connection.calls.has(callId)) {
        const issues = [{ path: 'callId', message: 'a call of that id is under way' }];
        return err(appError('contract/invalid-params', { method: 'tool/call', issues }));
      }
      const source = createCancellation();
      connection.calls.set(callId, source);
      try {
        return await turns.call(store.value, { name, input, callId }, by, source);
      } finally {
        connection.calls.delete(callId);
      }
    },
    'tool/respond': async ({ sessionId, ...answer }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const answered = answerCall(store.value, answer, actorOf(connection));
      return answered.ok ? ok({}) : answered;
    },
    'tool/cancel': async ({ callId }, connection) => {
      // One that is over already needs no stopping.
      connection.calls.get(callId)?.cancel();
      return ok({});
    },
  };
}
