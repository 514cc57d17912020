import { describe, expect, it, vi } from 'vitest';
import { type FakeCore, createFakeCore } from '../../tests/fakes/programs/fake-core.ts';
import { createManualClock } from '../../tests/fakes/ports/manual-clock.ts';
import { appError } from '../../core/contract/errors.ts';
import type { Opened } from '../transport/create-connection.ts';
import { type App, createApp } from './create-app.ts';

function start(core: FakeCore, open?: () => Promise<Opened>) {
  const clock = createManualClock();
  const saved: string[] = [];
  const app = createApp({
    open: open ?? (async () => ({ kind: 'open', transport: core.open() })),
    scheduler: clock,
    memory: { load: () => saved.at(-1) ?? null, save: (id) => saved.push(id) },
  });
  return { app, clock };
}

const rename = (title: string) => ({ type: 'session/renamed', title }) as const;
const titleOf = (app: App) => app.store.getState().session?.state.title;
const seqOf = (app: App) => app.store.getState().session?.seq;
const isOpen = (app: App) => app.store.getState().link.kind === 'open';

describe('the window beside its core', () => {
  it('shows the newest session from a snapshot and follows its actions', async () => {
    const core = createFakeCore();
    const { app } = start(core);
    await vi.waitUntil(() => isOpen(app));
    expect(titleOf(app)).toBe('One');
    core.happen(rename('Two'));
    await vi.waitUntil(() => titleOf(app) === 'Two');
    expect(seqOf(app)).toBe(2);
    app.dispose();
  });

  it('asks for what is missing and applies it in order when a number is skipped', async () => {
    const core = createFakeCore();
    const { app } = start(core);
    await vi.waitUntil(() => isOpen(app));
    const titles: (string | undefined)[] = [];
    app.store.subscribe(() => titles.push(titleOf(app)));
    core.happen(rename('Lost on the way'), { isTold: false });
    core.happen(rename('Three'));
    await vi.waitUntil(() => titleOf(app) === 'Three');
    expect(seqOf(app)).toBe(3);
    expect(core.calls).toEqual(['hello', 'subscribe undefined', 'subscribe 1']);
    expect(titles).not.toContain(undefined);
    app.dispose();
  });

  it('keeps the actions that arrive while the missing ones are on their way', async () => {
    const core = createFakeCore();
    const { app } = start(core);
    await vi.waitUntil(() => isOpen(app));
    core.happen(rename('a'), { isTold: false });
    for (const title of ['b', 'c', 'd', 'e']) core.happen(rename(title));
    await vi.waitUntil(() => titleOf(app) === 'e');
    expect(seqOf(app)).toBe(6);
    expect(core.calls.filter((call) => call.startsWith('subscribe'))).toHaveLength(2);
    app.dispose();
  });

  it('ignores an action that it has already applied', async () => {
    const core = createFakeCore();
    const { app } = start(core);
    await vi.waitUntil(() => isOpen(app));
    core.happen(rename('Two'));
    core.happen(rename('Three'));
    await vi.waitUntil(() => titleOf(app) === 'Three');
    const before = app.store.getState().session;
    core.repeat(2);
    core.happen({
      type: 'turn/started',
      turnId: 't',
      message: 'hi',
      author: { role: 'artist', name: 'a' },
    });
    await vi.waitUntil(() => seqOf(app) === 4);
    expect(before?.state.title).toBe('Three');
    expect(titleOf(app)).toBe('Three');
    expect(core.calls).toHaveLength(2);
    app.dispose();
  });

  it('keeps what it shows while the wire is down and asks only for what is new afterwards', async () => {
    const core = createFakeCore();
    const { app, clock } = start(core);
    await vi.waitUntil(() => isOpen(app));
    core.cut();
    await vi.waitUntil(() => app.store.getState().link.kind === 'reconnecting');
    expect(titleOf(app)).toBe('One');
    core.happen(rename('Meanwhile'));
    clock.advance(250);
    await vi.waitUntil(() => isOpen(app));
    expect(titleOf(app)).toBe('Meanwhile');
    expect(core.calls.slice(2)).toEqual(['hello', 'subscribe 1']);
    app.dispose();
  });

  it('waits longer after each failed try, and tries at once when told', async () => {
    const core = createFakeCore();
    let tries = 0;
    let isThere = false;
    const { app, clock } = start(core, async () => {
      tries += 1;
      return isThere ? { kind: 'open', transport: core.open() } : { kind: 'closed' };
    });
    const attempt = (count: number) =>
      vi.waitUntil(() => {
        const { link } = app.store.getState();
        return link.kind === 'reconnecting' && link.attempt === count;
      });
    await attempt(1);
    clock.advance(250);
    await attempt(2);
    clock.advance(499);
    expect(tries).toBe(2);
    clock.advance(1);
    await attempt(3);
    isThere = true;
    app.connection.retryNow();
    await vi.waitUntil(() => isOpen(app));
    expect(tries).toBe(4);
    app.dispose();
  });

  it('stops trying when it is refused, and says why', async () => {
    const error = appError('host/wrong-token', {});
    const { app } = start(createFakeCore(), async () => ({ kind: 'refused', error }));
    await vi.waitUntil(() => app.store.getState().link.kind === 'refused');
    expect(app.store.getState().link).toEqual({ kind: 'refused', error });
    app.dispose();
  });

  it('refuses a core that speaks another version', async () => {
    const core = createFakeCore();
    core.contractVersion += 1;
    const { app } = start(core);
    await vi.waitUntil(() => app.store.getState().link.kind === 'refused');
    expect(app.store.getState().link).toMatchObject({
      error: { code: 'contract/version-mismatch' },
    });
    app.dispose();
  });

  it('lets go of the wire of a core that it refused, and does not try again by itself', async () => {
    const core = createFakeCore();
    core.contractVersion += 1;
    let isLetGo = false;
    let tries = 0;
    const { app, clock } = start(core, async () => {
      tries += 1;
      const transport = core.open();
      const dispose = (): void => {
        isLetGo = true;
        transport.dispose();
      };
      return { kind: 'open', transport: { ...transport, dispose } };
    });
    await vi.waitUntil(() => app.store.getState().link.kind === 'refused');
    clock.advance(60_000);
    expect(app.store.getState().link.kind).toBe('refused');
    expect({ tries, isLetGo }).toEqual({ tries: 1, isLetGo: true });
    app.dispose();
  });

  it('keeps two windows on one session equal', async () => {
    const core = createFakeCore();
    const [one, two] = [start(core).app, start(core).app];
    await vi.waitUntil(() => isOpen(one) && isOpen(two));
    core.happen(rename('Shared'));
    await vi.waitUntil(() => titleOf(one) === 'Shared' && titleOf(two) === 'Shared');
    expect(one.store.getState().session).toEqual(two.store.getState().session);
    one.dispose();
    two.dispose();
  });
});
