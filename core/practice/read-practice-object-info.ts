import { type JsonObject } from '../base/json.ts';
import { loadObjectInfo } from './catalog/object-info.ts';

/** The practice server's `/object_info` without a server: 496 classes, one picture to load. */
export async function readPracticeObjectInfo(): Promise<JsonObject> {
  const info = await loadObjectInfo(() => ['example.png']);
  return info.all();
}
