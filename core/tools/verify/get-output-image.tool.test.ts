import { describe, expect, it } from 'vitest';
import type { Output } from '../../contract/run/run.schema.ts';
import {
  callTool,
  emptyContext,
  finishedRun,
  sessionState,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { getOutputImage } from './get-output-image.tool.ts';

const picture = (filename: string, folder: Output['folder'] = 'output'): Output => ({
  assetId: `asset-${filename}`,
  nodeId: '9',
  nodeTitle: 'Save Image',
  kind: 'image',
  filename,
  subfolder: '',
  folder,
  width: 1344,
  height: 768,
});
const session = sessionState({
  runs: [
    finishedRun({ outputs: [picture('p.png', 'temp'), picture('a.png'), picture('b.png')] }),
    finishedRun({ promptId: 'run-2', outputs: [], status: 'failed' }),
  ],
});

describe('get_output_image', () => {
  it('picks the first saved picture of the last run that made one', async () => {
    expect(await callTool(getOutputImage, {}, toolContext({ session }))).toMatchObject({
      ok: true,
      value: { promptId: 'run-1', assetId: 'asset-a.png', count: 2, shownWidth: 768 },
      text: 'a.png, 1344 × 768 (one of 2)',
    });
  });

  it('picks the one that is asked for, as wide as asked for', async () => {
    const input = { prompt_id: 'run-1', index: 1, width: 256 };
    expect(await callTool(getOutputImage, input, toolContext({ session }))).toMatchObject({
      value: { assetId: 'asset-b.png', shownWidth: 256 },
    });
  });

  it.each([
    [{ prompt_id: 'run-9' }, 'run/unknown'],
    [{ prompt_id: 'run-2' }, 'comfy/no-outputs'],
    [{ index: 2 }, 'comfy/no-outputs'],
  ])('says so when there is no such picture: %j', async (input, code) => {
    const answer = await callTool(getOutputImage, input, toolContext({ session }));
    expect(answer).toMatchObject({ ok: false, error: { code } });
  });

  it('says so when nothing was rendered yet', async () => {
    expect(await callTool(getOutputImage, {}, emptyContext())).toMatchObject({
      ok: false,
      error: { code: 'comfy/no-outputs' },
    });
  });
});
