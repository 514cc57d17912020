import type { KnownModel, KnownModels } from '../domain/machine/forecast/known-models.ts';
import type { Workload } from '../domain/machine/read-workload.ts';
import type { Comfy } from '../ports/comfy.ts';

/** Sizes of the files in the folders that the workloads load from; a server that does not tell them leaves them unknown. */
export async function modelSizes(
  workloads: readonly Workload[],
  comfy: Pick<Comfy, 'modelFiles'> | null | undefined,
): Promise<KnownModels> {
  const folders = new Set(workloads.flatMap(({ models }) => models.map(({ folder }) => folder)));
  const sizes = new Map<string, KnownModel>();
  for (const folder of folders) {
    const files = await comfy?.modelFiles(folder);
    if (files?.ok !== true) continue;
    for (const file of files.value) sizes.set(`${folder}/${file.name}`, { bytes: file.bytes });
  }
  return sizes;
}
