import { describe, expect, it } from 'vitest';
import { createPromptQueue, type PromptQueue, type QueueItem } from './prompt-queue.ts';

function item(number: number, promptId = String(number)): QueueItem {
  return { number, promptId, payload: {}, extraData: {}, outputs: [] };
}

function filled(numbers: readonly number[]): PromptQueue {
  const queue = createPromptQueue();
  for (const number of numbers) queue.put(item(number));
  return queue;
}

const numbersOf = (queue: PromptQueue): readonly number[] =>
  queue.pending.map(({ number }) => number);

describe('prompt queue', () => {
  it('lists waiting runs in the recorded heap order (c07), not sorted', () => {
    const queue = filled([53, 54, 55, 56, -57, -100.5]);
    expect(numbersOf(queue)).toEqual([-100.5, 53, -57, 56, 54, 55]);
    queue.remove('54');
    expect(numbersOf(queue)).toEqual([-100.5, 53, -57, 56, 55]);
  });

  it('hands out runs by number and, at equal numbers, by id', () => {
    const queue = createPromptQueue();
    for (const [number, id] of [
      [2, 'b'],
      [1, 'z'],
      [2, 'a'],
      [-3, 'x'],
    ] as const) {
      queue.put(item(number, id));
    }
    const taken = Array.from({ length: 4 }, () => queue.take()?.promptId);
    expect(taken).toEqual(['x', 'z', 'a', 'b']);
    expect(queue.take()).toBeUndefined();
  });

  it('counts the running one as remaining until it is finished', () => {
    const queue = filled([0, 1]);
    queue.take();
    expect(queue.remaining).toBe(2);
    queue.finish();
    expect(queue.remaining).toBe(1);
  });

  it('does not take out the running one, nor one that it does not know', () => {
    const queue = filled([0]);
    queue.take();
    expect(queue.remove('0')).toBe(false);
    expect(queue.remove('nobody')).toBe(false);
    expect(queue.running?.promptId).toBe('0');
  });
});
