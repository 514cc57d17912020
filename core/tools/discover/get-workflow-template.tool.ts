import { z } from 'zod';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import { nearestNames } from '../../domain/workflow/nearest-name.ts';
import { defineTool } from '../define-tool.ts';
import {
  WorkflowReportSchema,
  describeWorkflowReport,
  toWorkflowReport,
} from '../workflow-report.ts';

/** Opens a starter workflow in this session. */
export const getWorkflowTemplate = defineTool({
  name: 'get_workflow_template',
  title: 'Open a template',
  description:
    'Opens a starter workflow as the workflow of this session. list_workflow_templates has the names.',
  effect: 'execute',
  input: z.strictObject({
    template: z.string().min(1).describe('Name or title of the template'),
  }),
  output: WorkflowReportSchema,
  describeCall: ({ template }) => `Open the template ${template}`,
  describeResult: describeWorkflowReport,
  handler: async ({ template }, { desk, catalog, templates }) => {
    const wanted = template.trim().toLowerCase();
    const found = templates.find(
      ({ name, title }) => name.toLowerCase() === wanted || title.toLowerCase() === wanted,
    );
    if (found === undefined) {
      const names = templates.map(({ name }) => name);
      const near = nearestNames(template, names, 3);
      const known = [...near, ...names.filter((name) => !near.includes(name))];
      return err(appError('workflow/unknown-template', { name: template, known }));
    }
    const opened = await desk.openWorkflow({ kind: 'template', name: found.name });
    if (!opened.ok) return opened;
    return ok(toWorkflowReport(opened.value.document, opened.value.revision, catalog));
  },
});
