import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/contract/wire/client.ts';
import { CONTRACT_VERSION } from '../../core/contract/version.ts';
import { type Host, createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';

let folder: string;
let host: Host;
let artist: Client;
let agent: Client;
let sessionId: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  host = await createHost({
    dataFolder: folder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'test',
    practiceStepMs: 1,
  });
  await host.connect('practice');
  artist = host.openClient('artist');
  agent = host.openClient('agent');
  await agent.call('core/hello', { version: CONTRACT_VERSION, client: 'Claude Desktop' });
  const created = await artist.call('session/create', { title: 'Shot 010' });
  if (!created.ok) throw new Error(created.error.code);
  sessionId = created.value.sessionId;
  await artist.call('workflow/open', {
    sessionId,
    source: { kind: 'template', name: 'sdxl-text-to-image' },
  });
});

afterEach(async () => {
  artist.dispose();
  agent.dispose();
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

async function proposeAsAgent(): Promise<{
  readonly changeSetId: string;
  readonly digest: string;
  readonly baseRevision: number;
  readonly answered: Promise<unknown>;
}> {
  const store = await host.agent.sessions.open(sessionId);
  if (!store.ok) throw new Error(store.error.code);
  const proposed = new Promise<void>((resolve) => {
    const listening = store.value.onEnvelope(({ action }) => {
      if (action.type !== 'changeset/proposed') return;
      listening.dispose();
      resolve();
    });
  });
  const sampler = store.value.state.workflow?.document['nodes'] as readonly {
    id: number;
    type: string;
  }[];
  const nodeId = String(sampler.find(({ type }) => type === 'KSampler')?.id);
  const answered = agent.call('tool/call', {
    sessionId,
    name: 'set_input',
    input: { node_id: nodeId, input_name: 'steps', value: 30 },
  });
  await proposed;
  const [changeSet] = store.value.state.changeSets;
  if (changeSet === undefined) throw new Error('nothing was proposed');
  const { changeSetId, digest, baseRevision } = changeSet;
  return { changeSetId, digest, baseRevision, answered };
}

describe('a client in the agent role', () => {
  it('cannot accept its own change, although it knows the digest', async () => {
    const { changeSetId, digest, baseRevision } = await proposeAsAgent();
    const tried = await agent.call('changeset/respond', {
      sessionId,
      changeSetId,
      digest,
      baseRevision,
      decision: 'accept',
    });
    expect(tried).toMatchObject({ ok: false, error: { code: 'contract/forbidden' } });
    const store = await host.agent.sessions.open(sessionId);
    expect(store.ok && store.value.state.workflow?.revision).toBe(0);
  });

  it('is told what the artist decided, and is named in the session', async () => {
    const { changeSetId, digest, baseRevision, answered } = await proposeAsAgent();
    await artist.call('changeset/respond', {
      sessionId,
      changeSetId,
      digest,
      baseRevision,
      decision: 'accept',
    });
    expect(await answered).toMatchObject({ ok: true, value: { output: { status: 'applied' } } });
    const store = await host.agent.sessions.open(sessionId);
    expect(store.ok && store.value.state.changeSets[0]?.proposedBy).toEqual({
      role: 'agent',
      name: 'Claude Desktop',
    });
  });

  it.each([
    'run/start',
    'run/release',
    'settings/set',
    'comfy/connect',
    'server/save',
    'server/remove',
    'server/test',
    'server/trust',
    'comfy-cli/look',
    'comfy-cli/start',
    'comfy-cli/stop',
    'comfy-cli/logs',
    'workflow/open',
    'history/undo',
  ] as const)('may not call %s', async (method) => {
    expect(await agent.call(method, {})).toMatchObject({
      ok: false,
      error: { code: 'contract/forbidden' },
    });
  });

  it('gets what would have been right when a setting does not exist', async () => {
    const answer = await agent.call('tool/call', {
      sessionId,
      name: 'set_input',
      input: { node_id: '3', input_name: 'stepz', value: 30 },
    });
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer)).toContain('steps');
  });
});
