import { describe, expect, it } from 'vitest';
import { type Bridge, type WireEvents, createBridge } from './create-bridge.ts';

/** A core that can be cut off and come back; it answers nothing by itself. */
interface Stage {
  readonly bridge: Bridge;
  /** What the client has been sent. */
  readonly toClient: Record<string, unknown>[];
  /** What each core so far has been sent. */
  readonly toCore: Record<string, unknown>[][];
  answer(message: Record<string, unknown>): void;
  cut(): void;
  send(message: unknown): void;
}

function setUp(options: { readonly cores?: number } = {}): Stage {
  const toClient: Record<string, unknown>[] = [];
  const toCore: Record<string, unknown>[][] = [];
  let events: WireEvents | undefined;
  let left = options.cores ?? 10;
  const bridge = createBridge({
    connect: async (wireEvents) => {
      if (left === 0) return undefined;
      left -= 1;
      events = wireEvents;
      const received: Record<string, unknown>[] = [];
      toCore.push(received);
      return {
        send: (line) => {
          received.push(JSON.parse(line) as Record<string, unknown>);
          return true;
        },
        close: () => undefined,
      };
    },
    write: (line) => toClient.push(JSON.parse(line) as Record<string, unknown>),
    hold: () => undefined,
  });
  return {
    bridge,
    toClient,
    toCore,
    answer: (message) => events?.onLine(JSON.stringify({ jsonrpc: '2.0', ...message })),
    cut: () => events?.onClose(),
    send: (message) => bridge.push(JSON.stringify(message)),
  };
}

/** Lets every promise that is ready go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c' } },
};
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' };
const call = (id: number, method = 'tools/call'): Record<string, unknown> => ({
  jsonrpc: '2.0',
  id,
  method,
  params: { name: 'get_queue_status', arguments: {} },
});

async function introduce(stage: Stage): Promise<void> {
  stage.send(initialize);
  await settle();
  stage.answer({ id: 0, result: {} });
  stage.send(initialized);
}

describe('the bridge between a client and the core', () => {
  it('passes messages on in both directions as they are', async () => {
    const stage = setUp();
    await introduce(stage);
    stage.send(call(1));
    stage.answer({ id: 1, result: { content: [] } });
    expect(stage.toCore).toEqual([[initialize, initialized, call(1)]]);
    expect(stage.toClient.map(({ id }) => id)).toEqual([0, 1]);
  });

  it('introduces the client to the next core by itself, and goes on', async () => {
    const stage = setUp();
    await introduce(stage);
    stage.send({ jsonrpc: '2.0', id: 5, method: 'resources/subscribe', params: { uri: 'a:b' } });
    stage.answer({ id: 5, result: {} });
    stage.cut();
    await settle();
    const [again] = stage.toCore[1]!;
    expect(again).toMatchObject({ method: 'initialize', params: initialize.params });
    stage.send(call(6));
    expect(stage.toCore[1]).toHaveLength(1);
    stage.answer({ id: again!['id'], result: {} });
    expect(stage.toCore[1]?.slice(1)).toMatchObject([
      initialized,
      { method: 'resources/subscribe', params: { uri: 'a:b' } },
      call(6),
    ]);
    const own = stage.toCore[1]?.[2]?.['id'];
    stage.answer({ id: own, result: {} });
    stage.answer({ id: 6, result: {} });
    // The client sees none of it.
    expect(stage.toClient.map(({ id }) => id)).toEqual([0, 5, 6]);
  });

  it('fails a tool call that was under way, once, and says what to do', async () => {
    const stage = setUp();
    await introduce(stage);
    stage.send(call(7));
    stage.cut();
    await settle();
    expect(stage.toClient.at(-1)).toMatchObject({
      id: 7,
      error: { code: -32000, data: { code: 'contract/disconnected' } },
    });
    expect(JSON.stringify(stage.toClient.at(-1))).toContain('ask again');
    expect(stage.toCore[1]).toHaveLength(1);
  });

  it('sends again what only looks, but not twice', async () => {
    const stage = setUp();
    stage.send(call(1, 'tools/list'));
    await settle();
    stage.cut();
    await settle();
    expect(stage.toCore[1]).toEqual([call(1, 'tools/list')]);
    stage.cut();
    await settle();
    expect(stage.toClient).toMatchObject([{ id: 1, error: { code: -32000 } }]);
    expect(stage.toCore[2]).toEqual([]);
  });

  it('answers everything when no core can be had, and tries again at the next message', async () => {
    const stage = setUp({ cores: 0 });
    stage.send(call(1));
    stage.send(call(2, 'tools/list'));
    await settle();
    expect(stage.toClient).toMatchObject([
      { id: 1, error: { code: -32000 } },
      { id: 2, error: { code: -32000 } },
    ]);
    stage.send(call(3));
    await settle();
    expect(stage.toClient).toHaveLength(3);
  });

  it('takes back what the lost core had asked, and drops the late answer', async () => {
    const stage = setUp();
    await introduce(stage);
    stage.answer({ id: 'ask-1', method: 'elicitation/create', params: {} });
    stage.cut();
    await settle();
    expect(stage.toClient.at(-1)).toMatchObject({
      method: 'notifications/cancelled',
      params: { requestId: 'ask-1' },
    });
    stage.send({ jsonrpc: '2.0', id: 'ask-1', result: { action: 'accept' } });
    expect(JSON.stringify(stage.toCore[1])).not.toContain('accept');
  });

  it.each([
    ['no JSON', 'hello'],
    ['half JSON', '{"jsonrpc":"2.0","id":1'],
    ['a number', '42'],
    ['an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"ping"}'],
    ['an empty batch', '[]'],
  ])('answers %s by itself', async (_what, line) => {
    const stage = setUp();
    stage.bridge.push(line);
    await settle();
    expect(stage.toClient).toMatchObject([{ id: null, error: {} }]);
    expect(stage.toCore).toEqual([]);
  });

  it('takes a batch apart', async () => {
    const stage = setUp();
    stage.send([call(1, 'ping'), call(2, 'ping')]);
    await settle();
    expect(stage.toCore[0]).toEqual([call(1, 'ping'), call(2, 'ping')]);
  });
});
