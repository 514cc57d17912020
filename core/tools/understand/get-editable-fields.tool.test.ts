import { describe, expect, it } from 'vitest';
import { callTool, emptyContext, toolContext } from '../../../tests/fakes/tool-context.ts';
import { getEditableFields } from './get-editable-fields.tool.ts';

describe('get_editable_fields', () => {
  it('lists settings with value, type and limits, and leaves links out', async () => {
    const outcome = await callTool(getEditableFields, { class_filter: 'ksampler' }, toolContext());
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        fieldCount: 6,
        nodes: [
          {
            nodeId: '3',
            classType: 'KSampler',
            fields: expect.arrayContaining([
              expect.objectContaining({
                name: 'steps',
                value: 20,
                type: 'INT',
                min: 1,
                max: 10000,
              }),
            ]),
          },
        ],
      },
    });
  });

  it('cuts long lists of choices and says how many there are', async () => {
    const outcome = await callTool(getEditableFields, { class_filter: 'KSampler' }, toolContext());
    expect(outcome).toMatchObject({
      value: {
        nodes: [
          {
            fields: expect.arrayContaining([
              expect.objectContaining({
                name: 'sampler_name',
                choices: expect.objectContaining({ length: 24 }),
                choiceCount: expect.any(Number),
              }),
            ]),
          },
        ],
      },
    });
  });

  it('lists every node that has settings when nothing is said', async () => {
    const outcome = await callTool(getEditableFields, {}, toolContext());
    expect(outcome).toMatchObject({ text: '13 settings on 6 nodes.' });
  });

  it('asks for a workflow when none is open', async () => {
    expect(await callTool(getEditableFields, {}, emptyContext())).toMatchObject({
      ok: false,
      error: { code: 'workflow/none-open' },
    });
  });
});
