import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { err, ok } from '../../base/result.ts';
import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import { RunTimesSchema } from '../../domain/run/pace/run-times.ts';
import type { RunTimesRepository } from '../../ports/repositories.ts';
import { toWriteError } from '../system/file-error.ts';

/** Learned times in one JSON file. They can be learned again, so a file that cannot be read counts as none. */
export function createRunTimesRepository(path: string): RunTimesRepository {
  return {
    load: async () => {
      const text = await readFile(path, 'utf8').catch(() => '{}');
      const json = parseExactJson(text);
      const read = RunTimesSchema.safeParse(json.ok ? json.value : {});
      return read.success ? read.data : {};
    },
    save: async (times) => {
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFileAtomic(path, stringifyExactJson(JsonValueSchema.parse(times)));
        return ok(undefined);
      } catch (cause) {
        return err(toWriteError(cause, path));
      }
    },
  };
}
