import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Run } from '../../core/contract/run/run.schema.ts';
import { useStudio } from '../fakes/programs/studio.ts';

const studio = useStudio({ practice: { stepMs: 30 } });

type Source = { readonly kind: 'path'; readonly path: string } | { kind: 'template'; name: string };

async function open(source: Source): Promise<void> {
  const { client, sessionId } = studio.artist;
  const opened = await client.call('workflow/open', { sessionId, source });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
}

async function start(): Promise<string> {
  const { client, sessionId } = studio.artist;
  const started = await client.call('run/start', { sessionId });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  return started.value.promptId;
}

/** Resolves with the run as soon as that holds for it. */
async function once(promptId: string, holds: (run: Run) => boolean): Promise<Run> {
  const { runs } = await studio.artist.until((state) =>
    state.runs.some((run) => run.promptId === promptId && holds(run)),
  );
  const run = runs.find((candidate) => candidate.promptId === promptId);
  if (run === undefined) throw new Error('no such run');
  return run;
}

const isJudged = ({ verdict }: Run): boolean => verdict !== undefined;

it('a run that ComfyUI took only in part is told as that, with the node and its words, although it said 200', async () => {
  const path = join(studio.folder, 'two-outputs.json');
  const empty = { width: 64, height: 64, batch_size: 1, color: 7 };
  const workflow = {
    1: { class_type: 'EmptyImage', inputs: empty },
    2: { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
    3: { class_type: 'LoadImage', inputs: { image: 'plate.png' } },
    4: { class_type: 'PreviewImage', inputs: { images: ['3', 0] } },
  };
  await writeFile(path, JSON.stringify(workflow));
  const plate = join(studio.server.folder, 'input', 'plate.png');
  await writeFile(plate, 'a picture that was there when the nodes were read');
  await studio.host.agent.link.refreshCatalog();
  await rm(plate);
  await open({ kind: 'path', path });
  const run = await once(await start(), isJudged);
  expect(run.status).toBe('needs-attention');
  const named = { nodeId: '3', nodeTitle: 'Load Image', input: 'image' };
  expect(run.warnings).toMatchObject([{ severity: 'warning', ...named }]);
  expect(run.warnings[0]?.message).toContain('plate.png');
  expect(run.outputs.map(({ nodeId }) => nodeId)).toEqual(['2']);
  expect(run.verdict?.summary).toMatch(
    /^Rendered 1 picture at 64.64, but not all is as asked: .*plate\.png/,
  );
});

it('a run for which nothing had to be worked out again is named as handed back', async () => {
  await open({ kind: 'template', name: 'sdxl-text-to-image' });
  const first = await once(await start(), isJudged);
  expect(first.fromCache).toBe(false);
  expect(first.verdict?.summary).toMatch(/^Rendered /);
  const second = await once(await start(), isJudged);
  expect(second.fromCache).toBe(true);
  expect(second.verdict?.summary).toMatch(/^Handed back /);
  expect(second.verdict?.checks).toContainEqual(
    expect.objectContaining({ what: 'Something new was rendered', outcome: 'unknown' }),
  );
});

it('a node that takes no part hides neither that a picture was handed back nor how far a render is', async () => {
  const path = join(studio.folder, 'one-unused.json');
  const empty = (color: number) => ({ width: 64, height: 64, batch_size: 1, color });
  const workflow = {
    1: { class_type: 'EmptyImage', inputs: empty(77) },
    2: { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
    3: { class_type: 'EmptyImage', inputs: empty(78) },
  };
  await writeFile(path, JSON.stringify(workflow));
  await open({ kind: 'path', path });
  const first = await once(await start(), isJudged);
  expect([first.fromCache, first.progress?.totalNodes]).toEqual([false, 2]);
  const second = await once(await start(), isJudged);
  expect(second.fromCache).toBe(true);
  expect(second.verdict?.summary).toMatch(/^Handed back /);
});

it('the picture in the making reaches the run while it samples', async () => {
  await open({ kind: 'template', name: 'sdxl-text-to-image' });
  const promptId = await start();
  const { progress } = await once(promptId, (run) => run.progress?.previewAssetId !== undefined);
  const picture = await studio.host.assets.read(progress?.previewAssetId ?? '');
  expect(picture).toMatchObject({
    ok: true,
    value: { mediaType: expect.stringMatching(/^image/) },
  });
  await once(promptId, isJudged);
});
