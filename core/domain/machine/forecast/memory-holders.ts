import type { MemoryHolder } from '../../../contract/machine/forecast.schema.ts';
import type { GpuHolder } from '../../../contract/machine/gpu.schema.ts';

const GIB = 1024 ** 3;
/** What CUDA itself takes in a process beside what torch reserved, at most. */
const CONTEXT = 1.5 * GIB;

/**
 * Who holds memory of ComfyUI's card, the largest first. The driver knows no ComfyUI, so the Python whose
 * memory comes nearest to what ComfyUI says it holds counts as it.
 */
export function toMemoryHolders(
  holders: readonly GpuHolder[],
  uuid: string | undefined,
  heldByComfy: number,
): readonly MemoryHolder[] {
  const onCard = holders.filter((holder) => uuid === undefined || holder.uuid === uuid);
  const comfy = onCard
    .filter(({ name, memoryUsed = heldByComfy }) => {
      const beside = memoryUsed - heldByComfy;
      return /python|comfy/i.test(name) && beside >= -0.1 * heldByComfy && beside <= CONTEXT;
    })
    .toSorted(
      (a, b) =>
        Math.abs((a.memoryUsed ?? 0) - heldByComfy) - Math.abs((b.memoryUsed ?? 0) - heldByComfy),
    )[0];
  return onCard
    .map((holder) => ({
      name: holder.name,
      pid: holder.pid,
      isComfy: holder === comfy,
      ...(holder.memoryUsed === undefined ? {} : { bytes: holder.memoryUsed }),
    }))
    .toSorted((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
}
