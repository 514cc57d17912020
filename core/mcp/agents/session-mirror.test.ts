import { expect, it } from 'vitest';
import { createEmitter } from '../../base/emitter.ts';
import { ok } from '../../base/result.ts';
import type { Client } from '../../contract/wire/client.ts';
import type { Notification } from '../../contract/wire/envelope.ts';
import { createSessionMirrors } from './session-mirror.ts';

/** A core that tells of one more action before its snapshot arrives. */
function startCore() {
  const notifications = createEmitter<Notification>();
  const asked: string[] = [];
  const renamed = (seq: number, title: string): void =>
    notifications.fire({
      kind: 'notification',
      channel: 'session',
      sessionId: 's',
      envelope: { seq, at: seq, action: { type: 'session/renamed', title } },
    });
  const state = {
    sessionId: 's',
    title: 'First',
    createdAt: 0,
    updatedAt: 0,
    workflow: null,
    turns: [],
    changeSets: [],
    runs: [],
  };
  const client = {
    call: async (method: string) => {
      asked.push(method);
      if (method !== 'session/subscribe') return ok({});
      renamed(2, 'Known to the snapshot');
      renamed(3, 'Told early');
      return ok({ kind: 'snapshot', seq: 2, state });
    },
    onNotification: notifications.event,
  } as unknown as Client;
  return { client, asked, renamed };
}

it('puts what was told early on top of the snapshot, and nothing twice', async () => {
  const { client, renamed } = startCore();
  const mirror = await createSessionMirrors(client).watch('s');
  if (!mirror.ok) throw new Error(mirror.error.code);
  expect(mirror.value.state.title).toBe('Told early');
  const heard: string[] = [];
  mirror.value.onAction(({ type }) => heard.push(type));
  renamed(3, 'Again');
  renamed(4, 'Later');
  expect(mirror.value.state.title).toBe('Later');
  expect(heard).toEqual(['session/renamed']);
});

it('shares one subscription, and lets it go with the last watcher', async () => {
  const { client, asked } = startCore();
  const mirrors = createSessionMirrors(client);
  const watched = await Promise.all([mirrors.watch('s'), mirrors.watch('s')]);
  expect(asked).toEqual(['session/subscribe']);
  for (const mirror of watched) {
    if (!mirror.ok) throw new Error(mirror.error.code);
    mirror.value.dispose();
    mirror.value.dispose();
  }
  expect(asked).toEqual(['session/subscribe', 'session/unsubscribe']);
});
