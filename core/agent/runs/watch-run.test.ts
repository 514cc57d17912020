import { expect, it } from 'vitest';
import { createKeptLog } from '../../../tests/fakes/ports/kept-log.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createMemorySessionRepository } from '../../../tests/fakes/ports/memory-session-repository.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import {
  apiDocument,
  coreCatalog,
  finishedRun,
  sessionState,
} from '../../../tests/fakes/tool-context.ts';
import { createEmitter } from '../../base/emitter.ts';
import { toDisposable } from '../../base/disposable.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import type { ComfyFile } from '../../ports/comfy.ts';
import { createSessionStore } from '../sessions/session-store.ts';
import { type WatchRunParts, watchRun } from './watch-run.ts';

const promptId = 'p';
const image = { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1 } };
const payload = {
  1: image,
  2: { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
  3: { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
};
const file: ComfyFile = {
  nodeId: '2',
  filename: 'a_00001_.png',
  subfolder: '',
  folder: 'temp',
  group: 'images',
  isAnimated: false,
};

function watched() {
  const clock = createManualClock();
  const comfy = createScriptedComfy();
  const catalog = coreCatalog();
  const { verdict, ...run } = finishedRun({ promptId, status: 'queued', outputs: [] });
  expect(verdict).toBeDefined();
  const state = sessionState({ runs: [run] });
  const repository = createMemorySessionRepository();
  const store = createSessionStore({ state, seq: 0, repository, clock });
  const nothing = toDisposable(() => undefined);
  const parts = {
    clock,
    log: createKeptLog(),
    assets: { register: () => 'asset' },
    images: { canRead: () => false },
    learned: { now: {}, learn: () => undefined, load: async () => undefined },
    learn: async () => undefined,
    link: {
      catalog,
      hold: () => nothing,
      watchClosely: () => nothing,
      onMeasure: createEmitter<never>().event,
    },
  } as unknown as WatchRunParts;
  const view = viewWorkflow(apiDocument(payload), catalog);
  watchRun(parts, {
    store,
    promptId,
    intent: { view, intended: [] },
    comfy,
    payload,
    isUnwanted: () => false,
    onOver: () => undefined,
  });
  return { comfy, store };
}

it('a result that a node before it let not pass is told with the reason that the node gave', async () => {
  const { comfy, store } = watched();
  comfy.tell({ kind: 'started', promptId });
  comfy.tell({ kind: 'blocked', promptId, nodeId: '3', reason: 'no face found' });
  const entry = {
    promptId,
    ending: 'succeeded',
    files: [file],
    texts: [],
    cachedNodes: [],
  } as const;
  comfy.answer({ history: entry });
  comfy.tell({ kind: 'ended', promptId });
  await expect.poll(() => store.state.runs[0]?.status).toBe('needs-attention');
  const [run] = store.state.runs;
  expect(run?.verdict?.summary).toContain('Preview Image: it was left out: “no face found”.');
});
