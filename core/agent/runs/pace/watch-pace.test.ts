import { describe, expect, it } from 'vitest';
import { ok } from '../../../base/result.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import { type RunTimes, timeOf } from '../../../domain/run/pace/run-times.ts';
import { viewWorkflow } from '../../../domain/workflow/view/view-workflow.ts';
import { createManualClock } from '../../../../tests/fakes/ports/manual-clock.ts';
import { createScriptedComfy } from '../../../../tests/fakes/ports/scripted-comfy.ts';
import { createKeptLog } from '../../../../tests/fakes/ports/kept-log.ts';
import { createMemorySessionRepository } from '../../../../tests/fakes/ports/memory-session-repository.ts';
import {
  apiDocument,
  coreCatalog,
  finishedRun,
  sessionState,
  textToImage,
} from '../../../../tests/fakes/tool-context.ts';
import { createSessionStore } from '../../sessions/session-store.ts';
import { createLearnedTimes } from './learned-times.ts';
import { watchPace } from './watch-pace.ts';

const MINUTE_MS = 60_000;
const SAMPLER = '3';

function stage(status: Run['status'], isRecalled = false) {
  const clock = createManualClock();
  const comfy = createScriptedComfy();
  const run = finishedRun({ promptId: 'p' });
  const state = sessionState({ runs: [{ ...run, status }] });
  const repository = createMemorySessionRepository();
  const store = createSessionStore({ state, seq: 0, repository, clock });
  const kept: RunTimes[] = [];
  const times = {
    load: async () => kept.at(-1) ?? {},
    save: async (next: RunTimes) => {
      kept.push(next);
      return ok(undefined);
    },
  };
  const learned = createLearnedTimes(times, createKeptLog());
  const view = viewWorkflow(apiDocument(), coreCatalog());
  const paced = { store, promptId: 'p', payload: textToImage, view, server: 's', comfy };
  const pace = watchPace({ clock, learned }, { ...paced, isRecalled });
  const stall = () => store.state.runs[0]?.stall;
  return { clock, comfy, store, learned, pace, stall, kept };
}

describe('watchPace', () => {
  it('names the node that says nothing, and takes it back when it does', () => {
    const { clock, pace, stall, store } = stage('running');
    pace.event({ kind: 'node-started', promptId: 'p', nodeId: SAMPLER });
    clock.advance(9 * MINUTE_MS);
    expect(stall()).toBeUndefined();
    clock.advance(MINUTE_MS);
    expect(stall()).toEqual({ quietMs: 10 * MINUTE_MS, nodeTitle: 'KSampler' });
    const progress = { finishedNodes: 0, totalNodes: 7, fraction: 0.1 };
    pace.event({ kind: 'step', promptId: 'p', nodeId: SAMPLER, value: 1, max: 20 });
    store.dispatch({ type: 'run/progress', promptId: 'p', progress });
    expect(stall()).toBeUndefined();
    expect(store.state.runs[0]?.status).toBe('running');
  });

  it('expects what this class of node has taken before', () => {
    const { clock, pace, stall, learned } = stage('running');
    const quick = { classType: 'KSampler', units: 20, ms: 4_000, quietMs: 900 };
    learned.learn('s', [quick]);
    pace.event({ kind: 'node-started', promptId: 'p', nodeId: SAMPLER });
    clock.advance(2 * MINUTE_MS);
    expect(stall()).toMatchObject({ quietMs: 2 * MINUTE_MS });
  });

  it('waits as long as a node that was silent for that long before', () => {
    const { clock, pace, stall, learned } = stage('running');
    const slow = { classType: 'KSampler', units: 20, ms: 999_000, quietMs: 5 * MINUTE_MS };
    learned.learn('s', [slow]);
    pace.event({ kind: 'node-started', promptId: 'p', nodeId: SAMPLER });
    clock.advance(19 * MINUTE_MS);
    expect(stall()).toBeUndefined();
  });

  it.each([
    { isRecalled: true, gap: false },
    { isRecalled: false, gap: true },
  ])(
    'is patient with a run whose events go to another socket ($isRecalled, $gap)',
    ({ isRecalled, gap }) => {
      const { clock, comfy, stall } = stage('running', isRecalled);
      if (gap) comfy.tell({ kind: 'resumed' });
      clock.advance(40 * MINUTE_MS);
      expect(stall()).toBeUndefined();
      clock.advance(5 * MINUTE_MS);
      expect(stall()).toBeDefined();
    },
  );

  it('takes any movement of the queue as a sign while the run waits', () => {
    const { clock, comfy, stall } = stage('queued');
    clock.advance(14 * MINUTE_MS);
    comfy.tell({ kind: 'queue-changed', remaining: 3 });
    clock.advance(14 * MINUTE_MS);
    expect(stall()).toBeUndefined();
    clock.advance(MINUTE_MS);
    expect(stall()).toEqual({ quietMs: 15 * MINUTE_MS });
  });

  it('keeps what a finished run has taught', async () => {
    const { clock, pace, learned, kept } = stage('running');
    pace.event({ kind: 'node-started', promptId: 'p', nodeId: SAMPLER });
    clock.advance(4_000);
    pace.ended();
    expect(timeOf(learned.now, 's', 'KSampler')).toMatchObject({ msPerUnit: 200, count: 1 });
    await Promise.resolve();
    expect(kept).toEqual([learned.now]);
  });
});
