import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { type CoreProcessParts, createCoreProcess, restartDelay } from './core-process.ts';

describe('the supervised core', () => {
  it('hands a page its port only once the core runs', () => {
    const world = createWorld();
    const core = createCoreProcess(world.parts);
    const delivered: unknown[] = [];
    core.connect((port) => delivered.push(port));
    expect(delivered).toEqual([]);
    world.children[0]?.emit('spawn');
    expect(delivered).toEqual(['page end 1']);
    expect(world.children[0]?.posted).toEqual([
      [{ type: 'connect', role: 'artist' }, ['core end 1']],
    ]);
  });

  it('gives every page that asks a channel of its own', () => {
    const world = createWorld();
    const core = createCoreProcess(world.parts);
    world.children[0]?.emit('spawn');
    const delivered: unknown[] = [];
    core.connect((port) => delivered.push(port));
    core.connect((port) => delivered.push(port));
    expect(delivered).toEqual(['page end 1', 'page end 2']);
  });

  it('starts a core that died again, and serves who asked meanwhile', () => {
    const world = createWorld();
    const core = createCoreProcess(world.parts);
    world.children[0]?.emit('spawn');
    world.children[0]?.emit('exit', 9);
    expect(world.exits).toEqual([9]);
    const delivered: unknown[] = [];
    core.connect((port) => delivered.push(port));
    expect(delivered).toEqual([]);
    world.pass(restartDelay(1));
    world.children[1]?.emit('spawn');
    expect(delivered).toEqual(['page end 1']);
  });

  it('waits longer before every further start, up to ten seconds', () => {
    expect([1, 2, 3, 7, 30].map(restartDelay)).toEqual([250, 500, 1_000, 10_000, 10_000]);
    const world = createWorld();
    createCoreProcess(world.parts);
    for (const delay of [250, 500, 1_000]) {
      world.children.at(-1)?.emit('exit', 1);
      expect(world.waiting).toBe(delay);
      world.pass(delay);
    }
  });

  it('is quick again when the core had run steadily before', () => {
    const world = createWorld();
    createCoreProcess(world.parts);
    world.children.at(-1)?.emit('exit', 1);
    world.pass(250);
    world.children.at(-1)?.emit('exit', 1);
    world.pass(500);
    world.pass(61_000);
    world.children.at(-1)?.emit('exit', 1);
    expect(world.waiting).toBe(250);
  });

  it('lets the core finish before the app ends, and does not start another', () => {
    const world = createWorld();
    const core = createCoreProcess(world.parts);
    world.children[0]?.emit('spawn');
    let stopped = 0;
    core.stop(() => (stopped += 1));
    expect(world.children[0]?.posted).toEqual([[{ type: 'stop' }, []]]);
    expect(stopped).toBe(0);
    world.children[0]?.emit('exit', 0);
    expect(stopped).toBe(1);
    expect(world.exits).toEqual([]);
    expect(world.children).toHaveLength(1);
  });

  it('ends a core that does not finish in time', () => {
    const world = createWorld();
    const core = createCoreProcess(world.parts);
    world.children[0]?.emit('spawn');
    core.stop(() => undefined);
    expect(world.children[0]?.killed).toBe(false);
    world.pass(3_000);
    expect(world.children[0]?.killed).toBe(true);
  });

  it('ends at once when there is no core to wait for', () => {
    const world = createWorld();
    const core = createCoreProcess(world.parts);
    world.children[0]?.emit('exit', 1);
    let stopped = 0;
    core.stop(() => (stopped += 1));
    expect(stopped).toBe(1);
    world.pass(10_000);
    expect(world.children).toHaveLength(1);
  });

  it('is stopped once also when the core had only begun to start', () => {
    const world = createWorld();
    const core = createCoreProcess(world.parts);
    let stopped = 0;
    core.stop(() => (stopped += 1));
    expect(world.children[0]?.killed).toBe(true);
    world.children[0]?.emit('exit', 0);
    expect(stopped).toBe(1);
    expect(world.exits).toEqual([]);
  });
});

class StandInChild extends EventEmitter {
  readonly posted: unknown[] = [];
  killed = false;
  postMessage(message: unknown, transfer: readonly unknown[]): void {
    this.posted.push([message, transfer]);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

function createWorld() {
  const children: StandInChild[] = [];
  const exits: number[] = [];
  let time = 0;
  let channels = 0;
  let timer: { readonly at: number; readonly callback: () => void } | undefined;
  const port = (name: string): MessagePortMain => name as unknown as MessagePortMain;
  const parts: CoreProcessParts = {
    fork: () => {
      const child = new StandInChild();
      children.push(child);
      return child;
    },
    createChannel: () => {
      channels += 1;
      return {
        port1: port(`core end ${String(channels)}`),
        port2: port(`page end ${String(channels)}`),
      };
    },
    now: () => time,
    after: (ms, callback) => (timer = { at: time + ms, callback }),
    onExit: (code) => exits.push(code),
  };
  return {
    parts,
    children,
    exits,
    get waiting() {
      return timer === undefined ? undefined : timer.at - time;
    },
    pass: (ms: number) => {
      time += ms;
      if (timer === undefined || timer.at > time) return;
      const { callback } = timer;
      timer = undefined;
      callback();
    },
  };
}
