import { z } from 'zod';
import { ok } from '../../../base/result.ts';
import { defineTool } from '../../define-tool.ts';
import { requireOpenWorkflow } from '../../require-document.ts';

/** Brings back the change that was undone last. */
export const redo = defineTool({
  name: 'redo',
  title: 'Redo',
  description: 'Brings back the change to the open workflow that was undone last.',
  effect: 'execute',
  input: z.strictObject({}),
  output: z.strictObject({
    revision: z.number().int().describe('Workflow revision afterwards'),
    redone: z.string().describe('What was brought back, in words'),
  }),
  describeCall: () => 'Redo the last change',
  describeResult: ({ redone }) => (redone === '' ? 'Redone.' : `Redone: ${redone}`),
  handler: async (_input, { desk, session }) => {
    const open = requireOpenWorkflow({ session });
    if (!open.ok) return open;
    const redone = open.value.history[open.value.position]?.label ?? '';
    const revision = await desk.redo();
    return revision.ok ? ok({ revision: revision.value, redone }) : revision;
  },
});
