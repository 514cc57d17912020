import { expect, it } from 'vitest';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import {
  type MemorySessionRepository,
  createMemorySessionRepository,
} from '../../../tests/fakes/ports/memory-session-repository.ts';
import { err } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import { type SessionRegistry, createSessionRegistry } from './session-registry.ts';

const artist = { role: 'artist', name: 'artist' } as const;

function createParts(
  repository = createMemorySessionRepository(),
  clock = createManualClock(),
): {
  readonly repository: MemorySessionRepository;
  readonly registry: SessionRegistry;
} {
  return {
    repository,
    registry: createSessionRegistry({ repository, clock, ids: createCountingIds() }),
  };
}

it('numbers actions without gaps and tells each one', async () => {
  const store = createParts().registry.create('Shot 010');
  const told: number[] = [];
  store.onEnvelope(({ seq }) => told.push(seq));
  store.dispatch({ type: 'session/renamed', title: 'a' });
  store.dispatch({ type: 'session/renamed', title: 'b' });
  expect(told).toEqual([2, 3]);
});

it('neither numbers nor writes an action that is not possible', async () => {
  const { registry, repository } = createParts();
  const store = registry.create();
  expect(store.dispatch({ type: 'history/undone', by: artist })).toBe(false);
  await store.saved();
  expect(store.seq).toBe(1);
  expect(repository.logs.get(store.sessionId)).toHaveLength(1);
});

it('has everything on disk, synced, once saved', async () => {
  const { registry, repository } = createParts();
  const store = registry.create();
  store.dispatch({ type: 'session/renamed', title: 'a' });
  expect(await store.saved()).toEqual({ ok: true, value: undefined });
  expect(repository.logs.get(store.sessionId)?.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(repository.durableWrites).toBeGreaterThan(0);
});

it('says that the disk is full, keeps the work, and writes it all once there is room', async () => {
  const { registry, repository } = createParts();
  const store = registry.create();
  await store.saved();
  repository.fillDisk(true);
  store.dispatch({ type: 'session/renamed', title: 'a' });
  expect(await store.saved()).toMatchObject({ ok: false, error: { code: 'file/disk-full' } });
  expect(store.state.title).toBe('a');
  repository.fillDisk(false);
  store.dispatch({ type: 'session/renamed', title: 'b' });
  expect(await store.saved()).toMatchObject({ ok: true });
  expect(repository.logs.get(store.sessionId)?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

it('gives what came after a number, and nothing for a number it never gave', () => {
  const store = createParts().registry.create();
  store.dispatch({ type: 'session/renamed', title: 'a' });
  store.dispatch({ type: 'session/renamed', title: 'b' });
  expect(store.since(1)?.map(({ seq }) => seq)).toEqual([2, 3]);
  expect(store.since(3)).toEqual([]);
  expect(store.since(4)).toBeUndefined();
});

it('loads a stored session to an equal state and ends a turn that was under way', async () => {
  const first = createParts();
  const store = first.registry.create('Shot 010');
  store.dispatch({ type: 'turn/started', turnId: 't', message: 'render', author: artist });
  await store.saved();
  const second = createParts(first.repository);
  await second.registry.start();
  expect(second.registry.list()).toMatchObject([{ title: 'Shot 010', turnCount: 1 }]);
  const loaded = await second.registry.open(store.sessionId);
  expect(loaded).toMatchObject({
    ok: true,
    value: { state: { turns: [{ status: 'cancelled' }] } },
  });
});

it('says that a session is unknown', async () => {
  expect(await createParts().registry.open('nope')).toMatchObject({
    ok: false,
    error: { code: 'session/unknown' },
  });
});

it('a session that was deleted stays deleted, whatever of it is still going', async () => {
  const { registry, repository } = createParts();
  const store = registry.create();
  await store.saved();
  const removing = registry.remove(store.sessionId);
  store.dispatch({ type: 'session/renamed', title: 'while it is deleted' });
  expect(await removing).toMatchObject({ ok: true });
  store.dispatch({ type: 'session/renamed', title: 'afterwards' });
  await store.saved();
  expect([...repository.logs.keys()]).toEqual([]);
  expect(registry.list()).toEqual([]);
});

it('a session that could not be deleted goes on as before', async () => {
  const repository = createMemorySessionRepository();
  const error = appError('file/unwritable', { path: 'memory', reason: 'it is in use' });
  const { registry } = createParts({ ...repository, remove: async () => err(error) });
  const store = registry.create();
  const told: number[] = [];
  store.onEnvelope(({ seq }) => told.push(seq));
  expect(await registry.remove(store.sessionId)).toEqual(err(error));
  expect(store.dispatch({ type: 'session/renamed', title: 'a' })).toBe(true);
  expect(told).toEqual([2]);
  expect(await store.saved()).toMatchObject({ ok: true });
  expect(repository.logs.get(store.sessionId)).toHaveLength(2);
});

it('gathers what a client looks at before it writes, and writes at once what something follows from', async () => {
  const clock = createManualClock();
  const { registry, repository } = createParts(undefined, clock);
  const store = registry.create();
  await store.saved();
  const lines = (): number => repository.logs.get(store.sessionId)?.length ?? 0;
  const call = { callId: 'c', name: 'look', title: 'Look', input: {}, summary: '' } as const;
  const author = { role: 'agent', name: 'Cursor' } as const;
  const look = (turnId: string): boolean =>
    store.dispatch({
      type: 'turn/looked',
      turnId,
      author,
      startedAt: 0,
      call: { ...call, status: 'completed' },
    });
  look('1');
  look('2');
  await Promise.resolve();
  expect(lines()).toBe(1);
  clock.advance(250);
  await expect.poll(lines).toBe(3);
  look('3');
  store.dispatch({ type: 'session/renamed', title: 'a' });
  await expect.poll(lines).toBe(5);
});
