import { describe, expect, it } from 'vitest';
import {
  callTool,
  emptyContext,
  openWorkflow,
  sessionState,
  textToImage,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { findMissing } from './find-missing.tool.ts';

describe('find_missing', () => {
  it('says that nothing is missing when the workflow can run', async () => {
    expect(await callTool(findMissing, {}, toolContext())).toMatchObject({
      ok: true,
      value: { outcome: 'ready', isComplete: true, nodeClasses: [], models: [], problems: [] },
      text: expect.stringMatching(
        /^Nothing is missing: it would run here\.\n.*\nIt fits in 24.0 GB\.$/,
      ),
    });
  });

  it('names node classes that are not installed, each once, and what else stands in the way', async () => {
    const document = {
      ...textToImage,
      '20': { class_type: 'IPAdapter', inputs: {} },
      '21': { class_type: 'IPAdapter', inputs: {} },
      '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'gone.safetensors' } },
    };
    const session = sessionState({ workflow: openWorkflow({ document }) });
    const answer = await callTool(findMissing, {}, toolContext({ session }));
    expect(answer).toMatchObject({
      ok: true,
      value: {
        outcome: 'lacking',
        isComplete: false,
        nodeClasses: ['IPAdapter'],
        packs: [{ name: 'IPAdapter plus', told: 'known' }],
        models: [{ file: 'gone.safetensors', folder: 'checkpoints', told: 'unknown' }],
      },
      text: expect.stringContaining('github.com/cubiq/ComfyUI_IPAdapter_plus'),
    });
    expect(JSON.stringify(answer)).toContain('gone.safetensors');
  });

  it('says so when no workflow is open', async () => {
    expect(await callTool(findMissing, {}, emptyContext())).toMatchObject({
      ok: false,
      error: { code: 'workflow/none-open' },
    });
  });
});
