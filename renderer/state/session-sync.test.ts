import { expect, it } from 'vitest';
import { sessionState } from '../../tests/fakes/tool-context.ts';
import { err } from '../../core/base/result.ts';
import { appError } from '../../core/contract/errors.ts';
import { createSessionSync } from './session-sync.ts';

it('what could not be caught up with, because the wire broke, is asked for when it is back and not before', async () => {
  let asked = 0;
  const sync = createSessionSync({
    subscribe: async () => {
      asked += 1;
      // Asked again and again, it would never let anything else happen.
      if (asked > 5) return new Promise(() => undefined);
      return err(appError('contract/disconnected', {}));
    },
    getHeld: () => ({ sessionId: 's', mirror: { seq: 1, state: sessionState() } }),
    setHeld: () => undefined,
  });
  // The second action is missing.
  sync.receive('s', { seq: 3, at: 0, action: { type: 'session/renamed', title: 'Three' } });
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBe(1);
  await sync.catchUp();
  expect(asked).toBe(2);
});
