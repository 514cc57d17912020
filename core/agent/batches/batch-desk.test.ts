import { expect, it } from 'vitest';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createMemorySessionRepository } from '../../../tests/fakes/ports/memory-session-repository.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import { coreCatalog, textToImage } from '../../../tests/fakes/tool-context.ts';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import type { RunCoordinator } from '../runs/run-coordinator.ts';
import { createSessionRegistry } from '../sessions/session-registry.ts';
import { createChangeSetDesk } from '../workflows/change-set-desk.ts';
import { createBatchDesk } from './batch-desk.ts';

const artist = { role: 'artist', name: 'artist' } as const;
const steps = (value: number) => ({
  label: `Steps ${String(value)}`,
  ops: [{ op: 'set_widget', nodeId: '3', widget: 'steps', value } as const],
});

it('going on with a plan tries again what could not be queued before', async () => {
  const [clock, ids] = [createManualClock(), createCountingIds()];
  const catalog = coreCatalog();
  const comfy = createScriptedComfy();
  const link: Pick<ComfyLink, 'catalog' | 'current' | 'ready'> = {
    catalog,
    current: comfy,
    ready: () => ok(comfy),
  };
  const asked: string[] = [];
  const runs: Pick<RunCoordinator, 'start'> = {
    start: async (_store, { label }) => {
      asked.push(label);
      return err(appError('comfy/missing-nodes', { classTypes: ['Odd'] }));
    },
  };
  const desk = createBatchDesk({
    clock,
    ids,
    digest: String,
    // Of both only what a plan needs that never becomes a run.
    link: link as ComfyLink,
    runs: runs as RunCoordinator,
    changeSets: createChangeSetDesk({ clock, ids, digest: String, catalog: () => catalog }),
    learned: { now: {}, load: async () => undefined, learn: () => undefined },
  });
  const repository = createMemorySessionRepository();
  const store = createSessionRegistry({ repository, clock, ids }).create();
  store.dispatch({
    type: 'workflow/loaded',
    name: 'text to image',
    path: null,
    format: 'api',
    document: textToImage,
  });
  const plan = { title: 'Steps 5 and 9', axes: [], items: [steps(5), steps(9)] };
  const batch = desk.propose(store, plan, { by: artist });
  if (!batch.ok) throw new Error(batch.error.code);
  const { batchId, digest } = batch.value;
  const now = () => store.state.batches?.[0];
  await desk.respond(store, { batchId, digest, decision: 'accept' }, artist);
  await expect.poll(() => now()?.status).toBe('paused');
  expect(now()?.items).toMatchObject([{ status: 'refused' }, { status: 'waiting' }]);
  expect(desk.proceed(store, batchId, artist)).toEqual(ok(undefined));
  await expect.poll(() => now()?.status).toBe('paused');
  expect(asked).toEqual(['Steps 5', 'Steps 5']);
});
