import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringifyExactJson } from '../../core/base/exact-json.ts';
import type { JsonObject } from '../../core/base/json.ts';
import type { Connection } from '../../core/contract/machine/machine.schema.ts';
import { type ArtistClient, createArtistClient } from '../../core/host/cli/ask/artist-client.ts';
import { type Host, createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import { readPracticeObjectInfo } from '../../core/practice/read-practice-object-info.ts';
import { type RecordedComfy, createRecordedComfy } from '../fakes/comfy/recorded-comfy.ts';

let folder: string;
let server: RecordedComfy;
let host: Host;
let artist: ArtistClient;
let objectInfo: JsonObject;

async function start(): Promise<void> {
  host = await createHost({
    dataFolder: folder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'test',
    environment: {},
  });
  const client = await createArtistClient(host, 'Shot 010');
  if (!client.ok) throw new Error(client.error.code);
  artist = client.value;
}

async function restart(): Promise<void> {
  artist.dispose();
  await host.close();
  await start();
}

function connected(isReached: (connection: Connection) => boolean): Promise<Connection> {
  const { workspace } = host.agent;
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isReached(workspace.state.connection)) return;
      listening.dispose();
      resolve(workspace.state.connection);
    };
    const listening = workspace.onEnvelope(look);
    look();
  });
}

async function propose(): Promise<string> {
  const { client, sessionId } = artist;
  const source = { kind: 'template', name: 'sdxl-text-to-image' } as const;
  const opened = await client.call('workflow/open', { sessionId, source });
  expect(opened).toMatchObject({ ok: true, value: { problems: [] } });
  await client.call('turn/send', { sessionId, message: '30 steps' });
  const state = await artist.until(({ changeSets }) => changeSets.length > 0);
  return state.changeSets[0]?.changeSetId ?? '';
}

const asksForClasses = (): number =>
  server.seen.filter(({ path }) => path === '/object_info').length;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  server = await createRecordedComfy();
  objectInfo = await readPracticeObjectInfo();
  server.answer('GET /object_info', () => ({ body: stringifyExactJson(objectInfo) }));
  await start();
  const target = { url: server.url };
  expect(await artist.client.call('comfy/connect', { target })).toMatchObject({ ok: true });
});

afterEach(async () => {
  artist.dispose();
  await host.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the node classes that a server told before', () => {
  it('let an artist read, check, propose and accept while the server does not answer', async () => {
    await server.close();
    await restart();
    expect(await host.connect('automatic')).toMatchObject({
      ok: false,
      error: { code: 'comfy/unreachable', data: { url: server.url } },
    });
    const { connection } = host.agent.workspace.state;
    expect(connection).toMatchObject({ status: 'error', url: server.url, isPractice: false });
    expect(connection.catalogReadAt).toBeGreaterThan(0);
    const changeSetId = await propose();
    const state = await artist.until(({ changeSets }) => changeSets.length > 0);
    const changeSet = state.changeSets.find((one) => one.changeSetId === changeSetId);
    if (changeSet === undefined) throw new Error('nothing was proposed');
    const { digest, baseRevision } = changeSet;
    const { client, sessionId } = artist;
    expect(
      await client.call('changeset/respond', {
        sessionId,
        changeSetId,
        digest,
        baseRevision,
        decision: 'accept',
      }),
    ).toMatchObject({ ok: true, value: { status: 'applied' } });
    expect(await client.call('run/start', { sessionId })).toMatchObject({
      error: { code: 'comfy/not-connected' },
    });
  });

  it('are there at once at the next start, while the server is still asked for the present ones', async () => {
    await restart();
    const asked = Promise.withResolvers<undefined>();
    const before = asksForClasses();
    const held: { body: string } = { body: stringifyExactJson(objectInfo) };
    server.answer('GET /object_info', () => {
      asked.resolve(undefined);
      return held;
    });
    const began = host.connect('automatic');
    expect(await began).toMatchObject({ ok: true });
    expect(host.agent.workspace.state.connection.status).toBe('ready');
    await asked.promise;
    expect(asksForClasses()).toBe(before + 1);
  });

  it('give way to what the server tells now, and an open change that no longer fits is out of date', async () => {
    await restart();
    const changed: JsonObject = Object.fromEntries(
      Object.entries(objectInfo).filter(([name]) => name !== 'KSampler'),
    );
    // The kept list is used first; only then does the server answer with another one.
    const present = host.agent.link;
    server.answer('GET /object_info', 'cut');
    expect(await host.connect('automatic')).toMatchObject({ ok: true });
    const changeSetId = await propose();
    server.answer('GET /object_info', () => ({ body: stringifyExactJson(changed) }));
    const before = present.catalog;
    await present.refreshCatalog();
    expect(present.catalog).not.toBe(before);
    expect(present.catalog.get('KSampler')).toBeUndefined();
    const state = await artist.until(({ changeSets }) =>
      changeSets.some((one) => one.changeSetId === changeSetId && one.status === 'stale'),
    );
    expect(state.changeSets[0]?.conflicts?.[0]).toContain('other nodes now');
    await connected(({ nodeClassCount }) => nodeClassCount === Object.keys(changed).length);
  });

  it('are the same object when the server tells the same again', async () => {
    const { link } = host.agent;
    const { catalog } = link;
    await link.refreshCatalog();
    expect(link.catalog).toBe(catalog);
    expect(asksForClasses()).toBe(2);
  });
});
