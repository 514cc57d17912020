import { describe, expect, it } from 'vitest';
import {
  apiDocument,
  callTool,
  emptyContext,
  textToImage,
  toolContext,
} from '../../../tests/fakes/tool-context.ts';
import { validateOpenWorkflow } from './validate-workflow.tool.ts';

describe('validate_workflow', () => {
  it('finds nothing in a complete workflow', async () => {
    expect(await callTool(validateOpenWorkflow, {}, toolContext())).toEqual({
      ok: true,
      value: { isValid: true, problems: [] },
      text: 'Nothing is missing.',
    });
  });

  it('names a value that is not allowed, worst first', async () => {
    const document = apiDocument({
      ...textToImage,
      '5': { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 512, batch_size: 0 } },
    });
    const outcome = await callTool(validateOpenWorkflow, {}, toolContext({ document }));
    expect(outcome).toMatchObject({
      value: {
        isValid: false,
        problems: [{ severity: 'error', nodeId: '5', input: 'batch_size' }],
      },
      text: expect.stringContaining('To look at:'),
    });
  });

  it('asks for a workflow when none is open', async () => {
    expect(await callTool(validateOpenWorkflow, {}, emptyContext())).toMatchObject({
      error: { code: 'workflow/none-open' },
    });
  });
});
