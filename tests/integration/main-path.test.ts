import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionState } from '../../core/contract/session.schema.ts';
import { type ArtistClient, createArtistClient } from '../../core/host/cli/ask/artist-client.ts';
import { type Host, createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';

let folder: string;
let host: Host;
let artist: ArtistClient;

async function startHost(): Promise<Host> {
  return createHost({
    dataFolder: folder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'test',
    practiceStepMs: 1,
  });
}

async function openTemplate(name = 'sdxl-text-to-image'): Promise<void> {
  const { sessionId, client } = artist;
  const source = { kind: 'template', name } as const;
  const opened = await client.call('workflow/open', { sessionId, source });
  expect(opened).toMatchObject({ ok: true });
}

async function say(message: string): Promise<string> {
  const sent = await artist.client.call('turn/send', { sessionId: artist.sessionId, message });
  if (!sent.ok) throw new Error(sent.error.code);
  return sent.value.turnId;
}

const openChange = ({ changeSets }: SessionState): boolean =>
  changeSets.some(({ status }) => status === 'proposed');
const turnOver =
  (turnId: string) =>
  ({ turns }: SessionState): boolean =>
    turns.some((turn) => turn.turnId === turnId && turn.endedAt !== undefined);
const runsOver = ({ runs }: SessionState): boolean =>
  runs.length > 0 &&
  runs.every(({ status }) =>
    ['verified', 'needs-attention', 'failed', 'cancelled'].includes(status),
  );

async function answer(
  decision: 'accept' | 'reject',
  more: { readonly acceptedOps?: readonly number[]; readonly release?: boolean } = {},
): Promise<void> {
  const state = await artist.until(openChange);
  const changeSet = state.changeSets.find(({ status }) => status === 'proposed');
  if (changeSet === undefined) throw new Error('nothing to answer');
  const { changeSetId, digest, baseRevision } = changeSet;
  const responded = await artist.client.call('changeset/respond', {
    sessionId: artist.sessionId,
    changeSetId,
    digest,
    baseRevision,
    decision,
    ...more,
  });
  expect(responded).toMatchObject({ ok: true });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-test-'));
  host = await startHost();
  const client = await createArtistClient(host, 'Shot 010');
  if (!client.ok) throw new Error(client.error.code);
  artist = client.value;
  expect(await host.connect('practice')).toMatchObject({ ok: true });
});

afterEach(async () => {
  artist.dispose();
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the main path over the contract, against the practice ComfyUI', () => {
  it('takes a sentence to an accepted change, a render and a verdict', async () => {
    await openTemplate();
    const turnId = await say('30 steps and make it 16:9, then render');
    await answer('accept');
    await artist.until(turnOver(turnId));
    const state = await artist.until(runsOver);
    const [run] = state.runs;
    expect(run).toMatchObject({ status: 'verified', verdict: { outcome: 'as-asked' } });
    expect(run?.outputs[0]).toMatchObject({ width: 1344, height: 768, kind: 'image' });
    const picture = await host.assets.read(run?.outputs[0]?.assetId ?? '');
    expect(picture).toMatchObject({ ok: true, value: { mediaType: 'image/png' } });
    expect(state.turns[0]).toMatchObject({ status: 'done' });
  });

  it('renders nothing when the change is rejected', async () => {
    await openTemplate();
    const turnId = await say('30 steps, then render');
    await answer('reject');
    const state = await artist.until(turnOver(turnId));
    expect(state.runs).toEqual([]);
    expect(state.workflow?.revision).toBe(0);
  });

  it('renders after "accept and render" although the message asked for no run', async () => {
    await openTemplate();
    const turnId = await say('30 steps');
    await answer('accept', { release: true });
    const state = await artist.until(runsOver);
    expect(state.runs).toMatchObject([{ status: 'verified', turnId }]);
    expect(state.turns[0]?.parts.at(-1)?.kind).toBe('run');
  });

  it('goes on listening while a change waits for its yes, and does the rest after that', async () => {
    await openTemplate();
    const waiting = await say('30 steps, then render');
    await artist.until(openChange);
    const asked = await say('explain this workflow');
    const explained = await artist.until(turnOver(asked));
    expect(explained.turns[0]).toMatchObject({ status: 'awaiting-approval' });
    expect(explained.turns[1]).toMatchObject({ status: 'done' });
    await answer('accept');
    const state = await artist.until(turnOver(waiting));
    expect(state.runs).toMatchObject([{ status: 'verified', turnId: waiting }]);
  });

  it('goes on listening while a render that was asked for works, and stops it when told to', async () => {
    await openTemplate();
    await say('set steps to 9000');
    await answer('accept');
    const rendering = await say('render');
    await artist.until(({ runs }) => (runs[0]?.progress?.step ?? 0) > 1);
    const stopping = await say('stop the render');
    const state = await artist.until(turnOver(rendering));
    expect(state.runs).toMatchObject([{ status: 'cancelled' }]);
    expect((await artist.until(turnOver(stopping))).turns.at(-1)).toMatchObject({ status: 'done' });
  });

  it('renders once when the message asked for it too', async () => {
    await openTemplate();
    const turnId = await say('30 steps, then render');
    await answer('accept', { release: true });
    await artist.until(turnOver(turnId));
    expect((await artist.until(runsOver)).runs).toHaveLength(1);
  });

  it('says in the turn why "accept and render" could not render', async () => {
    await openTemplate();
    await say('remove the save image node');
    await answer('accept', { release: true });
    const failed = ({ turns }: SessionState): boolean =>
      turns.some(({ parts }) => parts.some(({ kind }) => kind === 'error'));
    expect((await artist.until(failed)).runs).toEqual([]);
  });

  it('applies only the accepted part, and undo takes it back', async () => {
    await openTemplate();
    const before = artist.state.workflow?.document;
    const turnId = await say('30 steps and cfg 6');
    await answer('accept', { acceptedOps: [1] });
    const state = await artist.until(turnOver(turnId));
    expect(state.workflow?.history[0]?.label).toMatch(/CFG/i);
    expect(state.workflow?.history[0]?.label).not.toMatch(/steps/i);
    const { sessionId, client } = artist;
    expect(await client.call('history/undo', { sessionId })).toMatchObject({ ok: true });
    const undone = await artist.until(({ workflow }) => workflow?.position === 0);
    expect(undone.workflow?.document).toEqual(before);
  });

  it('stops a run that is going and says so', async () => {
    await openTemplate();
    await say('set steps to 9000');
    await answer('accept');
    const { sessionId, client } = artist;
    const started = await client.call('run/start', { sessionId });
    if (!started.ok) throw new Error(started.error.code);
    const { promptId } = started.value;
    await artist.until(({ runs }) => (runs[0]?.progress?.step ?? 0) > 1);
    const cancelled = await client.call('run/cancel', { sessionId, promptId });
    expect(cancelled).toMatchObject({ ok: true, value: { run: { status: 'cancelled' } } });
  });

  it('refuses to queue what cannot run, naming the node', async () => {
    const { sessionId, client } = artist;
    const text = await readFile(
      join(productFolder('resources/templates'), 'sdxl-text-to-image.json'),
      'utf8',
    );
    const source = {
      kind: 'text',
      name: 'broken',
      text: text.replaceAll('sd_xl_base_1.0.safetensors', 'nope.safetensors'),
    } as const;
    expect(await client.call('workflow/open', { sessionId, source })).toMatchObject({ ok: true });
    const started = await client.call('run/start', { sessionId });
    expect(started).toMatchObject({ ok: false, error: { code: 'workflow/invalid' } });
    expect(JSON.stringify(started)).toContain('nope.safetensors');
  });

  it('has everything again after a restart', async () => {
    await openTemplate();
    const turnId = await say('30 steps');
    await answer('accept');
    await artist.until(turnOver(turnId));
    const before = artist.state;
    await host.close();
    host = await startHost();
    const store = await host.agent.sessions.open(artist.sessionId);
    expect(store.ok && store.value.state).toEqual(before);
  });

  it('still shows its pictures after a restart', async () => {
    await openTemplate();
    await say('render');
    const { runs } = await artist.until(runsOver);
    await host.close();
    host = await startHost();
    await host.connect('practice');
    await host.agent.sessions.open(artist.sessionId);
    const picture = await host.assets.read(runs[0]?.outputs[0]?.assetId ?? '');
    expect(picture).toMatchObject({ ok: true, value: { mediaType: 'image/png' } });
  });
});
