import { type JsonObject, type JsonValue } from '../../base/json.ts';

/** One queued run, as `/queue` lists it. */
export interface QueueItem {
  readonly number: number;
  readonly promptId: string;
  readonly payload: JsonObject;
  readonly extraData: JsonObject;
  readonly outputs: readonly string[];
}

/** ComfyUI's queue: a heap of pending runs and the running one. */
export interface PromptQueue {
  readonly running: QueueItem | undefined;
  /** In heap order, not sorted, as `/queue` shows it. */
  readonly pending: readonly QueueItem[];
  /** Pending and running together. */
  readonly remaining: number;
  put(item: QueueItem): void;
  /** Takes the run with the lowest number and marks it as running. */
  take(): QueueItem | undefined;
  /** The running one is done. */
  finish(): void;
  clear(): void;
  /** Takes a pending run out; false when there is none of that id. */
  remove(promptId: string): boolean;
}

/** Makes an empty queue; its heap moves as Python's heapq does, so that listings agree. */
export function createPromptQueue(): PromptQueue {
  let heap: QueueItem[] = [];
  let running: QueueItem | undefined;
  return {
    get running() {
      return running;
    },
    get pending() {
      return heap;
    },
    get remaining() {
      return heap.length + (running === undefined ? 0 : 1);
    },
    put: (item) => {
      heap.push(item);
      siftTowardsRoot(heap, 0, heap.length - 1);
    },
    take: () => {
      const last = heap.pop();
      const first = heap[0];
      if (last === undefined) return undefined;
      running = last;
      if (first !== undefined) {
        running = first;
        heap[0] = last;
        siftTowardsLeaves(heap, 0);
      }
      return running;
    },
    finish: () => {
      running = undefined;
    },
    clear: () => {
      heap = [];
    },
    remove: (promptId) => {
      const at = heap.findIndex((item) => item.promptId === promptId);
      if (at < 0) return false;
      heap.splice(at, 1);
      for (let i = Math.floor(heap.length / 2) - 1; i >= 0; i -= 1) siftTowardsLeaves(heap, i);
      return true;
    },
  };
}

/** A queue item as the list that ComfyUI keeps: number, id, payload, extra data, outputs. */
export function toQueueJson(item: QueueItem): JsonValue {
  return [item.number, item.promptId, item.payload, item.extraData, item.outputs];
}

function isBefore(a: QueueItem, b: QueueItem): boolean {
  return a.number === b.number ? a.promptId < b.promptId : a.number < b.number;
}

/** heapq._siftdown: moves the item at `at` up until its parent is not after it. */
function siftTowardsRoot(heap: QueueItem[], start: number, at: number): void {
  const item = heap[at];
  if (item === undefined) return;
  let place = at;
  while (place > start) {
    const parentAt = (place - 1) >> 1;
    const parent = heap[parentAt];
    if (parent === undefined || !isBefore(item, parent)) break;
    heap[place] = parent;
    place = parentAt;
  }
  heap[place] = item;
}

/** heapq._siftup: moves the smaller child up until a leaf is free, then lets the item rise from there. */
function siftTowardsLeaves(heap: QueueItem[], at: number): void {
  const item = heap[at];
  if (item === undefined) return;
  let place = at;
  for (let child = 2 * place + 1; child < heap.length; child = 2 * place + 1) {
    const left = heap[child];
    const right = heap[child + 1];
    if (left === undefined) break;
    const isRight = right !== undefined && !isBefore(left, right);
    heap[place] = isRight ? right : left;
    place = isRight ? child + 1 : child;
  }
  heap[place] = item;
  siftTowardsRoot(heap, at, place);
}
