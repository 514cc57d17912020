import { describe, expect, it } from 'vitest';
import { learnTimes } from './pace/run-times.ts';
import type { NodeView, WorkflowView } from '../workflow/view/view.ts';
import {
  type ProgressEvent,
  type ProgressState,
  startProgress,
  toRunProgress,
  trackProgress,
} from './track-progress.ts';

const payload = {
  4: { class_type: 'CheckpointLoaderSimple', inputs: {} },
  3: { class_type: 'KSampler', inputs: { steps: 20 } },
  8: { class_type: 'VAEDecode', inputs: {} },
  9: { class_type: 'SaveImage', inputs: {} },
};

const view: WorkflowView = {
  nodes: [],
  links: [],
  groups: [],
  node: (id) => (id === '3' ? ({ title: 'My sampler' } as NodeView) : undefined),
};

const whole: readonly ProgressEvent[] = [
  { kind: 'started' },
  { kind: 'cached', nodeIds: [] },
  { kind: 'node-started', nodeId: '4' },
  { kind: 'node-finished', nodeId: '4' },
  { kind: 'node-started', nodeId: '3' },
  ...[5, 10, 15, 20].map((value) => ({ kind: 'step', nodeId: '3', value, max: 20 }) as const),
  { kind: 'node-finished', nodeId: '3' },
  { kind: 'node-started', nodeId: '8' },
  { kind: 'node-finished', nodeId: '8' },
  { kind: 'node-started', nodeId: '9' },
  { kind: 'node-finished', nodeId: '9' },
  { kind: 'ended' },
];

function fold(events: readonly ProgressEvent[], stepMs = 1_000): readonly ProgressState[] {
  const states = [startProgress(payload)];
  events.forEach((event, index) => {
    states.push(trackProgress(states.at(-1)!, event, index * stepMs));
  });
  return states;
}

describe('what was learned of the nodes', () => {
  const at = (classType: string, ms: number, units: number) => ({
    classType,
    ms,
    units,
    quietMs: ms,
  });
  const times = learnTimes({}, 's', [
    at('CheckpointLoaderSimple', 60_000, 4),
    at('KSampler', 20_000, 20),
    at('VAEDecode', 10_000, 3),
    at('SaveImage', 10_000, 1),
  ]);
  const learned = { times, server: 's' };

  it('weighs them: here the loader takes more than the sampler', () => {
    let state = startProgress(payload, learned);
    for (const event of whole.slice(0, 4)) state = trackProgress(state, event, 0);
    expect(state.fraction).toBeCloseTo(0.6);
  });

  it('tells the time left at once, and corrects it by how it goes this time', () => {
    let state = startProgress(payload, learned);
    for (const event of whole.slice(0, 3)) state = trackProgress(state, event, 0);
    expect(toRunProgress(state, view, 0).etaMs).toBe(100_000);
    state = trackProgress(state, { kind: 'node-finished', nodeId: '4' }, 120_000);
    const { etaMs = 0 } = toRunProgress(state, view, 120_000);
    expect(etaMs).toBeGreaterThan(60_000);
    expect(etaMs).toBeLessThan(80_000);
  });

  it('leaves out what the cache spares', () => {
    let state = startProgress(payload, learned);
    state = trackProgress(state, { kind: 'cached', nodeIds: ['4'] }, 0);
    state = trackProgress(state, { kind: 'node-started', nodeId: '3' }, 0);
    expect(toRunProgress(state, view, 0).etaMs).toBe(40_000);
  });

  it('does not take a clock that was set back for a pace', () => {
    let state = startProgress(payload, learned);
    for (const event of whole.slice(0, 4)) state = trackProgress(state, event, 3_600_000);
    expect(toRunProgress(state, view, 0).etaMs).toBeGreaterThan(0);
  });
});

describe('trackProgress', () => {
  it('goes from 0 to 1 and never back', () => {
    const fractions = fold(whole).map(({ fraction }) => fraction);
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it('gives the sampler the most of the bar', () => {
    const states = fold(whole);
    const afterLoader = states[4]!.fraction;
    const afterSampler = states[9]!.fraction;
    expect(afterLoader).toBeLessThan(0.2);
    expect(afterSampler - afterLoader).toBeGreaterThan(0.6);
  });

  it('does not fall when a node starts over with another number of steps', () => {
    const states = fold([
      { kind: 'step', nodeId: '3', value: 18, max: 20 },
      { kind: 'step', nodeId: '3', value: 1, max: 20 },
    ]);
    expect(states[2]!.fraction).toBe(states[1]!.fraction);
  });

  it('counts only the work that the cache does not spare', () => {
    const [, cached, half] = fold([
      { kind: 'cached', nodeIds: ['4', '8', '9'] },
      { kind: 'step', nodeId: '3', value: 10, max: 20 },
    ]);
    expect(cached!.fraction).toBe(0);
    expect(half!.fraction).toBe(0.5);
    expect(toRunProgress(half!, view, 0).finishedNodes).toBe(3);
  });

  it('stays the same object for what changes nothing', () => {
    const state = startProgress(payload);
    expect(trackProgress(state, { kind: 'preview' }, 1)).toBe(state);
    expect(trackProgress(state, { kind: 'resumed' }, 1)).toBe(state);
  });
});

describe('toRunProgress', () => {
  it('names the node, its step and the time left', () => {
    const states = fold(whole);
    const shown = toRunProgress(states[7]!, view, 7_000);
    expect(shown).toMatchObject({ nodeTitle: 'My sampler', step: 10, steps: 20, totalNodes: 4 });
    expect(shown.etaMs).toBeGreaterThan(4_000);
    expect(shown.etaMs).toBeLessThan(9_000);
  });

  it('says nothing about the time left before there is anything to judge by', () => {
    const states = fold(whole, 1);
    expect(toRunProgress(states[7]!, view, 7)).not.toHaveProperty('etaMs');
  });
});
