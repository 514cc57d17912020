import { describe, expect, it } from 'vitest';
import {
  callTool,
  emptyContext,
  openWorkflow,
  plainForecast,
  sessionState,
  textToImage,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';
import { findMissing } from './find-missing.tool.ts';

describe('find_missing', () => {
  it('says that nothing is missing when the workflow can run', async () => {
    expect(await callTool(findMissing, {}, toolContext())).toMatchObject({
      ok: true,
      value: { outcome: 'ready', isComplete: true, nodeClasses: [], models: [], problems: [] },
      text: 'Nothing is missing: it would run here.',
    });
  });

  it('tells of memory what the forecast of the workflow as it is says, and nothing else', async () => {
    const asked: WorkflowDocument[] = [];
    const forecast = plainForecast({ summary: ['This needs about 1 GB.', 'Seen here.'] });
    const context = toolContext({
      forecastDocument: async (document) => {
        asked.push(document);
        return forecast;
      },
    });
    expect(await callTool(findMissing, {}, context)).toMatchObject({
      value: { forecast },
      text: 'Nothing is missing: it would run here.\nThis needs about 1 GB.\nSeen here.',
    });
    expect(asked).toEqual([context.document]);
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
