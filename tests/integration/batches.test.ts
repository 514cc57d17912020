import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../core/contract/run/batch.schema.ts';
import type { SessionState } from '../../core/contract/session.schema.ts';
import { isBatchOver } from '../../core/domain/batch/batch-reducer.ts';
import { runOfItem } from '../../core/domain/batch/find-batch.ts';
import { createSessionRepository } from '../../core/shell/store/create-session-repository.ts';
import { useStudio } from '../fakes/programs/studio.ts';

const RESIZE = '2';
const SAVE = '5';

const studio = useStudio({ practice: { stepMs: 1, nodeMs: 5 }, template: 'image-adjust' });

const batchOf = ({ batches }: SessionState): Batch | undefined => batches?.at(-1);

async function plan(input: object): Promise<Batch> {
  const { sessionId, client } = studio.artist;
  void client.call('tool/call', {
    sessionId,
    name: 'render_batch',
    input: { ...input, wait: false },
  });
  const state = await studio.artist.until((next) => batchOf(next)?.status === 'proposed');
  const batch = batchOf(state);
  if (batch === undefined) throw new Error('nothing was planned');
  return batch;
}

async function accept({ batchId, digest }: Batch, keptItems?: readonly number[]): Promise<void> {
  const { sessionId, client } = studio.artist;
  const kept = keptItems === undefined ? {} : { keptItems: [...keptItems] };
  const answer = { sessionId, batchId, digest, decision: 'accept' as const, ...kept };
  expect(await client.call('batch/respond', answer)).toMatchObject({ ok: true });
}

function widths(values: readonly number[]): object {
  return { sweep: [{ node_id: RESIZE, input_name: 'width', values }] };
}

async function over(): Promise<{ readonly batch: Batch; readonly state: SessionState }> {
  const state = await studio.artist.until((next) => {
    const batch = batchOf(next);
    return batch !== undefined && isBatchOver(batch);
  });
  const batch = batchOf(state);
  if (batch === undefined) throw new Error('no batch');
  return { batch, state };
}

const statuses = (state: SessionState, { items }: Batch): readonly string[] =>
  items.map((item) => runOfItem(state, item)?.status ?? item.status);

describe('a plan of several renders', () => {
  it('queues nothing before the yes, then one after another, and leaves the workflow as it is', async () => {
    const before = studio.artist.state.workflow;
    const batch = await plan(widths([128, 192, 256]));
    expect(studio.artist.state.runs).toEqual([]);
    let most = 0;
    studio.artist.onChanged(({ runs }) => {
      most = Math.max(most, runs.filter(({ endedAt }) => endedAt === undefined).length);
    });
    await accept(batch);
    const { batch: ended, state } = await over();
    expect(ended.status).toBe('done');
    expect(most).toBe(1);
    expect(statuses(state, ended)).toEqual(['verified', 'verified', 'verified']);
    expect(state.runs.map(({ outputs }) => outputs[0]?.width)).toEqual([128, 192, 256]);
    expect(state.workflow).toEqual(before);
  });

  it('renders only what was kept, and nothing after a no', async () => {
    await accept(await plan(widths([128, 192, 256])), [1]);
    const { batch, state } = await over();
    expect(statuses(state, batch)).toEqual(['left-out', 'verified', 'left-out']);
    const { batchId, digest } = await plan(widths([64, 96]));
    const { sessionId, client } = studio.artist;
    await client.call('batch/respond', { sessionId, batchId, digest, decision: 'reject' });
    expect(studio.artist.state.runs).toHaveLength(1);
  });

  it('does not take an answer to something else than what was shown', async () => {
    const { batchId } = await plan(widths([128, 192]));
    const { sessionId, client } = studio.artist;
    const answer = { sessionId, batchId, digest: 'other', decision: 'accept' } as const;
    expect(await client.call('batch/respond', answer)).toMatchObject({
      error: { code: 'change/digest-mismatch' },
    });
    expect(studio.artist.state.runs).toEqual([]);
  });

  it('goes on after one that fails by its own value', async () => {
    const prefixes = ['batch/a', '../outside', 'batch/c'];
    await accept(
      await plan({ sweep: [{ node_id: SAVE, input_name: 'filename_prefix', values: prefixes }] }),
    );
    const { batch, state } = await over();
    expect(batch.status).toBe('done');
    expect(statuses(state, batch)).toEqual(['verified', 'failed', 'verified']);
  });

  it('asks before the rest when the next would fail alike, and goes on when told to', async () => {
    const prefixes = ['../a', '../b', 'batch/c'];
    await accept(
      await plan({ sweep: [{ node_id: SAVE, input_name: 'filename_prefix', values: prefixes }] }),
    );
    const state = await studio.artist.until((next) => batchOf(next)?.status === 'paused');
    expect(batchOf(state)?.pausedBy).toMatchObject({ code: 'run/node-failed' });
    expect(statuses(state, batchOf(state)!)).toEqual(['failed', 'failed', 'waiting']);
    const { sessionId, client } = studio.artist;
    const batchId = batchOf(state)?.batchId ?? '';
    await client.call('batch/continue', { sessionId, batchId });
    const ended = await over();
    expect(statuses(ended.state, ended.batch)).toEqual(['failed', 'failed', 'verified']);
  });

  it('can lose one render and be stopped, and never touches what others queued', async () => {
    const foreign = await queueElsewhere();
    const batch = await plan(widths([128, 192, 256]));
    await accept(batch);
    const { sessionId, client } = studio.artist;
    const { batchId } = batch;
    await client.call('batch/cancel', { sessionId, batchId, index: 1 });
    await studio.artist.until(({ runs }) => runs.length > 0);
    expect(await client.call('batch/cancel', { sessionId, batchId })).toMatchObject({ ok: true });
    const { batch: ended, state } = await over();
    expect(ended.status).toBe('cancelled');
    expect(ended.items[1]?.status).toBe('left-out');
    await studio.artist.until(({ runs }) => runs.every(({ endedAt }) => endedAt !== undefined));
    expect(state.runs.length).toBeLessThanOrEqual(2);
    await foreign.finished();
  });

  it('proposes the values of the one that is to be used, as a change like any other', async () => {
    await accept(await plan(widths([128, 192])));
    const { batch } = await over();
    const { sessionId, client } = studio.artist;
    const used = await client.call('batch/use', { sessionId, batchId: batch.batchId, index: 1 });
    expect(used).toMatchObject({ ok: true });
    expect(studio.artist.state.changeSets.at(-1)).toMatchObject({
      status: 'proposed',
      intent: 'Use Width 192',
      ops: [{ op: 'set_widget', nodeId: RESIZE, widget: 'width', value: 192 }],
    });
  });

  it('goes on where it was after the core was gone', async () => {
    const batch = await plan(widths([128, 192, 256, 320]));
    await accept(batch);
    await studio.artist.until(({ runs }) => runs.some(({ status }) => status === 'verified'));
    await leaveWithoutGoodbye();
    await studio.host.connect({ url: studio.server.url });
    const { batch: ended, state } = await over();
    expect(ended.status).toBe('done');
    expect(statuses(state, ended)).toEqual(['verified', 'verified', 'verified', 'verified']);
    const rendered = state.runs.filter(({ status }) => status === 'verified');
    expect(new Set(rendered.map(({ batch: of }) => of?.index)).size).toBe(4);
    expect(rendered).toHaveLength(4);
  });
});

/** A core that writes nothing any more, and a new one on what it had written. */
async function leaveWithoutGoodbye(): Promise<void> {
  const { artist, host } = studio;
  artist.dispose();
  host.agent.dispose();
  const sessions = join(studio.dataFolder, 'sessions');
  await studio.startCore({ sessionRepository: createSessionRepository(sessions) });
  await studio.enter(artist.sessionId);
}

/** A run of somebody else on the same studio.server. */
async function queueElsewhere(): Promise<{ finished(): Promise<void> }> {
  const prompt = {
    1: { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1, color: 7 } },
    2: { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'theirs' } },
  };
  const answer = await fetch(`${studio.server.url}/prompt`, {
    method: 'POST',
    body: JSON.stringify({ prompt, client_id: 'somebody-else' }),
  });
  const { prompt_id: id } = (await answer.json()) as { readonly prompt_id: string };
  return {
    finished: async () => {
      const ending = async (): Promise<string | undefined> => {
        const history = await fetch(`${studio.server.url}/history/${id}`);
        const entry = (await history.json()) as Record<string, { status: { status_str: string } }>;
        return entry[id]?.status.status_str;
      };
      await expect.poll(ending, { timeout: 5_000 }).toBe('success');
    },
  };
}
