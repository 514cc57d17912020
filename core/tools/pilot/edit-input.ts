import { z } from 'zod';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { type Op, OpSchema } from '../../contract/workflow.schema.ts';
import { anyValue } from '../define-tool.ts';
import { translatePatches } from './translate-patches.ts';

/** One RFC 6902 operation, as prompts written for other ComfyUI agents send it. */
const JsonPatchSchema = z.strictObject({
  op: z.string().min(1).describe('"replace", "add" or "remove"'),
  path: z.string().min(1).describe('"/<node id>/inputs/<name>", or "/<node id>" with "remove"'),
  value: anyValue('New value; [node id, output index] makes a link').optional(),
});

/** What both patch tools take: edits in our words, or as RFC 6902 patches. */
export const EditInputSchema = z.strictObject({
  intent: z.string().min(1).max(500).describe('Why, in the artist’s words'),
  ops: z.array(OpSchema).min(1).max(200).readonly().optional().describe('The edits, in order'),
  patches: z
    .array(JsonPatchSchema)
    .min(1)
    .max(200)
    .readonly()
    .optional()
    .describe('Instead of ops: RFC 6902 patches on the exported (API) form'),
});

/** The edits that were asked for, in ops; `toolName` goes into the error when they cannot be told. */
export function toOps(
  { ops, patches }: Pick<z.output<typeof EditInputSchema>, 'ops' | 'patches'>,
  toolName: string,
): Result<readonly Op[], AppError> {
  if (ops !== undefined && patches === undefined) return ok(ops);
  if (patches === undefined || ops !== undefined) {
    const message = 'give the edits either as ops or as patches, one of the two';
    return err(
      appError('tool/invalid-input', { name: toolName, issues: [{ path: 'ops', message }] }),
    );
  }
  const translated = translatePatches(patches);
  if (translated.ok) return translated;
  return err(appError('tool/invalid-input', { name: toolName, issues: translated.error }));
}
