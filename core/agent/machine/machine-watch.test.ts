import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import { createScriptedGpu, gpuSample } from '../../../tests/fakes/ports/scripted-gpu.ts';
import type { Device, SystemStats } from '../../contract/machine/machine.schema.ts';
import type { Comfy } from '../../ports/comfy.ts';
import { createWorkspaceStore } from '../sessions/workspace-store.ts';
import type { CardMeasure } from '../../domain/run/measure-run.ts';
import { createMachineWatch } from './machine-watch.ts';

const GIB = 1024 ** 3;
const facts = { os: 'Windows 11 Pro', cpu: 'Threadripper', processors: 64, ramTotal: 128 * GIB };

function stats(device: Partial<Device> = {}): SystemStats {
  return {
    os: 'nt',
    comfyVersion: '0.3.64',
    pythonVersion: '3.12',
    torchVersion: '2.8',
    ramTotal: 64 * GIB,
    ramFree: 32 * GIB,
    devices: [
      {
        name: 'cuda:0 NVIDIA GeForce RTX 4090 : native',
        type: 'cuda',
        index: 0,
        vramTotal: 24 * GIB,
        vramFree: 20 * GIB,
        torchVramTotal: 3 * GIB,
        torchVramFree: 1 * GIB,
        ...device,
      },
    ],
    arguments: [],
  };
}

function comfyAt(url: string, isPractice = false): Comfy {
  return {
    ...createScriptedComfy(),
    connection: { status: 'ready', url, isPractice, missing: [] },
  };
}

function watching(gpu = createScriptedGpu()) {
  const workspace = createWorkspaceStore(createManualClock());
  const watch = createMachineWatch({ workspace, gpu, machine: { facts: () => facts } });
  const told: CardMeasure[] = [];
  watch.onMeasure((measure) => told.push(measure));
  return { workspace, watch, gpu, told };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
}

const HERE = 'http://127.0.0.1:8188';

describe('what is measured of the machine', () => {
  it('is the driver’s for ComfyUI’s own card alone, though the driver lists another one too', () => {
    const { watch, gpu, told, workspace } = watching();
    const comfy = comfyAt(HERE);
    const looking = watch.watch(comfy);
    const other = gpuSample({ uuid: 'GPU-b', name: 'NVIDIA T400', memoryTotal: 2 * GIB });
    gpu.measure(other, gpuSample({ utilisation: 97, memoryUsed: 12 * GIB }));
    // Before ComfyUI has said which card is its own, nobody knows.
    expect(told).toEqual([]);
    watch.took(comfy, stats());
    gpu.measure(other, gpuSample({ utilisation: 98, memoryUsed: 12.4 * GIB }));
    expect(told).toEqual([
      {
        source: 'driver',
        gpu: 'NVIDIA GeForce RTX 4090',
        gpuPercent: 98,
        vramUsed: 12.4 * GIB,
        vramTotal: 24 * GIB,
        isUnified: false,
      },
    ]);
    expect(workspace.state).toMatchObject({ comfyGpu: 'GPU-a', gpus: [{}, {}] });
    looking?.dispose();
    expect(gpu.watchers).toBe(0);
  });

  it('is ComfyUI’s own where the driver cannot be read, as the driver would see it', () => {
    const gpu = createScriptedGpu({ kind: 'unavailable', trouble: 'hangs' });
    gpu.fail({ kind: 'unavailable', trouble: 'hangs' });
    const { watch, told, workspace } = watching(gpu);
    watch.took(comfyAt(HERE), stats());
    expect(told).toEqual([
      {
        source: 'comfyui',
        gpu: 'NVIDIA GeForce RTX 4090',
        vramUsed: 5 * GIB,
        vramTotal: 24 * GIB,
        isUnified: false,
      },
    ]);
    expect(workspace.state).toMatchObject({ gpuTrouble: 'hangs' });
    expect(workspace.state.gpus).toBeUndefined();
  });

  it('is not this machine’s for a ComfyUI on another one, and says so', () => {
    const { watch, told, workspace } = watching();
    const comfy = comfyAt('http://render-03:8188');
    expect(watch.watch(comfy)).toBeUndefined();
    watch.took(comfy, stats());
    expect(told).toMatchObject([{ source: 'comfyui' }]);
    expect(workspace.state.gpuTrouble).toBe('other-machine');
  });

  it('keeps to the card that it recognised while two equal ones were told apart by their use', () => {
    const { watch, gpu, told } = watching();
    const comfy = comfyAt(HERE);
    watch.watch(comfy);
    const twin = gpuSample({ uuid: 'GPU-b', index: 1, memoryUsed: 0.5 * GIB });
    gpu.measure(gpuSample({ memoryUsed: 5 * GIB }), twin);
    watch.took(comfy, stats());
    gpu.measure(gpuSample({ memoryUsed: 0.5 * GIB }), twin);
    watch.took(comfy, stats());
    expect(told).toMatchObject([{ source: 'driver', vramUsed: 0.5 * GIB }]);
  });

  it('is ComfyUI’s part of a split card, not the whole that the driver tells', () => {
    const { watch, gpu, told } = watching();
    const comfy = comfyAt(HERE);
    watch.watch(comfy);
    gpu.measure(gpuSample({ isSplit: true, memoryTotal: 80 * GIB }));
    watch.took(comfy, stats());
    gpu.measure(gpuSample({ isSplit: true, memoryTotal: 80 * GIB }));
    expect(told).toMatchObject([{ source: 'comfyui', vramTotal: 24 * GIB }]);
  });
});

describe('what the machine is', () => {
  it('is told once for each connection', async () => {
    const { watch, workspace } = watching();
    const seen: string[] = [];
    workspace.onEnvelope(({ action }) => seen.push(action.type));
    const comfy = comfyAt(HERE);
    for (let turn = 0; turn < 3; turn += 1) {
      watch.took(comfy, stats());
      await settle();
    }
    expect(seen.filter((type) => type === 'machine/profiled')).toHaveLength(1);
    expect(workspace.state.hardware).toMatchObject({
      source: 'driver',
      os: 'Windows 11 Pro',
      gpus: [{ generation: 'Ada Lovelace' }],
    });
    watch.took(comfyAt('http://render-03:8188'), stats());
    await settle();
    expect(workspace.state.hardware).toMatchObject({ source: 'comfyui', ramTotal: 64 * GIB });
  });
});
