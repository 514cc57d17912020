import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { defineTool } from '../define-tool.ts';
import {
  WorkflowReportSchema,
  describeWorkflowReport,
  toWorkflowReport,
} from '../workflow-report.ts';

/** Opens a workflow file, or a picture that carries one, in this session. */
export const loadWorkflow = defineTool({
  name: 'load_workflow',
  title: 'Open a workflow',
  description:
    'Opens a workflow file (saved from the page or exported for the API), or a PNG or WebP that carries one, as the workflow of this session. Returns what it does and what to look at.',
  effect: 'execute',
  input: z.strictObject({
    path: z.string().min(1).describe('File to open; absolute, or relative to the working folder'),
  }),
  output: WorkflowReportSchema,
  describeCall: ({ path }) => `Open ${path}`,
  describeResult: describeWorkflowReport,
  handler: async ({ path }, { desk, catalog }) => {
    const opened = await desk.openWorkflow({ kind: 'path', path });
    if (!opened.ok) return opened;
    return ok(toWorkflowReport(opened.value.document, opened.value.revision, catalog));
  },
});
