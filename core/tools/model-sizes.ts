import type { ModelSizes } from '../domain/machine/forecast-vram.ts';
import type { Workload } from '../domain/machine/read-workload.ts';
import type { Comfy } from '../ports/comfy.ts';

/** Sizes of the files in the folders that the workloads load from; a server that does not tell them leaves them unknown. */
export async function modelSizes(
  workloads: readonly Workload[],
  comfy: Pick<Comfy, 'modelFiles'> | null | undefined,
): Promise<ModelSizes> {
  const folders = new Set(workloads.flatMap(({ models }) => models.map(({ folder }) => folder)));
  const sizes = new Map<string, number>();
  for (const folder of folders) {
    const files = await comfy?.modelFiles(folder);
    if (files?.ok !== true) continue;
    for (const file of files.value) sizes.set(`${folder}/${file.name}`, file.bytes);
  }
  return sizes;
}
