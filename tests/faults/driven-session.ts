import type { SessionState } from '../../core/contract/session.schema.ts';
import type { Op } from '../../core/contract/workflow.schema.ts';
import { CONTRACT_VERSION } from '../../core/contract/version.ts';
import type { Host } from '../../core/host/create-host.ts';

/** A session with an artist at it, for rounds of faults. */
export interface DrivenSession {
  readonly sessionId: string;
  readonly state: SessionState;
  /** Proposes and accepts; the change set's id once the artist was told that it is saved. */
  change(ops: readonly Op[]): Promise<string | undefined>;
  /** Starts a run; its id once the artist was told that it is queued. */
  render(): Promise<string | undefined>;
  cancel(promptId: string): Promise<boolean>;
  /** Resolves when every run has ended and was looked at. */
  settled(): Promise<void>;
  dispose(): void;
}

const artist = { role: 'artist', name: 'artist' } as const;

/** Opens the session `sessionId`, or a new one with a template: the picture one unless told otherwise. */
export async function driveSession(
  host: Host,
  sessionId?: string,
  template = 'image-adjust',
): Promise<DrivenSession> {
  const client = host.openClient('artist');
  must(await client.call('core/hello', { version: CONTRACT_VERSION, client: 'faults' }));
  const id = sessionId ?? must(await client.call('session/create', { title: 'Faults' })).sessionId;
  const store = must(await host.agent.sessions.open(id));
  if (store.state.workflow === null) {
    const source = { kind: 'template', name: template } as const;
    must(await client.call('workflow/open', { sessionId: id, source }));
  }
  return {
    sessionId: id,
    get state() {
      return store.state;
    },
    change: async (ops) => {
      const from = { by: artist };
      const proposed = host.agent.changeSets.propose(store, { intent: 'Another value', ops }, from);
      if (!proposed.ok) return undefined;
      const { changeSetId, digest, baseRevision } = proposed.value;
      const answer = { sessionId: id, changeSetId, digest, baseRevision };
      const said = await client.call('changeset/respond', { ...answer, decision: 'accept' });
      return said.ok ? changeSetId : undefined;
    },
    render: async () => {
      const started = await client.call('run/start', { sessionId: id });
      return started.ok ? started.value.promptId : undefined;
    },
    cancel: async (promptId) => {
      const stopped = await client.call('run/cancel', { sessionId: id, promptId });
      return stopped.ok;
    },
    settled: () =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!store.state.runs.every(({ status }) => settledStatuses.includes(status))) return;
          listening.dispose();
          resolve();
        };
        const listening = store.onEnvelope(look);
        look();
      }),
    dispose: () => {
      client.dispose();
    },
  };
}

const settledStatuses: readonly string[] = [
  'verified',
  'needs-attention',
  'failed',
  'cancelled',
  'unclear',
];

/** Node ids of the picture template. */
export const nodes = { resize: '2', save: '5' } as const;

function must<T>(
  result:
    { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
