import { JsonObjectSchema } from '../../contract/json.schema.ts';
import { RunTimesSchema } from '../../domain/run/pace/run-times.ts';
import type { RunTimesRepository } from '../../ports/repositories.ts';
import { createJsonFile } from './json-file.ts';

/** Learned times in one JSON file. They can be learned again, so a file that makes no sense counts as none. */
export function createRunTimesRepository(path: string): RunTimesRepository {
  const file = createJsonFile(path);
  return {
    load: async () => (await file.read((stored) => RunTimesSchema.safeParse(stored).data)) ?? {},
    save: (times) => file.write(JsonObjectSchema.parse(times)),
  };
}
