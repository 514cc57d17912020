import { z } from 'zod';
import { ForecastSchema } from './machine/forecast.schema.ts';
import { OpSchema, ProblemSchema } from './workflow.schema.ts';

/** A node pack that has node classes which are missing here. */
export const MissingPackSchema = z.strictObject({
  name: z.string().optional().describe('Absent when nobody knows which pack has these classes'),
  id: z.string().optional().describe('Name in the Comfy registry'),
  repository: z.string().optional().describe('Where its code is published'),
  version: z.string().optional().describe('The version that the workflow was made with'),
  told: z
    .enum(['workflow', 'known', 'unknown'])
    .describe('workflow: the file names it; known: a pack known to have these classes'),
  alternatives: z.array(z.string()).readonly().describe('Other packs that have them too'),
  classTypes: z.array(z.string()).readonly(),
});
export type MissingPack = Readonly<z.infer<typeof MissingPackSchema>>;

/** A model file that is missing here, and all that is known of it; what is absent is not known. */
export const MissingModelSchema = z.strictObject({
  file: z.string(),
  nodeIds: z.array(z.string()).readonly().describe('Nodes that load it'),
  nodeTitle: z.string().optional(),
  input: z.string().optional().describe('The setting that names it, where one does'),
  folder: z.string().optional().describe('Folder under models where it goes'),
  family: z.string().optional(),
  bytes: z.number().optional().describe('Expected size, rounded'),
  licence: z.string().optional(),
  source: z.string().optional().describe('Where it is published'),
  told: z
    .enum(['workflow', 'known', 'unknown'])
    .describe('Where source comes from: the file itself, or what is known of published models'),
  isSure: z.boolean().describe('False when its loader is missing too, so that nobody can look'),
  near: z.array(z.string()).readonly().describe('Installed files that are most like it'),
});
export type MissingModel = Readonly<z.infer<typeof MissingModelSchema>>;

/** Edits that settle one problem; made one after the other, all of them fit. */
export const ReadinessFixSchema = z.strictObject({
  intent: z.string(),
  settles: z.string().describe('The problem in words'),
  ops: z.array(OpSchema).readonly(),
});
export type ReadinessFix = Readonly<z.infer<typeof ReadinessFixSchema>>;

/** Whether a workflow would run on one ComfyUI, what it lacks, and what would make it run. */
export const ReadinessSchema = z.strictObject({
  outcome: z
    .enum(['ready', 'after-fixes', 'lacking', 'too-large'])
    .describe(
      'ready: it would run; after-fixes: with the fixes; lacking: something has to be installed or done by hand; too-large: it does not fit on the card',
    ),
  packs: z.array(MissingPackSchema).readonly().describe('Packs of missing node classes'),
  models: z.array(MissingModelSchema).readonly().describe('Model files that are missing'),
  problems: z.array(ProblemSchema).readonly().describe('What else was found, worst first'),
  forecast: ForecastSchema.optional().describe(
    'What it needs of the graphics card, as forecast_vram tells it; absent where it loads no model',
  ),
  fixes: z.array(ReadinessFixSchema).readonly().describe('Edits that would help, in order'),
  left: z.array(ProblemSchema).readonly().describe('What would still stand in the way with them'),
});
export type Readiness = Readonly<z.infer<typeof ReadinessSchema>>;
