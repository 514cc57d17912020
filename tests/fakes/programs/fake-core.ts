import { ok } from '../../../core/base/result.ts';
import type { SessionAction, SessionEnvelope } from '../../../core/contract/actions.ts';
import type { Notification } from '../../../core/contract/wire/envelope.ts';
import type { SessionSummary } from '../../../core/contract/session.schema.ts';
import { type Handlers, type ServedConnection, serve } from '../../../core/contract/wire/server.ts';
import type { Transport } from '../../../core/contract/wire/transport.ts';
import { CONTRACT_VERSION } from '../../../core/contract/version.ts';
import { emptyWorkspace } from '../../../core/domain/session/workspace-reducer.ts';
import { replaySession } from '../../../core/domain/session/replay-session.ts';
import { createInMemoryTransports } from '../in-memory-transport.ts';

/** The core as a page sees it: a numbered log of one session, any number of wires, and no side effects. */
export interface FakeCore {
  /** A new wire, as a page opens it. */
  open(): Transport;
  /** Cuts every wire. */
  cut(): void;
  /** Something happens; `isTold: false` loses the notification on the way. */
  happen(action: SessionAction, options?: { readonly isTold?: boolean }): void;
  /** Says again what was said before. */
  repeat(seq: number): void;
  /** Calls that pages made, oldest first: method and `since` where it has one. */
  readonly calls: readonly string[];
  contractVersion: number;
}

/** Makes a core that holds the session "s1". */
export function createFakeCore(): FakeCore {
  const calls: string[] = [];
  const log: SessionEnvelope[] = [];
  const wires: { readonly far: Transport; tell(notification: Notification): void }[] = [];
  const append = (action: SessionAction): SessionEnvelope => {
    const envelope = { seq: log.length + 1, at: 1_000 + log.length, action };
    log.push(envelope);
    return envelope;
  };
  const tellAll = (envelope: SessionEnvelope): void => {
    for (const wire of wires) {
      wire.tell({ kind: 'notification', channel: 'session', sessionId: 's1', envelope });
    }
  };
  append({ type: 'session/created', sessionId: 's1', title: 'One' });
  const summary: SessionSummary = {
    sessionId: 's1',
    title: 'One',
    createdAt: 1_000,
    updatedAt: 1_000,
    workflowName: null,
    turnCount: 0,
  };
  const core: FakeCore = {
    calls,
    contractVersion: CONTRACT_VERSION,
    open: () => {
      const [near, far] = createInMemoryTransports();
      const connection: ServedConnection = {
        role: 'artist',
        notify: (notification) => far.send(notification),
      };
      wires.push({ far, tell: connection.notify });
      const handlers: Partial<Handlers<ServedConnection>> = {
        'core/hello': async () => {
          calls.push('hello');
          const version = core.contractVersion;
          const hello = { role: 'artist' as const, appVersion: '0', assetBase: '/assets/' };
          return ok({ ...hello, version, platform: 'linux' });
        },
        'workspace/subscribe': async () =>
          ok({ seq: 0, state: { ...emptyWorkspace, sessions: [summary] } }),
        'session/subscribe': async ({ since }) => {
          calls.push(`subscribe ${String(since)}`);
          if (since !== undefined) {
            return ok({ kind: 'actions', envelopes: log.filter(({ seq }) => seq > since) });
          }
          const state = replaySession(log);
          if (state === undefined) throw new Error('the log does not start with a session');
          return ok({ kind: 'snapshot', seq: log.length, state });
        },
        'template/list': async () => ok({ templates: [] }),
        'catalog/classes': async () => ok({ objectInfo: {} }),
      };
      serve({
        transport: far,
        connection,
        handlers: handlers as Handlers<ServedConnection>,
        onUnexpected: (cause) => String(cause),
      });
      return near;
    },
    cut: () => {
      for (const wire of wires.splice(0)) wire.far.dispose();
    },
    happen: (action, { isTold = true } = {}) => {
      const envelope = append(action);
      if (isTold) tellAll(envelope);
    },
    repeat: (seq) => {
      const envelope = log[seq - 1];
      if (envelope !== undefined) tellAll(envelope);
    },
  };
  return core;
}
