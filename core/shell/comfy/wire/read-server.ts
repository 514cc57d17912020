import { type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { Device, QueueStatus, SystemStats } from '../../../contract/machine/machine.schema.ts';
import { arrayField, numberField, objectField, textField, texts } from './json-fields.ts';

/**
 * Reads `/system_stats`; undefined when it does not look like ComfyUI's. Fields that old servers
 * lack read as "" and 0.
 */
export function readSystemStats(answer: JsonValue): SystemStats | undefined {
  if (!isJsonObject(answer)) return undefined;
  if (!isJsonObject(answer['system']) || !isJsonArray(answer['devices'])) return undefined;
  const system = answer['system'];
  return {
    os: textField(system, 'os') ?? '',
    comfyVersion: textField(system, 'comfyui_version') ?? '',
    pythonVersion: textField(system, 'python_version') ?? '',
    torchVersion: textField(system, 'pytorch_version') ?? '',
    ramTotal: numberField(system, 'ram_total') ?? 0,
    ramFree: numberField(system, 'ram_free') ?? 0,
    devices: answer['devices'].map(readDevice),
    arguments: texts(arrayField(system, 'argv')),
  };
}

/** A queue item with its number; lower numbers run first. */
export interface QueuedItem {
  readonly number: number;
  readonly promptId: string;
}

/** Both halves of `/queue`, in run order: the server sends the waiting ones as a heap. */
export interface QueueItems {
  readonly running: readonly QueuedItem[];
  readonly pending: readonly QueuedItem[];
}

/** Reads `/queue`; undefined when it is something else. */
export function readQueue(answer: JsonValue): QueueItems | undefined {
  if (!isJsonObject(answer) || !isJsonArray(answer['queue_pending'])) return undefined;
  return {
    running: arrayField(answer, 'queue_running').flatMap(readItem),
    pending: arrayField(answer, 'queue_pending').flatMap(readItem).toSorted(inRunOrder),
  };
}

/** The ids alone, as the contract has them. */
export function toQueueStatus(items: QueueItems): QueueStatus {
  return {
    running: items.running.map(({ promptId }) => promptId),
    pending: items.pending.map(({ promptId }) => promptId),
  };
}

/** How many runs wait or run, from `GET /prompt` or the data of a `status` frame. */
export function readRemaining(answer: JsonValue | undefined): number | undefined {
  if (!isJsonObject(answer)) return undefined;
  return numberField(objectField(answer, 'exec_info'), 'queue_remaining');
}

function readDevice(device: JsonValue): Device {
  const from = isJsonObject(device) ? device : {};
  const index = numberField(from, 'index');
  return {
    name: textField(from, 'name') ?? '',
    type: textField(from, 'type') ?? '',
    ...(index === undefined ? {} : { index }),
    vramTotal: numberField(from, 'vram_total') ?? 0,
    vramFree: numberField(from, 'vram_free') ?? 0,
    torchVramTotal: numberField(from, 'torch_vram_total') ?? 0,
    torchVramFree: numberField(from, 'torch_vram_free') ?? 0,
  };
}

function readItem(item: JsonValue): readonly QueuedItem[] {
  if (!isJsonArray(item)) return [];
  const [number, promptId] = item;
  // A client may have chosen a number as its prompt_id.
  const isId = typeof promptId === 'string' || typeof promptId === 'number';
  return isId ? [{ number: Number(number), promptId: String(promptId) }] : [];
}

/** Equal numbers run in the order of their ids, as Python compares the heap's tuples. */
function inRunOrder(a: QueuedItem, b: QueuedItem): number {
  if (a.number !== b.number) return a.number - b.number;
  return a.promptId < b.promptId ? -1 : 1;
}
