import { type Disposable, createDisposableBag } from '../../../base/disposable.ts';
import { type Event, createEmitter } from '../../../base/emitter.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import type { Client } from '../../../contract/wire/client.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import type { SessionState } from '../../../contract/session.schema.ts';
import { CONTRACT_VERSION } from '../../../contract/version.ts';
import { sessionReducer } from '../../../domain/session/session-reducer.ts';
import type { Host } from '../../create-host.ts';

/** A session seen through the contract, as the window sees it. */
export interface ArtistClient extends Disposable {
  readonly client: Client;
  readonly sessionId: string;
  readonly state: SessionState;
  readonly onChanged: Event<SessionState>;
  /** Resolves with the first state for which `isReached` holds, now or later. */
  until(isReached: (state: SessionState) => boolean): Promise<SessionState>;
}

/** Opens a new session on a host in the artist's role, or the one with this id. */
export async function createArtistClient(
  host: Host,
  title: string,
  existingId?: string,
): Promise<Result<ArtistClient, AppError>> {
  const bag = createDisposableBag();
  const client = bag.add(host.openClient('artist'));
  const hello = await client.call('core/hello', { version: CONTRACT_VERSION, client: 'terminal' });
  if (!hello.ok) return hello;
  const created =
    existingId === undefined
      ? await client.call('session/create', { title })
      : ok({ sessionId: existingId });
  if (!created.ok) return created;
  const { sessionId } = created.value;
  const snapshot = await client.call('session/subscribe', { sessionId });
  if (!snapshot.ok) return snapshot;
  if (snapshot.value.kind !== 'snapshot') return err(appError('session/unknown', { sessionId }));
  let { state } = snapshot.value;
  const changed = bag.add(createEmitter<SessionState>());
  bag.add(
    client.onNotification((notification) => {
      if (notification.channel !== 'session') return;
      state = sessionReducer(state, notification.envelope) ?? state;
      changed.fire(state);
    }),
  );
  return ok({
    client,
    sessionId,
    get state() {
      return state;
    },
    onChanged: changed.event,
    until: (isReached) =>
      new Promise((resolve) => {
        if (isReached(state)) {
          resolve(state);
          return;
        }
        const waiting = changed.event((next) => {
          if (!isReached(next)) return;
          waiting.dispose();
          resolve(next);
        });
      }),
    dispose: () => bag.dispose(),
  });
}
