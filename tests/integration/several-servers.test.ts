import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionState } from '../../core/contract/session.schema.ts';
import { type ArtistClient, createArtistClient } from '../../core/host/cli/ask/artist-client.ts';
import { type Host, createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import {
  type PracticeServer,
  createPracticeServer,
} from '../../core/practice/create-practice-server.ts';

let folder: string;
let desk: PracticeServer;
let box: PracticeServer;
let host: Host;
let artist: ArtistClient;

async function connectTo({ url }: PracticeServer): Promise<void> {
  const { client, sessionId } = artist;
  expect(await client.call('comfy/connect', { target: { url }, sessionId })).toMatchObject({
    ok: true,
  });
}

/** Starts a render that lasts until it is stopped, or about as long as its steps. */
async function startRun(): Promise<string> {
  const { client, sessionId } = artist;
  const source = { kind: 'template', name: 'sdxl-text-to-image' } as const;
  await client.call('workflow/open', { sessionId, source });
  const started = await client.call('run/start', { sessionId });
  if (!started.ok) throw new Error(started.error.code);
  const { promptId } = started.value;
  await artist.until(({ runs }) =>
    runs.some((run) => run.promptId === promptId && run.status === 'running'),
  );
  return promptId;
}

const runOf = (state: SessionState, promptId: string) =>
  state.runs.find((run) => run.promptId === promptId);

function currentUrl(isReached: (url: string | undefined) => boolean): Promise<void> {
  const { workspace } = host.agent;
  return new Promise((resolve) => {
    const look = (): void => {
      const { url, status } = workspace.state.connection;
      if (status !== 'ready' || !isReached(url)) return;
      listening.dispose();
      resolve();
    };
    const listening = workspace.onEnvelope(look);
    look();
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  desk = await createPracticeServer({ stepMs: 25 });
  box = await createPracticeServer({ stepMs: 1 });
  host = await createHost({
    dataFolder: folder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'test',
    addresses: [],
    environment: {},
  });
  const client = await createArtistClient(host, 'Shot 010');
  if (!client.ok) throw new Error(client.error.code);
  artist = client.value;
});

afterEach(async () => {
  artist.dispose();
  await host.close();
  await Promise.all([desk.close(), box.close()]);
  await rm(folder, { recursive: true, force: true });
});

describe('two servers', () => {
  it('a run goes on and is followed to its verdict where it was queued, after another server was taken', async () => {
    await connectTo(desk);
    const promptId = await startRun();
    await connectTo(box);
    expect(host.agent.workspace.state.connection.url).toBe(box.url);
    const before = runOf(await artist.until(() => true), promptId);
    expect(before?.status).toBe('running');
    expect(host.agent.link.others.map(({ connection }) => connection.url)).toEqual([desk.url]);
    const state = await artist.until(({ runs }) =>
      runs.some((run) => run.promptId === promptId && run.verdict !== undefined),
    );
    expect(runOf(state, promptId)).toMatchObject({ status: 'verified', server: desk.url });
    // Nobody needs it any more.
    await expect.poll(() => host.agent.link.find(desk.url)).toBeUndefined();
    expect(host.agent.link.find(box.url)).toBe(host.agent.link.current);
    expect(host.agent.link.others).toEqual([]);
  });

  it('a run can be stopped on its own server while another one is in use', async () => {
    await connectTo(desk);
    const promptId = await startRun();
    await connectTo(box);
    const { client, sessionId } = artist;
    const stopped = await client.call('run/cancel', { sessionId, promptId });
    expect(stopped).toMatchObject({ ok: true, value: { run: { status: 'cancelled' } } });
  });

  it('coming back to a server where a run is going takes the same connection again', async () => {
    await connectTo(desk);
    const first = host.agent.link.current;
    const promptId = await startRun();
    await connectTo(box);
    await connectTo(desk);
    expect(host.agent.link.current).toBe(first);
    const state = await artist.until(({ runs }) =>
      runs.some((run) => run.promptId === promptId && run.verdict !== undefined),
    );
    expect(runOf(state, promptId)?.status).toBe('verified');
  });

  it('pictures of the other server can still be looked at when it is in the list', async () => {
    await connectTo(box);
    const server = { name: 'Box', url: box.url };
    expect(await artist.client.call('server/save', { server })).toMatchObject({ ok: true });
    const { client, sessionId } = artist;
    const source = { kind: 'template', name: 'sdxl-text-to-image' } as const;
    await client.call('workflow/open', { sessionId, source });
    await client.call('run/start', { sessionId });
    const { runs } = await artist.until(({ runs: all }) => all[0]?.verdict !== undefined);
    await connectTo(desk);
    const assetId = runs[0]?.outputs[0]?.assetId ?? '';
    expect(await host.assets.read(assetId)).toMatchObject({
      ok: true,
      value: { mediaType: 'image/png' },
    });
  });

  it('a session that is opened again goes back to the server that it worked with', async () => {
    await connectTo(desk);
    const other = await createArtistClient(host, 'Shot 020');
    if (!other.ok) throw new Error(other.error.code);
    const target = { url: box.url };
    const { sessionId } = other.value;
    await other.value.client.call('comfy/connect', { target, sessionId });
    await currentUrl((url) => url === box.url);
    const { client, sessionId: first } = artist;
    await client.call('session/unsubscribe', { sessionId: first });
    await client.call('session/subscribe', { sessionId: first });
    await currentUrl((url) => url === desk.url);
    await other.value.client.call('session/unsubscribe', { sessionId });
    await other.value.client.call('session/subscribe', { sessionId });
    await currentUrl((url) => url === box.url);
    other.value.dispose();
  });

  it('a server that was named for this start is kept when a session of another one is opened, until the artist chooses', async () => {
    await connectTo(desk);
    await host.connect({ url: box.url });
    const { client, sessionId } = artist;
    await client.call('session/unsubscribe', { sessionId });
    await client.call('session/subscribe', { sessionId });
    // Going back is told before the answer to the subscription.
    expect(host.agent.workspace.state.connection).toMatchObject({ url: box.url, status: 'ready' });
    const other = await createArtistClient(host, 'Shot 020');
    if (!other.ok) throw new Error(other.error.code);
    const chosen = { target: { url: box.url }, sessionId: other.value.sessionId };
    await other.value.client.call('comfy/connect', chosen);
    await client.call('session/unsubscribe', { sessionId });
    await client.call('session/subscribe', { sessionId });
    await currentUrl((url) => url === desk.url);
    other.value.dispose();
  });
});
