import { createEmitter, type Event } from '../../base/emitter.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { GpuSample } from '../../contract/machine/gpu.schema.ts';
import type { Connection, SystemStats } from '../../contract/machine/machine.schema.ts';
import { toCardName } from '../../domain/machine/hardware/device-name.ts';
import { deriveHardware } from '../../domain/machine/hardware/derive-hardware.ts';
import { isOnThisMachine } from '../../domain/machine/loopback-address.ts';
import { mainDevice, matchGpu } from '../../domain/machine/hardware/match-gpu.ts';
import type { CardMeasure } from '../../domain/run/measure-run.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { Gpu, GpuReading } from '../../ports/gpu.ts';
import type { Machine } from '../../ports/machine.ts';
import type { WorkspaceStore } from '../sessions/workspace-store.ts';

/** What is measured of the machine behind the current ComfyUI. */
export interface MachineWatch extends Disposable {
  /** Each measurement of ComfyUI's card; the driver's where it can be read, else what ComfyUI reports. */
  readonly onMeasure: Event<CardMeasure>;
  /** ComfyUI told its numbers: they and the driver's go to the windows. */
  took(comfy: Comfy, stats: SystemStats): void;
  /** Has the driver measure until disposed, where ComfyUI runs on this machine. */
  watch(comfy: Comfy | undefined): Disposable | undefined;
}

interface MachineWatchParts {
  readonly workspace: WorkspaceStore;
  /** Absent where nothing can be measured. */
  readonly gpu?: Gpu | undefined;
  readonly machine?: Machine | undefined;
}

/** Makes the watch; it measures nothing by itself. */
export function createMachineWatch({ workspace, gpu, machine }: MachineWatchParts): MachineWatch {
  const measures = createEmitter<CardMeasure>();
  let profiled: Comfy | undefined;
  /** ComfyUI's card; kept, because two equal cards can be told apart only while they differ in use. */
  let card: { readonly comfy: Comfy; readonly uuid: string } | undefined;

  const cardOf = (comfy: Comfy, stats: SystemStats, gpus: readonly GpuSample[]) => {
    const kept = gpus.find(({ uuid }) => card?.comfy === comfy && uuid === card.uuid);
    const found = kept ?? matchGpu(mainDevice(stats.devices), gpus, stats.arguments);
    if (found !== undefined) card = { comfy, uuid: found.uuid };
    return found;
  };
  const profile = async (comfy: Comfy, stats: SystemStats): Promise<void> => {
    profiled = comfy;
    const isHere = isOnThisMachine(comfy.connection);
    const reading = isHere ? await gpu?.look() : undefined;
    if (profiled !== comfy) return;
    const gpus = reading?.kind === 'measured' ? reading.gpus : [];
    cardOf(comfy, stats, gpus);
    const local = isHere && machine !== undefined ? { facts: machine.facts(), gpus } : undefined;
    workspace.dispatch({ type: 'machine/profiled', hardware: deriveHardware(stats, local) });
  };
  const sampling = gpu?.onSample((sample) => {
    if (sample.uuid !== card?.uuid) return;
    // Of a split card the driver tells the whole, and ComfyUI its part.
    if (sample.isSplit) return;
    measures.fire({
      source: 'driver',
      gpu: sample.name,
      isUnified: sample.isUnified === true,
      ...(sample.utilisation === undefined ? {} : { gpuPercent: sample.utilisation }),
      ...(sample.memoryUsed === undefined ? {} : { vramUsed: sample.memoryUsed }),
      ...(sample.memoryTotal === undefined ? {} : { vramTotal: sample.memoryTotal }),
    });
  });

  return {
    onMeasure: measures.event,
    took: (comfy, stats) => {
      const reading = readingFor(comfy.connection, gpu);
      const gpus = reading.kind === 'measured' ? reading.gpus : [];
      const found = cardOf(comfy, stats, gpus);
      workspace.dispatch({
        type: 'machine/measured',
        stats,
        ...(reading.kind === 'measured' ? { gpus: [...gpus] } : { gpuTrouble: reading.trouble }),
        ...(found === undefined ? {} : { comfyGpu: found.uuid }),
      });
      if (found === undefined || found.isSplit) {
        const told = fromStats(stats);
        if (told !== undefined) measures.fire(told);
      }
      if (profiled !== comfy) void profile(comfy, stats);
    },
    watch: (comfy) =>
      comfy !== undefined && isOnThisMachine(comfy.connection) ? gpu?.watch() : undefined,
    dispose: () => {
      profiled = undefined;
      sampling?.dispose();
      measures.dispose();
    },
  };
}

function readingFor({ isPractice, ...connection }: Connection, gpu: Gpu | undefined): GpuReading {
  if (isPractice) return { kind: 'unavailable', trouble: 'practice' };
  if (!isOnThisMachine({ isPractice, ...connection })) {
    return { kind: 'unavailable', trouble: 'other-machine' };
  }
  return gpu?.reading ?? { kind: 'unavailable', trouble: 'no-tool' };
}

/** As the driver would see it: what torch holds and does not use is in use. */
function fromStats({ devices }: SystemStats): CardMeasure | undefined {
  const device = mainDevice(devices);
  if (device === undefined) return undefined;
  const { name, type, vramTotal, vramFree, torchVramFree } = device;
  return {
    source: 'comfyui',
    gpu: toCardName(name),
    vramUsed: Math.max(0, vramTotal - vramFree + torchVramFree),
    vramTotal,
    isUnified: type === 'mps',
  };
}
