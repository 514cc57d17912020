import { describe, expect, it } from 'vitest';
import type { Op } from '../../../contract/workflow.schema.ts';
import { applyOps } from '../../../domain/workflow/ops/apply-ops.ts';
import type { WorkflowDocument } from '../../../domain/workflow/document.ts';
import {
  apiDocument,
  callTool,
  coreCatalog,
  openWorkflow,
  sessionState,
  toolContext,
} from '../../../../tests/fakes/tool-context.ts';
import { getWorkflowDiff } from './get-workflow-diff.tool.ts';

describe('get_workflow_diff', () => {
  it('compares with the workflow as it was opened, over several changes', async () => {
    const first = edit(apiDocument(), [
      { op: 'set_widget', nodeId: '3', widget: 'steps', value: 25 },
    ]);
    const second = edit(first.document, [
      { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 },
      { op: 'set_widget', nodeId: '5', widget: 'width', value: 768 },
    ]);
    const workflow = openWorkflow({
      document: second.document.root,
      history: [
        { entryId: '1', parentId: '0', label: 'a bit more', patch: first.patch, at: 1 },
        { entryId: '2', parentId: '1', label: 'more and wider', patch: second.patch, at: 2 },
      ],
      position: 2,
    });
    const context = toolContext({ session: sessionState({ workflow }) });
    expect(await callTool(getWorkflowDiff, {}, context)).toMatchObject({
      ok: true,
      value: {
        changes: [
          expect.stringMatching(/^Steps 20 → 30 on KSampler$/),
          expect.stringMatching(/^Width 512 → 768 on /),
        ],
        steps: ['a bit more', 'more and wider'],
      },
    });
  });

  it('says that nothing changed in a fresh workflow', async () => {
    expect(await callTool(getWorkflowDiff, {}, toolContext())).toMatchObject({
      value: { diff: [], changes: [], steps: [] },
      text: 'Nothing changed since it was opened.',
    });
  });
});

function edit(document: WorkflowDocument, ops: readonly Op[]) {
  const applied = applyOps(document, ops, coreCatalog());
  if (!applied.ok) throw new Error(applied.error.code);
  return applied.value;
}
