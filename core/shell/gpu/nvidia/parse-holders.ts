import type { GpuHolder } from '../../../contract/machine/gpu.schema.ts';

/** What is asked for; the name stands between fields that hold no comma. */
export const holderFields = 'gpu_uuid,pid,process_name,used_memory';

const MIB = 1024 * 1024;

/**
 * Reads `--query-compute-apps=… --format=csv,noheader,nounits`. A line that is none is left out, and so is
 * "[Not Found]": the name of a program that has just ended, or of one outside of a container.
 */
export function parseHolders(text: string): readonly GpuHolder[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*((?:GPU|MIG)-[\w/-]+)\s*,\s*(\d+)\s*,\s*(.*?)\s*,\s*([^,]*)$/.exec(line);
    if (found === null) return [];
    const [, uuid = '', pid = '', path = '', memory = ''] = found;
    const name = /^\[.*\]$/.test(path) ? '' : (path.split(/[\\/]/).at(-1) ?? '');
    const used = memory.trim() === '' ? Number.NaN : Number(memory);
    return [
      {
        uuid,
        pid: Number(pid),
        name: name === '' ? 'a program without a name' : name,
        ...(Number.isFinite(used) && used >= 0 ? { memoryUsed: used * MIB } : {}),
      },
    ];
  });
}
