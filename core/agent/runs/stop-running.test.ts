import { describe, expect, it } from 'vitest';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import { stopRunning } from './stop-running.ts';

const answered = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Begins to stop run "p", which runs; `obey` is what the server does when it is told so. */
function stop(obey: (time: number) => Result<void, AppError> = () => ok(undefined)) {
  const scripted = createScriptedComfy();
  const clock = createManualClock();
  const told: string[] = [];
  const over = Promise.withResolvers<undefined>();
  scripted.answer({ queue: { running: ['p'], pending: ['theirs'] } });
  const comfy = {
    ...scripted,
    interrupt: async (promptId: string) => {
      told.push(promptId);
      return obey(told.length);
    },
  };
  const parts = { comfy, clock, promptId: 'p', over: over.promise, nodeTitle: () => 'VAE Decode' };
  let answer: Result<void, AppError> | undefined;
  void stopRunning(parts).then((result) => {
    answer = result;
  });
  return {
    ...{ scripted, told },
    over: () => over.resolve(undefined),
    answer: () => answer,
    /** Lets so many looks at the queue pass. */
    looks: async (count: number) => {
      for (let look = 0; look < count; look += 1) {
        await answered();
        clock.advance(2_000);
      }
      await answered();
    },
  };
}

describe('stopping the running run', () => {
  it('is done as soon as the run has ended', async () => {
    const stopping = stop();
    await stopping.looks(0);
    expect(stopping.answer()).toBeUndefined();
    stopping.over();
    await stopping.looks(0);
    expect(stopping.answer()).toEqual(ok(undefined));
    expect(stopping.scripted.asked.queue).toBe(0);
  });

  it('tells it again, by its id, when the server forgot the first word', async () => {
    const stopping = stop();
    await stopping.looks(1);
    expect(stopping.told).toEqual(['p', 'p']);
    stopping.over();
    await stopping.looks(0);
    expect(stopping.answer()).toEqual(ok(undefined));
  });

  it('tells nobody else when the run has left the queue and another one runs', async () => {
    const stopping = stop();
    stopping.scripted.answer({ queue: { running: ['theirs'], pending: [] } });
    await stopping.looks(1);
    expect(stopping.answer()).toEqual(ok(undefined));
    expect(stopping.told).toEqual(['p']);
  });

  it('explains after ten seconds what a server that goes on is working on', async () => {
    const stopping = stop();
    await stopping.looks(4);
    expect(stopping.answer()).toBeUndefined();
    await stopping.looks(1);
    expect(stopping.answer()).toEqual(
      err(
        appError('run/still-running', {
          ...{ promptId: 'p', nodeTitle: 'VAE Decode', asked: 5, seconds: 10 },
        }),
      ),
    );
    await stopping.looks(2);
    expect(stopping.told).toHaveLength(5);
  });

  it('says so when the server cannot be told', async () => {
    const gone = err(appError('comfy/unreachable', { url: 'http://127.0.0.1:1', reason: 'gone' }));
    const stopping = stop(() => gone);
    await stopping.looks(0);
    expect(stopping.answer()).toEqual(gone);
  });

  it.each([
    appError('run/not-running', { promptId: 'p', status: 'ended' }),
    appError('run/unknown', { promptId: 'p' }),
  ])('waits for the end of a run that ended just before it was told: $code', async (error) => {
    const stopping = stop(() => err(error));
    await stopping.looks(0);
    expect(stopping.answer()).toBeUndefined();
    stopping.over();
    await stopping.looks(0);
    expect(stopping.answer()).toEqual(ok(undefined));
  });
});
