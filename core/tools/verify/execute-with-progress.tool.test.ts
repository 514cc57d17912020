import { describe, expect, it } from 'vitest';
import { createCancellation } from '../../base/cancellation.ts';
import { ok, err } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import {
  apiDocument,
  callTool,
  finishedRun,
  sessionDesk,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { executeWithProgress } from './execute-with-progress.tool.ts';

describe('execute_with_progress', () => {
  it('renders once, waits, and tells the verdict', async () => {
    const { desk, started } = renderingDesk();
    expect(await callTool(executeWithProgress, {}, toolContext({ desk }))).toMatchObject({
      value: {
        runs: [
          {
            promptId: 'run-1',
            status: 'verified',
            durationMs: 4_200,
            line: 'Rendered in 4.2 s · VRAM 6.0/24 GB',
          },
        ],
      },
      text: 'Render: As you asked.',
    });
    expect(started).toEqual([{ label: 'Render' }]);
  });

  it('renders variations that differ in their seeds; the first keeps its own', async () => {
    const { desk, started } = renderingDesk();
    await callTool(executeWithProgress, { count: 3, label: 'Dawn' }, toolContext({ desk }));
    expect(started).toEqual([
      { label: 'Dawn 1 of 3' },
      { label: 'Dawn 2 of 3', overrides: [seed(8)] },
      { label: 'Dawn 3 of 3', overrides: [seed(9)] },
    ]);
  });

  it('gives a single run another seed when asked to', async () => {
    const { desk, started } = renderingDesk();
    await callTool(executeWithProgress, { vary_seed: true }, toolContext({ desk }));
    expect(started).toEqual([{ label: 'Render', overrides: [seed(8)] }]);
  });

  it('starts nothing when there is no seed to vary', async () => {
    const document = apiDocument({ '1': { class_type: 'EmptyImage', inputs: { width: 64 } } });
    expect(
      await callTool(executeWithProgress, { count: 2 }, toolContext({ document })),
    ).toMatchObject({
      error: { code: 'tool/invalid-input', data: { issues: [{ path: 'count' }] } },
    });
  });

  it('hands on why nothing could be started', async () => {
    const desk = sessionDesk({ startRun: async () => err(appError('comfy/not-connected', {})) });
    expect(await callTool(executeWithProgress, {}, toolContext({ desk }))).toMatchObject({
      error: { code: 'comfy/not-connected' },
    });
  });

  it('tells what was rendered when the rest could not be started', async () => {
    const { desk } = renderingDesk(1);
    expect(await callTool(executeWithProgress, { count: 3 }, toolContext({ desk }))).toMatchObject({
      ok: true,
      value: {
        runs: [{ status: 'verified' }],
        notStarted: { count: 2, error: { code: 'comfy/not-connected' } },
      },
    });
  });

  it('tells of a failed run in its words', async () => {
    const failure = appError('run/out-of-memory', { nodeTitle: 'KSampler', detail: '' });
    const desk = sessionDesk({
      startRun: async () => ok(finishedRun({ status: 'queued' })),
      awaitRun: async () => ok(finishedRun({ status: 'failed', failure })),
    });
    expect(await callTool(executeWithProgress, {}, toolContext({ desk }))).toMatchObject({
      ok: true,
      value: { runs: [{ status: 'failed', failure }] },
      text: expect.stringContaining('The graphics card ran out of memory'),
    });
  });

  it('starts no more when it is cancelled', async () => {
    const source = createCancellation();
    source.cancel();
    const context = toolContext({ cancellation: source.token });
    expect(await callTool(executeWithProgress, { count: 2 }, context)).toMatchObject({
      error: { code: 'cancelled' },
    });
  });
});

function seed(value: number) {
  return { op: 'set_widget', nodeId: '3', widget: 'seed', value };
}

function renderingDesk(limit = 16) {
  const started: unknown[] = [];
  const desk = sessionDesk({
    startRun: async (options) => {
      if (started.length >= limit) return err(appError('comfy/not-connected', {}));
      started.push(options);
      const promptId = `run-${String(started.length)}`;
      return ok(finishedRun({ promptId, status: 'queued', label: options.label }));
    },
    awaitRun: async (promptId) => ok(finishedRun({ promptId })),
  });
  return { desk, started };
}
