import { expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import { connectLocally } from './local-client.ts';
import { type MethodName, methods } from '../methods.ts';
import type { Notification } from './envelope.ts';
import type { Handlers, ServedConnection } from './server.ts';

const told: Notification = {
  kind: 'notification',
  channel: 'workspace',
  envelope: {
    seq: 1,
    at: 0,
    action: {
      type: 'settings/changed',
      settings: { comfyUrl: null, releaseRuns: 'ask', theme: 'dark' },
    },
  },
};

function openClient() {
  let notify: (notification: Notification) => void = () => undefined;
  let closed = 0;
  const answer = async () => ok({});
  const names = Object.keys(methods) as MethodName[];
  const client = connectLocally<ServedConnection>({
    handlers: Object.fromEntries(
      names.map((name) => [name, answer]),
    ) as unknown as Handlers<ServedConnection>,
    open: (tell) => {
      notify = tell;
      return { role: 'artist', notify: tell };
    },
    onClosed: () => (closed += 1),
    onUnexpected: () => 'bug',
  });
  return { client, tell: () => notify(told), closed: () => closed };
}

it('tells a notification after what caused it is done, and none once it was let go', async () => {
  const { client, tell } = openClient();
  const heard: Notification[] = [];
  client.onNotification((notification) => heard.push(notification));
  tell();
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual([told]);
  tell();
  client.dispose();
  await Promise.resolve();
  expect(heard).toHaveLength(1);
});

it('tells the server once that the client is gone', () => {
  const { client, closed } = openClient();
  let heard = 0;
  client.onClose(() => (heard += 1));
  client.dispose();
  client.dispose();
  expect([closed(), heard]).toEqual([1, 1]);
});
