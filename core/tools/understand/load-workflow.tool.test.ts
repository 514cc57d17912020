import { describe, expect, it } from 'vitest';
import { ok, err } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import {
  apiDocument,
  callTool,
  emptyContext,
  sessionDesk,
} from '../../../tests/fakes/tool-context.ts';
import { loadWorkflow } from './load-workflow.tool.ts';

describe('load_workflow', () => {
  it('opens the file through the desk and reports on what it holds', async () => {
    const asked: unknown[] = [];
    const desk = sessionDesk({
      openWorkflow: async (source) => {
        asked.push(source);
        return ok({ document: apiDocument(), revision: 1 });
      },
    });
    const outcome = await callTool(loadWorkflow, { path: 'shot.json' }, emptyContext({ desk }));
    expect(asked).toEqual([{ kind: 'path', path: 'shot.json' }]);
    expect(outcome).toMatchObject({
      ok: true,
      value: { format: 'api', revision: 1, nodeCount: 7, linkCount: 9, problems: [] },
      text: 'Opened: 7 nodes. It is ready to run.',
    });
  });

  it('says what to look at first when the workflow cannot run yet', async () => {
    const document = apiDocument({ '1': { class_type: 'NotThere', inputs: {} } });
    const desk = sessionDesk({ openWorkflow: async () => ok({ document, revision: 1 }) });
    const outcome = await callTool(loadWorkflow, { path: 'shot.json' }, emptyContext({ desk }));
    expect(outcome).toMatchObject({ ok: true, text: expect.stringContaining('To look at first:') });
  });

  it('hands on why the file could not be opened', async () => {
    const error = appError('file/not-found', { path: 'shot.json' });
    const desk = sessionDesk({ openWorkflow: async () => err(error) });
    const outcome = await callTool(loadWorkflow, { path: 'shot.json' }, emptyContext({ desk }));
    expect(outcome).toEqual({ ok: false, error });
  });
});
