import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Result, err, ok } from '../../core/base/result.ts';
import { type Client, connect } from '../../core/contract/wire/client.ts';
import type { Notification } from '../../core/contract/wire/envelope.ts';
import { type AppError, appError } from '../../core/contract/errors.ts';
import type { Role } from '../../core/contract/method-spec.ts';
import { type MethodName, methods } from '../../core/contract/methods.ts';
import { connectLocally } from '../../core/contract/wire/local-client.ts';
import { type Handlers, type ServedConnection, serve } from '../../core/contract/wire/server.ts';
import { type Wire, wires } from './wires.ts';

/** 2^64 - 1: the largest seed that ComfyUI takes, beyond what a double holds. */
const LARGEST_SEED = 18_446_744_073_709_551_615n;

const hello = { version: 1, client: 'conformance' };

describe.each(links())('the contract %s', (_name, open) => {
  let link: Link;
  let client: Client;
  let core: Core;

  beforeEach(async () => {
    link = await open('artist');
    ({ client, core } = link);
  });

  afterEach(() => link.close());

  /** Speaks past the typed client, as a broken or hostile page would. */
  const callRaw = async (method: string, params: unknown): Promise<Result<unknown, AppError>> =>
    client.call(method as 'core/hello', params as typeof hello);

  it('answers a call with the typed result', async () => {
    const answer = await client.call('core/hello', hello);
    expect(answer).toEqual(
      ok({ version: 1, role: 'artist', appVersion: '0', assetBase: '/', platform: 'test' }),
    );
  });

  it('keeps integers beyond 2^53 exact in both directions', async () => {
    const input = { seed: LARGEST_SEED, small: 3, list: [-LARGEST_SEED, 0.5] };
    const answer = await client.call('tool/call', { sessionId: 's', name: 'echo', input });
    expect(answer).toEqual(ok({ output: input, text: 'bigint' }));
  });

  it('refuses wrong parameters and names the place', async () => {
    const answer = await callRaw('core/hello', { version: 'one', client: 'conformance' });
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'contract/invalid-params',
        data: { method: 'core/hello', issues: [{ path: 'version' }] },
      },
    });
  });

  it('refuses a parameter that the contract does not know', async () => {
    const answer = await callRaw('session/list', { extra: true });
    expect(answer).toMatchObject({ ok: false, error: { code: 'contract/invalid-params' } });
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'no/such-method'])(
    'does not take %s for a method',
    async (method) => {
      const answer = await callRaw(method, {});
      expect(answer).toEqual(err(appError('contract/unknown-method', { method })));
    },
  );

  it('passes on the failure that a handler returns', async () => {
    const answer = await client.call('history/undo', { sessionId: 's' });
    expect(answer).toEqual(err(appError('history/nothing-to-undo', {})));
  });

  it('shows a correlation id and no stack when a handler throws', async () => {
    const answer = await client.call('session/create', { title: 'throws' });
    expect(answer).toEqual(err(appError('internal/unexpected', { correlationId: 'bug-1' })));
    expect(core.bugs).toMatchObject([{ message: 'a bug in the handler' }]);
  });

  it('treats a result that the contract does not allow as a bug', async () => {
    const answer = await client.call('session/create', { title: 'wrong result' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal/unexpected' } });
  });

  it('delivers notifications in the order they were sent', async () => {
    const seen: number[] = [];
    const three = new Promise<void>((resolve) => {
      client.onNotification((notification) => {
        seen.push(notification.envelope.seq);
        if (seen.length === 3) resolve();
      });
    });
    for (const seq of [1, 2, 3]) link.notify(settingsChanged(seq));
    await three;
    expect(seen).toEqual([1, 2, 3]);
  });

  it('matches answers to calls when they come back in another order', async () => {
    const first = client.call('session/create', { title: 'first' });
    const second = client.call('session/create', { title: 'second' });
    await core.waitForHeld(2);
    core.release('second');
    expect(await second).toEqual(ok({ sessionId: 'second' }));
    core.release('first');
    expect(await first).toEqual(ok({ sessionId: 'first' }));
  });

  it('fails calls that are open when the wire breaks, and later ones at once', async () => {
    const open = client.call('session/create', { title: 'never answered' });
    await core.waitForHeld(1);
    const closed = new Promise<void>((resolve) => {
      client.onClose(resolve);
    });
    link.cut();
    expect(await open).toEqual(err(appError('contract/disconnected', {})));
    await closed;
    const late = await client.call('core/hello', hello);
    expect(late).toEqual(err(appError('contract/disconnected', {})));
  });
});

describe.each(wires)('a wire %s', (_name, open) => {
  let wire: Wire;
  let client: Client;

  beforeEach(async () => {
    wire = await open();
    ({ client } = serveOver(wire, 'artist'));
  });

  afterEach(async () => {
    client.dispose();
    await wire.close();
  });

  it('drops what is neither a request nor a response nor a notification', async () => {
    wire.page.send({ kind: 'request', id: -1, method: 'core/hello', params: hello });
    wire.page.send('no envelope');
    wire.core.send({ kind: 'notification', channel: 'gossip' });
    expect((await client.call('core/hello', hello)).ok).toBe(true);
  });

  it('tells the core when the page is gone, also when it listens only afterwards', async () => {
    const closed = new Promise<void>((resolve) => {
      wire.core.onClose(resolve);
    });
    client.dispose();
    await closed;
    let heard = 0;
    wire.core.onClose(() => (heard += 1));
    expect(heard).toBe(1);
    wire.core.send({ kind: 'notification' });
  });
});

describe.each(links())('a connection of the agent role %s', (_name, open) => {
  const artistOnly = Object.entries(methods).filter(([, spec]) => !spec.roles.includes('agent'));

  it('is refused every artist-only method before its parameters are looked at', async () => {
    const { client, close } = await open('agent');
    const answers = await Promise.all(
      artistOnly.map(([name]) => client.call(name as 'session/list', {})),
    );
    expect(artistOnly.map(([name]) => name)).toContain('changeset/respond');
    expect(answers).toEqual(
      artistOnly.map(([method]) => err(appError('contract/forbidden', { method, role: 'agent' }))),
    );
    await close();
  });

  it('may call what both roles may', async () => {
    const { client, close } = await open('agent');
    expect(await client.call('core/hello', hello)).toMatchObject({ value: { role: 'agent' } });
    await close();
  });
});

function settingsChanged(seq: number): Notification {
  const settings = { comfyUrl: null, releaseRuns: 'ask', theme: 'dark' } as const;
  const action = { type: 'settings/changed', settings } as const;
  return { kind: 'notification', channel: 'workspace', envelope: { seq, at: 0, action } };
}

/** A client and its core, however they speak. */
interface Link {
  readonly client: Client;
  readonly core: Core;
  readonly notify: (notification: Notification) => void;
  /** Breaks it. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

/** Every way to speak the contract: over each wire, and without one. */
function links(): readonly (readonly [name: string, open: (role: Role) => Promise<Link>])[] {
  return [
    ...wires.map(
      ([name, open]) => [name, async (role: Role) => serveOver(await open(), role)] as const,
    ),
    ['in the same process', async (role: Role) => serveLocally(role)],
  ];
}

function serveOver(wire: Wire, role: Role): Link {
  const core = makeCore();
  const notify = (notification: Notification): void => wire.core.send(notification);
  serve({ transport: wire.core, connection: { role, notify }, ...core });
  const client = connect(wire.page);
  const close = async (): Promise<void> => {
    client.dispose();
    await wire.close();
  };
  return { client, core, notify, cut: wire.cut, close };
}

function serveLocally(role: Role): Link {
  const core = makeCore();
  let notify: Link['notify'] = () => undefined;
  const open = (tell: Link['notify']): ServedConnection => {
    notify = tell;
    return { role, notify };
  };
  const client = connectLocally({ open, onClosed: () => undefined, ...core });
  const cut = (): void => client.dispose();
  return { client, core, notify, cut, close: async () => client.dispose() };
}

type Core = ReturnType<typeof makeCore>;

/** A core that answers a few methods by rule; everything else fails as cancelled. */
function makeCore() {
  const bugs: unknown[] = [];
  const held = new Map<string, () => void>();
  let onHeld: () => void = () => undefined;
  const refuse = async () => err(appError('cancelled', {}));
  const names = Object.keys(methods) as MethodName[];
  const rest = Object.fromEntries(
    names.map((name) => [name, refuse]),
  ) as unknown as Handlers<ServedConnection>;
  const handlers: Handlers<ServedConnection> = {
    ...rest,
    'core/hello': async (params, { role }) =>
      ok({ version: params.version, role, appVersion: '0', assetBase: '/', platform: 'test' }),
    'history/undo': async () => err(appError('history/nothing-to-undo', {})),
    'tool/call': async ({ input }) => {
      const seed = (input as { readonly seed?: unknown }).seed;
      return ok({ output: input, text: typeof seed });
    },
    'session/create': async ({ title = '' }) => {
      if (title === 'throws') throw new Error('a bug in the handler');
      if (title === 'wrong result') return ok({ sessionId: '' });
      await new Promise<void>((resolve) => {
        held.set(title, resolve);
        onHeld();
      });
      return ok({ sessionId: title });
    },
  };
  const onUnexpected = (cause: unknown): string => `bug-${String(bugs.push(cause))}`;
  return {
    bugs,
    handlers,
    onUnexpected,
    release: (title: string) => held.get(title)?.(),
    waitForHeld: (count: number) =>
      new Promise<void>((resolve) => {
        onHeld = () => {
          if (held.size >= count) resolve();
        };
        onHeld();
      }),
  };
}
