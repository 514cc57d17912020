import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { AppErrorSchema } from '../../contract/errors.ts';
import { artistMessage } from '../../domain/errors/artist-message.ts';
import { defineTool } from '../define-tool.ts';
import { lastFailureOf } from './last-failure.ts';

/** Says in an artist's words what went wrong last, and what to do about it. */
export const explainLastError = defineTool({
  name: 'explain_last_error',
  title: 'Explain what went wrong',
  description:
    'Says in an artist’s words what went wrong last in this session, in a run, a tool call or the connection, and what to do next.',
  effect: 'observe',
  input: z.strictObject({}),
  output: z.strictObject({
    found: z.boolean().describe('False when nothing went wrong'),
    title: z.string().describe('What happened, in a few words'),
    body: z.string().describe('What happened and what state the work is in'),
    nextSteps: z.array(z.string()).readonly().describe('What to do next'),
    error: AppErrorSchema.optional().describe('What went wrong, as data'),
  }),
  describeCall: () => 'See what went wrong',
  describeResult: ({ title, body, nextSteps }) =>
    [`${title}. ${body}`, ...nextSteps.map((step) => `· ${step}`)].join('\n'),
  handler: async (_input, { session, comfy }) => {
    const error = lastFailureOf(session) ?? comfy?.connection.error;
    if (error === undefined) {
      return ok({
        found: false,
        title: 'Nothing went wrong',
        body: 'There was no trouble in this session.',
        nextSteps: [],
      });
    }
    const { title, body, nextSteps } = artistMessage(error);
    return ok({ found: true, title, body, nextSteps: nextSteps.map((step) => step.label), error });
  },
});
