import { afterEach, beforeEach } from 'vitest';
import type { Connection } from '../../../core/contract/machine/machine.schema.ts';
import type { Comfy, ComfyEvent } from '../../../core/ports/comfy.ts';
import { createComfy } from '../../../core/shell/comfy/create-comfy.ts';
import { createCountingIds } from '../ports/counting-ids.ts';
import { type KeptLog, createKeptLog } from '../ports/kept-log.ts';
import { type ManualClock, createManualClock } from '../ports/manual-clock.ts';
import { type RecordedComfy, createRecordedComfy } from './recorded-comfy.ts';

/** Our side of one ComfyUI, and a server that answers as recorded; both are new for each test. */
export interface ComfyBench {
  readonly server: RecordedComfy;
  readonly clock: ManualClock;
  readonly log: KeptLog;
  readonly comfy: Comfy;
  /** What was told since the test began. */
  readonly events: readonly ComfyEvent[];
  readonly statuses: readonly string[];
  /** Leaves the server for another address; `comfy` is the new one from then on. */
  readonly connectTo: (url: string) => Comfy;
  /** Resolves when the connection has this status. */
  readonly reached: (status: Connection['status']) => Promise<Connection>;
  /** Resolves when such an event was told. */
  readonly told: (kind: ComfyEvent['kind']) => Promise<ComfyEvent>;
  /** Resolves when the server was asked more than `before` times and our side has the answer. */
  readonly answered: (before: number) => Promise<void>;
}

/** A run to send. */
export const submission = {
  promptId: 'p1',
  payload: { 1: { class_type: 'A', inputs: {} } },
  workflow: null,
};

/** Sets the bench up before each test of a file, and lets everything go after it. */
export function useComfyBench(): ComfyBench {
  let server: RecordedComfy;
  let clock: ManualClock;
  let log: KeptLog;
  let comfy: Comfy;
  let events: ComfyEvent[];
  let statuses: string[];
  const open = (url: string): Comfy => {
    comfy = createComfy({ url, isPractice: false, clock, ids: createCountingIds(), log });
    comfy.onEvent((event) => events.push(event));
    comfy.onConnectionChanged(({ status }) => statuses.push(status));
    return comfy;
  };
  beforeEach(async () => {
    server = await createRecordedComfy();
    clock = createManualClock();
    log = createKeptLog();
    events = [];
    statuses = [];
    open(server.url);
  });
  afterEach(async () => {
    comfy.dispose();
    await server.close();
  });
  return {
    get server() {
      return server;
    },
    get clock() {
      return clock;
    },
    get log() {
      return log;
    },
    get comfy() {
      return comfy;
    },
    get events() {
      return events;
    },
    get statuses() {
      return statuses;
    },
    connectTo: (url) => {
      comfy.dispose();
      return open(url);
    },
    reached: (status) =>
      new Promise((resolve) => {
        if (comfy.connection.status === status) resolve(comfy.connection);
        const listening = comfy.onConnectionChanged((connection) => {
          if (connection.status !== status) return;
          listening.dispose();
          resolve(connection);
        });
      }),
    told: (kind) =>
      new Promise((resolve) => {
        const before = events.find((event) => event.kind === kind);
        if (before !== undefined) resolve(before);
        const listening = comfy.onEvent((event) => {
          if (event.kind !== kind) return;
          listening.dispose();
          resolve(event);
        });
      }),
    answered: async (before) => {
      while (server.seen.length <= before) await new Promise((resolve) => setImmediate(resolve));
      await comfy.queue();
    },
  };
}
