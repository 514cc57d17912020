import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll } from 'vitest';
import type { SessionStore } from '../../core/agent/sessions/session-store.ts';
import { type Disposable, createDisposableBag } from '../../core/base/disposable.ts';
import { type Client, connect } from '../../core/contract/wire/client.ts';
import type { SessionState } from '../../core/contract/session.schema.ts';
import { createInMemoryTransports } from '../fakes/in-memory-transport.ts';
import { type StartedEndpoint, startEndpoint } from './start-endpoint.ts';
import { type WireClient, connectWire } from './wire-client.ts';

/** What came back over plain HTTP. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An endpoint under attack: the artist has a workflow open, and one client is let in. */
export interface AttackedEndpoint {
  readonly app: StartedEndpoint;
  readonly artist: Client;
  readonly client: WireClient;
  readonly sessionId: string;
  /** The artist's session as it is now. */
  readonly state: () => Promise<SessionState>;
  /** From then on the artist says no to whatever a client may not do by itself. */
  readonly sayNo: () => Disposable;
  /** Sends whatever it is told, without an MCP client's manners. */
  readonly raw: (path: string, request?: RawRequest) => Promise<RawAnswer>;
}

/** Sets the endpoint up for the tests of one file. */
export function useAttackedEndpoint(): AttackedEndpoint {
  let app: StartedEndpoint;
  let artist: Client;
  let client: WireClient;
  let sessionId: string;
  beforeAll(async () => {
    // Without the bounds on how often: what is refused here is refused for what it is.
    const often = { burst: 1_000_000, perSecond: 1_000_000 };
    app = await startEndpoint({ mcp: { limits: { actions: often, requests: often } } });
    const [ours, theirs] = createInMemoryTransports();
    app.host.serve(theirs, 'artist');
    artist = connect(ours);
    const created = await artist.call('session/create', { title: 'Shot 020' });
    if (!created.ok) throw new Error(created.error.code);
    sessionId = created.value.sessionId;
    const source = { kind: 'template', name: 'sdxl-text-to-image' } as const;
    await artist.call('workflow/open', { sessionId, source });
    client = await connectWire(app);
  });
  afterAll(async () => {
    client.close();
    artist.dispose();
    await app.close();
  });
  return {
    get app() {
      return app;
    },
    get artist() {
      return artist;
    },
    get client() {
      return client;
    },
    get sessionId() {
      return sessionId;
    },
    state: async () => {
      const store = await app.host.agent.sessions.open(sessionId);
      if (!store.ok) throw new Error(store.error.code);
      return store.value.state;
    },
    sayNo: () => {
      const { sessions } = app.host.agent;
      const bag = createDisposableBag();
      const watch = (store: SessionStore): void => {
        bag.add(
          store.onEnvelope(({ action }) => {
            if (action.type !== 'turn/tool-call-moved') return;
            if (action.status !== 'awaiting-approval') return;
            const { callId } = action;
            const answer = { sessionId: store.sessionId, callId, decision: 'reject' } as const;
            void artist.call('tool/respond', answer);
          }),
        );
      };
      for (const store of sessions.opened) watch(store);
      bag.add(sessions.onOpened(watch));
      return bag;
    },
    raw: (path, request = {}) => sendRaw(app.port, path, request),
  };
}

function sendRaw(port: number, path: string, request: RawRequest): Promise<RawAnswer> {
  const { method = 'POST', headers = {}, body } = request;
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.once('error', reject);
      },
    );
    // A refusal may come while the body is still being sent.
    sent.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EPIPE' || cause.code === 'ECONNRESET') resolve({ status: 413, text: '' });
      else reject(cause);
    });
    sent.end(body);
  });
}
