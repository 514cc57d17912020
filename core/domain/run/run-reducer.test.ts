import { describe, expect, it } from 'vitest';
import type { Run } from '../../contract/run/run.schema.ts';
import { finishedRun } from '../../../tests/fakes/tool-context.ts';
import { runReducer } from './run-reducer.ts';

const progress = { finishedNodes: 1, totalNodes: 4, fraction: 0.4 };
const stall = { quietMs: 120_000, nodeTitle: 'KSampler' };
const by = { role: 'artist', name: 'artist' } as const;

type Action = Parameters<typeof runReducer>[1];

function reduced(runs: readonly Run[], action: Action, at: number): readonly Run[] {
  return runReducer({ runs }, action, at).runs;
}

function running(): Run {
  return finishedRun({ promptId: 'p', outputs: [], status: 'running' });
}

function stalled(): readonly Run[] {
  return reduced([running()], { type: 'run/stalled', promptId: 'p', stall }, 1);
}

describe('a run that stands still', () => {
  it('is named as stalled and goes on being the running one', () => {
    expect(stalled()[0]).toMatchObject({ status: 'running', stall });
  });

  it('is no longer stalled once it moves, or the artist waits on, or it ends', () => {
    const moves = [
      { type: 'run/progress', promptId: 'p', progress },
      { type: 'run/output', promptId: 'p', outputs: [] },
      { type: 'run/kept-waiting', promptId: 'p', by },
      { type: 'run/ended', promptId: 'p', status: 'succeeded', outputs: [] },
    ] as const;
    for (const move of moves) expect(reduced(stalled(), move, 2)[0]).not.toHaveProperty('stall');
  });

  it('cannot be one that is over', () => {
    const over = [finishedRun({ promptId: 'p' })];
    expect(reduced(over, { type: 'run/stalled', promptId: 'p', stall }, 1)).toBe(over);
  });
});

describe('a run whose end nobody knows', () => {
  it('ends as unclear, with what was found of it, and stays that', () => {
    const { outputs } = finishedRun();
    const ended = reduced(
      [running()],
      { type: 'run/ended', promptId: 'p', status: 'unclear', outputs },
      9,
    );
    expect(ended[0]).toMatchObject({ status: 'unclear', outputs, endedAt: 9 });
    const again = { type: 'run/ended', promptId: 'p', status: 'failed', outputs: [] } as const;
    expect(reduced(ended, again, 10)).toBe(ended);
  });
});
