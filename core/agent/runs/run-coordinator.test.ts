import { expect, it } from 'vitest';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createKeptLog } from '../../../tests/fakes/ports/kept-log.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createMemorySessionRepository } from '../../../tests/fakes/ports/memory-session-repository.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import { coreCatalog, textToImage } from '../../../tests/fakes/tool-context.ts';
import { toDisposable } from '../../base/disposable.ts';
import { ok } from '../../base/result.ts';
import { createSessionRegistry } from '../sessions/session-registry.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import { type RunCoordinatorParts, createRunCoordinator } from './run-coordinator.ts';

it('a run that is stopped while it is being written down is never sent', async () => {
  const [clock, ids] = [createManualClock(), createCountingIds()];
  const disk = createMemorySessionRepository();
  const isWritten = Promise.withResolvers<void>();
  const repository: typeof disk = {
    ...disk,
    append: async (...line) => {
      if (line[2]) await isWritten.promise;
      return disk.append(...line);
    },
  };
  const sent: string[] = [];
  const scripted = createScriptedComfy();
  const comfy = {
    ...scripted,
    submit: async (submission: { readonly promptId: string }) => {
      sent.push(submission.promptId);
      return ok({ promptId: submission.promptId, number: 0, warnings: [] });
    },
  };
  const link: Pick<ComfyLink, 'ready' | 'catalog' | 'refreshCatalog' | 'hold' | 'find'> = {
    ready: () => ok(comfy),
    catalog: coreCatalog(),
    refreshCatalog: async () => undefined,
    hold: () => toDisposable(() => undefined),
    find: () => comfy,
  };
  // Nothing else is reached before the run is sent.
  const runs = createRunCoordinator({
    clock,
    ids,
    digest: String,
    log: createKeptLog(),
    link,
    onPrepared: () => undefined,
  } as unknown as RunCoordinatorParts);
  const store = createSessionRegistry({ repository, clock, ids }).create();
  store.dispatch({
    type: 'workflow/loaded',
    name: 'text to image',
    path: null,
    format: 'api',
    document: textToImage,
  });
  const started = runs.start(store, {
    label: 'Render',
    requestedBy: { role: 'artist', name: 'artist' },
    needsRelease: false,
    overrides: [],
  });
  await expect.poll(() => store.state.runs[0]?.queuedAt).toBeDefined();
  const stopped = runs.cancel(store, store.state.runs[0]?.promptId ?? '');
  isWritten.resolve();
  expect(await stopped).toMatchObject({ ok: true, value: { status: 'cancelled' } });
  expect(await started).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(sent).toEqual([]);
});
