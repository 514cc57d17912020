import { describe, expect, it } from 'vitest';
import { ok } from '../../base/result.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import type { HistoryEntry } from '../../ports/comfy.ts';
import { createProgressGate, followRun } from './follow-run.ts';

const entry: HistoryEntry = {
  promptId: 'p',
  ending: 'succeeded',
  files: [],
  texts: [],
  cachedNodes: [],
};

/** Lets every promise that is ready settle. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

function follow({ queueTakesMs = 0 } = {}): {
  readonly comfy: ReturnType<typeof createScriptedComfy>;
  readonly clock: ReturnType<typeof createManualClock>;
  readonly told: string[];
} {
  const clock = createManualClock();
  const scripted = createScriptedComfy();
  const comfy = {
    ...scripted,
    queue: async () => {
      const answer = await scripted.queue();
      clock.advance(queueTakesMs);
      return answer;
    },
  };
  const told: string[] = [];
  followRun({
    comfy,
    promptId: 'p',
    clock,
    findResults: async () => ok({ files: [], isProof: false, canTell: true }),
    observer: {
      queued: (position) => told.push(`queued ${String(position)}`),
      started: () => told.push('started'),
      event: ({ kind }) => told.push(kind),
      ended: (ending) => told.push('lost' in ending ? ending.lost.code : ending.entry.ending),
    },
  });
  return { comfy, clock, told };
}

describe('followRun', () => {
  it('ends a run by its history although no event ever came', async () => {
    const { comfy, clock, told } = follow();
    comfy.answer({ queue: { running: ['p'], pending: [] } });
    await settle();
    comfy.answer({ queue: { running: [], pending: [] }, history: entry });
    clock.advance(2_000);
    await settle();
    expect(told).toEqual(['started', 'succeeded']);
  });

  it('asks a server that answers slowly less often, and at once when it tells something', async () => {
    const { comfy, clock, told } = follow({ queueTakesMs: 500 });
    comfy.answer({ queue: { running: ['p'], pending: [] } });
    await settle();
    clock.advance(4_000);
    await settle();
    expect(comfy.asked.queue).toBe(1);
    clock.advance(1_000);
    await settle();
    expect(comfy.asked.queue).toBe(2);
    comfy.answer({ history: entry });
    comfy.tell({ kind: 'ended', promptId: 'p' });
    await settle();
    expect(told.at(-1)).toBe('succeeded');
  });

  it('does not believe an end before the history has it', async () => {
    const { comfy, clock, told } = follow();
    comfy.answer({ queue: { running: ['p'], pending: [] } });
    await settle();
    comfy.tell({ kind: 'ended', promptId: 'p' });
    await settle();
    expect(told).toEqual(['started']);
    comfy.answer({ history: entry });
    clock.advance(2_000);
    await settle();
    expect(told).toEqual(['started', 'succeeded']);
  });

  it('looks again at once when the end is told while a question is on its way', async () => {
    const { comfy, told } = follow();
    comfy.answer({ queue: { running: ['p'], pending: [] } });
    comfy.tell({ kind: 'ended', promptId: 'p' });
    comfy.answer({ queue: { running: [], pending: [] }, history: entry });
    await settle();
    expect(told.at(-1)).toBe('succeeded');
  });

  it('tells the place in the queue with the running ones counted', async () => {
    const { comfy, told } = follow();
    comfy.answer({ queue: { running: ['x'], pending: ['y', 'p'] } });
    await settle();
    expect(told).toEqual(['queued 2']);
  });

  it('calls a run lost only after many looks at a queue and a history without it', async () => {
    const { comfy, clock, told } = follow();
    for (let look = 0; look < 6; look += 1) {
      await settle();
      clock.advance(2_000);
    }
    expect(told).toEqual([]);
    await settle();
    clock.advance(2_000);
    await settle();
    expect(told).toEqual(['run/lost']);
    expect(comfy.asked.queue).toBe(7);
  });

  it('passes on previews that name it, and never those of another run', async () => {
    const { comfy, told } = follow();
    comfy.answer({ queue: { running: ['p'], pending: [] } });
    await settle();
    const picture = { mediaType: 'image/jpeg', bytes: new Uint8Array(), nodeId: '3' };
    comfy.tell({ kind: 'preview', promptId: 'other', ...picture });
    expect(told).toEqual(['started']);
    comfy.tell({ kind: 'preview', promptId: 'p', ...picture });
    expect(told).toEqual(['started', 'preview']);
  });

  it('passes on only its own run and old previews while it runs', async () => {
    const { comfy, told } = follow();
    comfy.answer({ queue: { running: [], pending: ['p'] } });
    await settle();
    const bytes = new Uint8Array();
    comfy.tell({ kind: 'preview', mediaType: 'image/jpeg', bytes });
    comfy.tell({ kind: 'node-started', promptId: 'other', nodeId: '3' });
    comfy.tell({ kind: 'node-started', promptId: 'p', nodeId: '3' });
    comfy.tell({ kind: 'preview', mediaType: 'image/jpeg', bytes });
    expect(told).toEqual(['queued 0', 'started', 'node-started', 'preview']);
  });
});

describe('createProgressGate', () => {
  const at = (fraction: number) => ({ finishedNodes: 0, totalNodes: 1, fraction });

  it('lets ten a second through and never loses the last', () => {
    const clock = createManualClock();
    const seen: number[] = [];
    const gate = createProgressGate(clock, 100, ({ fraction }) => seen.push(fraction));
    for (let step = 1; step <= 50; step += 1) {
      gate.push(at(step / 50));
      clock.advance(10);
    }
    gate.dispose();
    expect(seen.length).toBeLessThanOrEqual(6);
    expect(seen.at(-1)).toBe(1);
  });
});
