import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { describeResults } from './closing.ts';

function toldOf(run: JsonObject): string {
  const result = { ok: true, output: { runs: [run] } } as const;
  return describeResults([{ name: 'execute_with_progress', result }], 0);
}

describe('what is said of a render', () => {
  const verdict = { summary: 'Handed back 1 picture at 96×64, as asked.' };

  it('says how long it took only where something was rendered', () => {
    const run = { status: 'verified', durationMs: 12, verdict };
    expect(toldOf({ ...run, fromCache: true })).toBe(verdict.summary);
    expect(toldOf({ ...run, line: 'Rendered in 4.2 s' })).toBe(
      `Rendered in 4.2 s. ${verdict.summary}`,
    );
  });

  it('ends a title that ends with a name in quotes like any other sentence', () => {
    const data = {
      nodeId: '1',
      nodeTitle: 'Load Checkpoint',
      classType: 'CheckpointLoaderSimple',
      exceptionType: 'RuntimeError',
      message: 'No.',
    };
    const failure = { code: 'run/node-failed', data };
    expect(toldOf({ status: 'failed', failure })).toMatch(
      /^The run stopped at “Load Checkpoint”\. /,
    );
  });
});
