import { z } from 'zod';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { type Output, OutputSchema, type Run } from '../../contract/run/run.schema.ts';
import { defineTool } from '../define-tool.ts';

const MAX_WIDTH = 2_048;

/** Picks one picture of a run; whoever shows the answer fetches it by its reference. */
export const getOutputImage = defineTool({
  name: 'get_output_image',
  title: 'Look at a picture',
  description:
    'Shows one picture that a run made, made smaller so that it fits into a conversation. Without an id: of the last run that made one.',
  effect: 'observe',
  input: z.strictObject({
    prompt_id: z
      .string()
      .min(1)
      .optional()
      .describe('Id of the run; absent: the last with pictures'),
    index: z.number().int().min(0).optional().describe('Which of its pictures; 0 if absent'),
    width: z
      .number()
      .int()
      .min(64)
      .max(MAX_WIDTH)
      .optional()
      .describe('Pixels that it is made no wider than; 768 if absent'),
  }),
  output: OutputSchema.extend({
    assetId: OutputSchema.shape.assetId.describe('Reference of the picture'),
    nodeId: OutputSchema.shape.nodeId.describe('Node that made it'),
    nodeTitle: OutputSchema.shape.nodeTitle.describe('Title of that node'),
    kind: OutputSchema.shape.kind.describe('What it is'),
    filename: OutputSchema.shape.filename.describe('Its file'),
    subfolder: OutputSchema.shape.subfolder.describe('Folder of the file, within its folder'),
    folder: OutputSchema.shape.folder.describe('Which of ComfyUI’s folders'),
    width: OutputSchema.shape.width.describe('Pixels'),
    height: OutputSchema.shape.height.describe('Pixels'),
    text: OutputSchema.shape.text.describe('Never set for a picture'),
    promptId: z.string().describe('The run that made it'),
    count: z.number().int().describe('How many pictures the run made'),
    shownWidth: z.number().int().describe('Pixels that it is shown no wider than'),
  }),
  describeCall: () => 'Look at the picture',
  describeResult: ({ filename, width, height, count }) => {
    const size = width === undefined || height === undefined ? '' : `, ${width} × ${height}`;
    return `${filename}${size}${count > 1 ? ` (one of ${count})` : ''}`;
  },
  handler: async ({ prompt_id: promptId, index = 0, width: shownWidth = 768 }, { session }) => {
    const run = findRun(session.runs, promptId);
    if (!run.ok) return run;
    const pictures = picturesOf(run.value);
    const output = pictures[index];
    if (output === undefined) return err(appError('comfy/no-outputs', {}));
    return ok({ ...output, promptId: run.value.promptId, count: pictures.length, shownWidth });
  },
});

function picturesOf({ outputs }: Run): readonly Output[] {
  const pictures = outputs.filter(({ kind }) => kind === 'image' || kind === 'animation');
  const saved = pictures.filter(({ folder }) => folder === 'output');
  return saved.length > 0 ? saved : pictures;
}

function findRun(runs: readonly Run[], promptId: string | undefined): Result<Run, AppError> {
  const found =
    promptId === undefined
      ? runs.findLast((run) => picturesOf(run).length > 0)
      : runs.find((run) => run.promptId === promptId);
  if (found !== undefined) return ok(found);
  return err(
    promptId === undefined
      ? appError('comfy/no-outputs', {})
      : appError('run/unknown', { promptId }),
  );
}
