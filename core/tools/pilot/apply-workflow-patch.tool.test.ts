import { describe, expect, it } from 'vitest';
import { proposeWith, toolContext } from '../../../tests/fakes/tool-context.ts';
import { applyWorkflowPatch } from './apply-workflow-patch.tool.ts';

const ops = [{ op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 }];

describe('apply_workflow_patch', () => {
  it('proposes the edits as they are', async () => {
    expect(
      await proposeWith(applyWorkflowPatch, { intent: 'more steps', ops }, toolContext()),
    ).toEqual({ ok: true, value: { intent: 'more steps', ops } });
  });

  it('takes RFC 6902 patches instead', async () => {
    const patches = [{ op: 'replace', path: '/3/inputs/steps', value: 30 }];
    expect(
      await proposeWith(applyWorkflowPatch, { intent: 'more steps', patches }, toolContext()),
    ).toEqual({ ok: true, value: { intent: 'more steps', ops } });
  });

  it.each([{}, { ops, patches: [{ op: 'remove', path: '/3' }] }])(
    'asks for exactly one of the two (case %#)',
    async (edits) => {
      expect(
        await proposeWith(applyWorkflowPatch, { intent: 'more steps', ...edits }, toolContext()),
      ).toMatchObject({
        error: { code: 'tool/invalid-input', data: { issues: [{ path: 'ops' }] } },
      });
    },
  );

  it('says what would have been right when a patch has no counterpart', async () => {
    const patches = [{ op: 'replace', path: '/3/class_type', value: 'KSamplerAdvanced' }];
    expect(
      await proposeWith(applyWorkflowPatch, { intent: 'advanced', patches }, toolContext()),
    ).toMatchObject({
      error: {
        code: 'tool/invalid-input',
        data: { issues: [{ path: 'patches.0', message: expect.stringContaining('replace_node') }] },
      },
    });
  });
});
