import { describe, expect, it } from 'vitest';
import { createKeptLog } from '../../../tests/fakes/ports/kept-log.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import { createScriptedGpu } from '../../../tests/fakes/ports/scripted-gpu.ts';
import {
  apiDocument,
  coreCatalog,
  sessionState,
  textToImage,
} from '../../../tests/fakes/tool-context.ts';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import type { ObservedPeak } from '../../contract/machine/forecast.schema.ts';
import type { RunMeasurement } from '../../contract/machine/measurement.schema.ts';
import type { ChangeSet } from '../../contract/session.schema.ts';
import type { SafetensorsHeader } from '../../domain/machine/safetensors-header.ts';
import { viewWorkflow } from '../../domain/workflow/view/view-workflow.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import { createWorkspaceStore } from '../sessions/workspace-store.ts';
import { createForecastDesk } from './forecast-desk.ts';
import { createPeakMemory } from './peak-memory.ts';

const GIB = 1024 ** 3;

const { ckpt_name: checkpoint } = (
  textToImage['4'] as { readonly inputs: { readonly ckpt_name: string } }
).inputs;

const larger: ChangeSet = {
  changeSetId: 'change-1',
  baseRevision: 1,
  intent: 'Make it larger',
  ops: [{ op: 'set_widget', nodeId: '5', widget: 'width', value: 4096 }],
  digest: 'd',
  status: 'proposed',
  proposedBy: { role: 'assistant', name: 'a' },
  proposedAt: 0,
};

const stats = {
  os: 'posix',
  comfyVersion: '0.3.64',
  pythonVersion: '3.11',
  torchVersion: '2.8',
  ramTotal: 64 * GIB,
  ramFree: 48 * GIB,
  devices: [
    {
      name: 'cuda:0 NVIDIA GeForce RTX 4090 : native',
      type: 'cuda',
      index: 0,
      vramTotal: 24 * GIB,
      vramFree: 21 * GIB,
      torchVramTotal: 1 * GIB,
      torchVramFree: 0,
    },
  ],
  arguments: [],
};

/** No file of the server can be read from here, unless told otherwise. */
function modelFiles(part: Partial<ModelFiles> = {}): ModelFiles {
  return {
    find: async () => undefined,
    header: async () => ok('too-short'),
    knownHash: async () => undefined,
    hash: async () => err(appError('cancelled', {})),
    dispose: () => undefined,
    ...part,
  };
}

function desk(
  comfyPart: Partial<Comfy> = {},
  files: ModelFiles = modelFiles(),
  stored: readonly ObservedPeak[] = [],
) {
  const comfy: Comfy = {
    ...createScriptedComfy(),
    systemStats: async () => ok(stats),
    modelFiles: async () => ok([{ name: checkpoint, bytes: 2 * GIB }]),
    modelPlaces: async () => ok(new Map([['checkpoints', ['/models/checkpoints']]])),
    ...comfyPart,
  };
  const clock = createManualClock();
  const gpu = createScriptedGpu();
  const saved: (readonly ObservedPeak[])[] = [];
  const repository = {
    load: async () => stored,
    save: async (peaks: readonly ObservedPeak[]) => {
      saved.push(peaks);
      return ok(undefined);
    },
  };
  const memory = createPeakMemory({ clock, log: createKeptLog(), repository });
  const link = { current: comfy, catalog: coreCatalog() } as unknown as ComfyLink;
  const workspace = createWorkspaceStore(clock);
  const made = createForecastDesk({ link, workspace, memory, modelFiles: files, gpu });
  return { desk: made, gpu, memory, saved };
}

const measured: RunMeasurement = {
  source: 'driver',
  gpu: 'NVIDIA GeForce RTX 4090',
  samples: 9,
  intervalMs: 500,
  vramPeak: 6 * GIB,
  vramTotal: 24 * GIB,
  nodes: [],
};
const view = viewWorkflow(apiDocument(), coreCatalog());

describe('a forecast', () => {
  it('reckons with the sizes that ComfyUI tells, and says who holds the rest', async () => {
    const { desk: made, gpu } = desk();
    gpu.hold([{ uuid: 'GPU-a', pid: 7, name: 'blender', memoryUsed: 2 * GIB }]);
    const forecast = await made.forecast(sessionState());
    expect(forecast).toMatchObject({
      ok: true,
      value: {
        now: { outcome: 'fits', basis: 'reckoned' },
        card: { total: 24 * GIB, heldByComfy: GIB, heldByOthers: 2 * GIB },
        holders: [{ name: 'blender', isComfy: false }],
      },
    });
    expect(forecast.ok && forecast.value.now.comfortable / GIB).toBeCloseTo(
      1.1 * 2 + 0.8 + 0.39,
      1,
    );
    expect(forecast.ok && forecast.value.lines).toContain(
      'Other programs on the card: blender (2.0 GB).',
    );
  });

  it('reads what the file holds where it is on this machine', async () => {
    const header: SafetensorsHeader = {
      fileBytes: 2 * GIB,
      weightBytes: 2 * GIB,
      formats: { F16: 2 * GIB },
      parts: { model: 1.5 * GIB, textEncoder: 0.4 * GIB, vae: 0.1 * GIB },
      isLora: false,
      metadata: {},
    };
    const asked: unknown[] = [];
    const files = modelFiles({
      find: async (place) => {
        asked.push(place);
        return { path: `${place.folders[0] ?? ''}/a.safetensors`, bytes: 2 * GIB, modifiedAt: 1 };
      },
      header: async () => ok(header),
    });
    const forecast = await desk({}, files).desk.forecast(sessionState());
    expect(asked).toMatchObject([{ folders: ['/models/checkpoints'], name: checkpoint }]);
    expect(forecast.ok && forecast.value.now.comfortable / GIB).toBeCloseTo(1.1 * 1.5 + 1.19, 1);
    expect(forecast.ok && forecast.value.now.ram / GIB).toBeCloseTo(0.4);
  });

  it('tells what the change set that waits adds, or the one that was named', async () => {
    const session = sessionState({ changeSets: [larger] });
    const { desk: made } = desk();
    expect(await made.forecast(session)).toMatchObject({
      value: {
        changeSetId: 'change-1',
        addition: expect.stringMatching(/^\+[\d.]+ GB for 4096 × 512$/),
      },
    });
    expect(await made.forecast(session, 'other')).toMatchObject({
      error: { code: 'change/unknown' },
    });
    const settled = sessionState({ changeSets: [{ ...larger, status: 'rejected' }] });
    const without = await made.forecast(settled);
    expect(without.ok && without.value.after).toBeUndefined();
  });

  it('is of a file as it is, whatever change waits', async () => {
    const { desk: made } = desk();
    const session = sessionState({ changeSets: [larger] });
    const { changeSetId, after, ...asOpened } = await made.forecastDocument(apiDocument());
    expect([changeSetId, after]).toEqual([undefined, undefined]);
    const opened = await made.forecast(sessionState());
    expect(opened).toEqual({ ok: true, value: asOpened });
    const changed = await made.forecast(session);
    expect(changed.ok && changed.value.now).toEqual(asOpened.now);
  });

  it('says in short what it rests on: sizes alone, else what the heads of files or runs told', async () => {
    const { desk: made } = desk();
    const bySize = await made.forecastDocument(apiDocument());
    expect(bySize.summary).toEqual([
      expect.stringMatching(/^This needs about/),
      'It fits in 24.0 GB.',
      expect.stringMatching(/, with model files known by their size only\.$/),
    ]);
    await made.learn({ view, measured, cachedNodes: [] });
    const seen = await made.forecastDocument(apiDocument());
    expect(seen.summary.at(-1)).toBe('One run like this took 4.0 GB here.');
  });

  it('reckons a published file that is not there with its published size, and says so', async () => {
    const document = apiDocument({
      ...textToImage,
      '4': {
        class_type: 'CheckpointLoaderSimple',
        inputs: { ckpt_name: 'flux1-schnell-fp8.safetensors' },
      },
    });
    const forecast = await desk().desk.forecastDocument(document);
    expect(forecast.now.comfortable / GIB).toBeGreaterThan(15);
    expect(forecast.summary.at(-1)).toContain('flux1-schnell-fp8.safetensors at published size');
  });

  it('asks this machine’s driver nothing about a ComfyUI on another machine', async () => {
    const connection = { ...createScriptedComfy().connection, url: 'http://render-box:8188' };
    const { desk: made, gpu } = desk({ connection });
    gpu.hold([{ uuid: 'GPU-a', pid: 7, name: 'blender', memoryUsed: 2 * GIB }]);
    expect((await made.forecastDocument(apiDocument())).holders).toEqual([]);
  });

  it('still gives the band when ComfyUI is gone, and nothing when no workflow is open', async () => {
    const gone = async () => err(appError('comfy/not-connected', {}));
    const { desk: made } = desk({ systemStats: gone, modelFiles: gone, modelPlaces: gone });
    expect(await made.forecast(sessionState())).toMatchObject({
      value: { now: { outcome: 'unknown' } },
    });
    expect(await made.forecast(sessionState({ workflow: null }))).toMatchObject({
      error: { code: 'workflow/none-open' },
    });
  });
});

describe('what runs took', () => {
  it('is kept without what other programs held, tells the next forecast, and can be forgotten', async () => {
    const { desk: made, saved } = desk();
    await made.learn({ view, measured, cachedNodes: [] });
    expect(saved.at(-1)).toMatchObject([
      { family: 'sd-1.5', width: 512, height: 512, need: 4 * GIB, isFull: false, runs: 1 },
    ]);
    const forecast = await made.forecast(sessionState());
    expect(forecast).toMatchObject({
      value: {
        now: { basis: 'observed', comfortable: 4 * GIB },
        evidence: ['One run like this took 4.0 GB here.'],
      },
    });
    await made.forget();
    expect(saved.at(-1)).toEqual([]);
    expect(await made.forecast(sessionState())).toMatchObject({
      value: { now: { basis: 'reckoned' }, evidence: [] },
    });
  });

  it('is not learned from runs that came from the cache, nor from those hardly measured', async () => {
    const { desk: made, saved } = desk();
    await made.learn({ view, measured, cachedNodes: ['3'] });
    await made.learn({ view, measured: { ...measured, samples: 2 }, cachedNodes: [] });
    const { source, gpu, samples, intervalMs, nodes } = measured;
    const unmeasured = { source, gpu, samples, intervalMs, nodes };
    await made.learn({ view, measured: unmeasured, cachedNodes: [] });
    await made.learn({ view, measured: { ...measured, isUnified: true }, cachedNodes: [] });
    expect(saved).toEqual([]);
  });

  it('is not learned from the practice ComfyUI', async () => {
    const { connection } = createScriptedComfy();
    const { desk: made, saved } = desk({ connection: { ...connection, isPractice: true } });
    await made.learn({ view, measured, cachedNodes: [] });
    expect(saved).toEqual([]);
  });

  it('is read from the disk when the core starts', async () => {
    const first = desk();
    await first.desk.learn({ view, measured, cachedNodes: [] });
    const { desk: made, memory } = desk({}, modelFiles(), first.saved.at(-1));
    await memory.load();
    expect(made.peaks).toHaveLength(1);
    expect(await made.forecast(sessionState())).toMatchObject({
      value: { now: { basis: 'observed' } },
    });
  });
});
