import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../core/base/result.ts';
import { toDisposable } from '../../../core/base/disposable.ts';
import { appError } from '../../../core/contract/errors.ts';
import type { Forecast } from '../../../core/contract/machine/forecast.schema.ts';
import { emptyWorkspace } from '../../../core/domain/session/workspace-reducer.ts';
import { sessionState } from '../../../tests/fakes/tool-context.ts';
import { type AppState, createInitialState } from '../../state/app-state.ts';
import { createForecastLoader } from '../../state/forecast-loader.ts';
import { toDrawnBand } from './forecast-band.ts';
import type { MemoryUse } from './memory-use.ts';

const GIB = 1024 ** 3;

function forecast(minimum: number, comfortable: number, part: Partial<Forecast> = {}): Forecast {
  return {
    now: {
      minimum: minimum * GIB,
      comfortable: comfortable * GIB,
      decode: 0,
      ram: 0,
      outcome: 'fits',
      basis: 'reckoned',
    },
    holders: [],
    evidence: [],
    summary: [],
    lines: [],
    ...part,
  };
}

const use: MemoryUse = {
  used: 10 * GIB,
  total: 24 * GIB,
  own: 4 * GIB,
  others: 6 * GIB,
  ownShare: 4 / 24,
  othersShare: 6 / 24,
  level: 'calm',
};

describe('the band on the gauge', () => {
  it('stands behind what other programs hold, and ends with the card', () => {
    expect(toDrawnBand(forecast(3, 12), use)).toMatchObject({ from: 9 / 24, to: 18 / 24 });
    expect(toDrawnBand(forecast(3, 40), use)).toMatchObject({ from: 9 / 24, to: 1 });
    expect(toDrawnBand(forecast(30, 40), use)).toMatchObject({ from: 0.99, to: 1 });
  });

  it('is the one with the change that waits, and none without a forecast', () => {
    const after = forecast(6, 18).now;
    expect(toDrawnBand(forecast(3, 12, { after }), use)).toMatchObject({ to: 1 });
    expect(toDrawnBand(null, use)).toBeUndefined();
    expect(toDrawnBand(forecast(0, 0), use)).toBeUndefined();
  });
});

describe('loading the forecast', () => {
  const openState = (revision: number): AppState => {
    const state = sessionState();
    const workflow = state.workflow && { ...state.workflow, document: { revision } };
    return {
      ...createInitialState(),
      sessionId: 'session-1',
      session: { seq: 1, state: { ...state, workflow } },
      workspace: { seq: 1, state: emptyWorkspace },
    };
  };
  const loading = (answer: 'made' | 'refused') => {
    let state = openState(1);
    let waiting: (() => void) | undefined;
    let asked = 0;
    const loader = createForecastLoader({
      getState: () => state,
      setState: (partial) => (state = { ...state, ...partial }),
      scheduler: {
        after: (_ms, callback) => {
          waiting = callback;
          return toDisposable(() => (waiting = undefined));
        },
      },
      fetch: async () => {
        asked += 1;
        return answer === 'made' ? ok(forecast(1, 2)) : err(appError('comfy/not-connected', {}));
      },
    });
    return {
      loader,
      shown: () => state.forecast,
      asked: () => asked,
      become: (next: AppState) => (state = next),
      pause: async () => {
        waiting?.();
        waiting = undefined;
        for (let i = 0; i < 5; i += 1) await Promise.resolve();
      },
    };
  };

  it('asks once for edits in a row, and not again while nothing that matters changed', async () => {
    const { loader, shown, asked, become, pause } = loading('made');
    loader.refresh();
    become(openState(2));
    loader.refresh();
    await pause();
    expect(asked()).toBe(1);
    expect(shown()).toEqual(forecast(1, 2));
    loader.refresh();
    await pause();
    expect(asked()).toBe(1);
  });

  it('shows none where none can be made, and none without a workflow', async () => {
    const refused = loading('refused');
    refused.loader.refresh();
    await refused.pause();
    expect(refused.shown()).toBeNull();
    const closed = loading('made');
    closed.loader.refresh();
    await closed.pause();
    closed.become({ ...openState(1), forecast: forecast(1, 2), session: null });
    closed.loader.refresh();
    expect(closed.shown()).toBeNull();
  });
});
