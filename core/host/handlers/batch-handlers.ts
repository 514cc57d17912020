import { ok } from '../../base/result.ts';
import type { Agent } from '../../agent/create-agent.ts';
import type { Handlers } from '../../contract/wire/server.ts';
import { actorOf } from './actor.ts';
import type { HostConnection } from './connection.ts';

type BatchMethods = 'batch/respond' | 'batch/continue' | 'batch/cancel' | 'batch/use';

/** Deciding, stopping and using plans of several renders. */
export function createBatchHandlers(agent: Agent): Pick<Handlers<HostConnection>, BatchMethods> {
  const { sessions, batches } = agent;
  return {
    'batch/respond': async ({ sessionId, ...response }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const batch = await batches.respond(store.value, response, actorOf(connection));
      return batch.ok ? ok({ status: batch.value.status }) : batch;
    },
    'batch/continue': async ({ sessionId, batchId }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const going = batches.proceed(store.value, batchId, actorOf(connection));
      return going.ok ? ok({}) : going;
    },
    'batch/cancel': async ({ sessionId, batchId, index }) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const stopped = await batches.cancel(store.value, batchId, index);
      return stopped.ok ? ok({}) : stopped;
    },
    'batch/use': async ({ sessionId, batchId, index }, connection) => {
      const store = await sessions.open(sessionId);
      if (!store.ok) return store;
      const proposed = batches.use(store.value, batchId, index, actorOf(connection));
      return proposed.ok ? ok({ changeSetId: proposed.value.changeSetId }) : proposed;
    },
  };
}
