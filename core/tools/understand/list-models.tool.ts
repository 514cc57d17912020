import { z } from 'zod';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import { nearestNames } from '../../domain/workflow/nearest-name.ts';
import { defineTool } from '../define-tool.ts';
import { requireComfy } from '../require-comfy.ts';

/** Lists the model files that the connected ComfyUI has in one folder. */
export const listModels = defineTool({
  name: 'list_models',
  title: 'List models',
  description:
    'Lists the model files in one model folder of the connected ComfyUI, e.g. "checkpoints", "loras", "vae", "controlnet", "upscale_models". The names are what loader nodes take.',
  effect: 'observe',
  input: z.strictObject({
    model_type: z.string().min(1).describe('Model folder, e.g. "checkpoints"; singular works too'),
  }),
  output: z.strictObject({
    folder: z.string().describe('The folder that was listed'),
    models: z.array(z.string()).readonly().describe('File names, as loader nodes take them'),
  }),
  describeCall: ({ model_type: folder }) => `List ${folder}`,
  describeResult: ({ folder, models }) =>
    models.length === 0
      ? `No files in ${folder}.`
      : `${models.length} in ${folder}: ${models.slice(0, 8).join(', ')}${models.length > 8 ? ', …' : ''}`,
  handler: async ({ model_type: wanted }, context) => {
    const comfy = requireComfy(context);
    if (!comfy.ok) return comfy;
    const folders = await comfy.value.modelFolders();
    if (!folders.ok) return folders;
    const folder = findFolder(wanted, folders.value);
    if (folder === undefined) {
      const near = nearestNames(wanted, folders.value, 3);
      const rest = folders.value.filter((name) => !near.includes(name));
      return err(appError('comfy/unknown-folder', { folder: wanted, known: [...near, ...rest] }));
    }
    const models = await comfy.value.models(folder);
    return models.ok ? ok({ folder, models: models.value }) : models;
  },
});

function findFolder(wanted: string, folders: readonly string[]): string | undefined {
  const name = wanted.trim().toLowerCase().replaceAll(' ', '_');
  return folders.find((folder) => [name, `${name}s`].includes(folder.toLowerCase()));
}
