import { join } from 'node:path';
import { createSessionRepository } from '../../core/shell/store/create-session-repository.ts';
import { type WireClient, connectWire } from './wire-client.ts';
import type { StartedEndpoint } from './start-endpoint.ts';

/** What many clients at once came to. */
export interface LoadReport {
  readonly clients: number;
  readonly calls: number;
  readonly errors: readonly string[];
  /** Answers that belonged to another client's session. */
  readonly crossed: number;
  /** Calls of the client that got the fewest and the most: how fair it was. */
  readonly fewest: number;
  readonly most: number;
}

/** Runs clients with a session each until the time is over; every answer is held against its own session. */
export async function loadClients(
  app: StartedEndpoint,
  { clients, ms }: { readonly clients: number; readonly ms: number },
): Promise<LoadReport> {
  const repository = createSessionRepository(join(app.dataFolder, 'sessions'));
  const errors: string[] = [];
  const counts: number[] = [];
  let crossed = 0;
  const sessions = await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const store = app.host.agent.sessions.create(`Load ${String(index)}`);
      await store.saved();
      const client = await connectWire(app, { name: `load ${String(index)}`, surface: 'default' });
      return { client, sessionId: store.sessionId };
    }),
  );
  const until = performance.now() + ms;
  const work = async (client: WireClient, sessionId: string, index: number): Promise<void> => {
    let calls = 0;
    while (performance.now() < until) {
      const name = calls % 2 === 0 ? 'get_queue_status' : 'what_can_you_do';
      const args = { session: sessionId };
      const answer = await client.request('tools/call', { name, arguments: args });
      calls += 1;
      if (answer.error !== undefined || answer.result?.['isError'] === true) {
        errors.push(JSON.stringify(answer).slice(0, 300));
      }
    }
    counts[index] = calls;
  };
  await Promise.all(sessions.map(({ client, sessionId }, i) => work(client, sessionId, i)));
  for (const [index, { client, sessionId }] of sessions.entries()) {
    client.close();
    const store = await app.host.agent.sessions.open(sessionId);
    if (!store.ok) throw new Error(store.error.code);
    await store.value.saved();
    const log = await repository.load(sessionId);
    if (!log.ok) throw new Error(log.error.code);
    // What one client asked for stands in its own session's log, all of it, and nobody else's.
    const names = log.value.envelopes.flatMap(({ action }) =>
      action.type === 'turn/looked' ? [action.author.name] : [],
    );
    crossed += names.filter((name) => name !== `load ${String(index)}`).length;
    crossed += Math.abs(names.length - (counts[index] ?? 0));
  }
  return {
    clients,
    calls: counts.reduce((sum, calls) => sum + calls, 0),
    errors,
    crossed,
    fewest: Math.min(...counts),
    most: Math.max(...counts),
  };
}
