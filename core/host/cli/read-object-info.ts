import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import { createNodeCatalog } from '../../domain/workflow/create-catalog.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { Files } from '../../ports/files.ts';
import { createComfy } from '../../shell/comfy/create-comfy.ts';
import { createClock } from '../../shell/system/create-clock.ts';
import { createIds } from '../../shell/system/create-ids.ts';
import { createLog } from '../../shell/system/create-log.ts';
import { defaultDataFolder } from '../folders.ts';
import { readPracticeObjectInfo } from '../../practice/read-practice-object-info.ts';

/** Larger than any `/object_info` seen (15 MB with 60 packs). */
const LIMIT = 256 * 1024 * 1024;

/** The options that say where node classes come from. */
export interface CatalogSource {
  readonly objectInfo?: string | undefined;
  readonly comfy?: string | undefined;
}

/** Where a command takes the node classes from: a saved `/object_info`, a server, else ComfyUI's own classes. */
export async function readCatalog(
  files: Files,
  from: CatalogSource,
): Promise<Result<NodeCatalog, AppError>> {
  if (from.objectInfo !== undefined) {
    const bytes = await files.read(from.objectInfo, LIMIT);
    if (!bytes.ok) return bytes;
    const objectInfo = parseObjectInfo(new TextDecoder().decode(bytes.value));
    return objectInfo.ok ? ok(createNodeCatalog(objectInfo.value)) : objectInfo;
  }
  if (from.comfy === undefined || from.comfy === 'practice') {
    return ok(createNodeCatalog(await readPracticeObjectInfo()));
  }
  return withComfy(from.comfy, (comfy) => comfy.catalog());
}

/** Connects, and lets go again whatever happens. */
async function withComfy<Value>(
  url: string,
  use: (comfy: Comfy) => Promise<Result<Value, AppError>>,
): Promise<Result<Value, AppError>> {
  const comfy = createComfy({
    url,
    isPractice: false,
    clock: createClock(),
    ids: createIds(),
    log: createLog({ file: join(defaultDataFolder(), 'core.log') }),
  });
  try {
    const started = await comfy.start();
    return started.ok ? await use(comfy) : started;
  } finally {
    comfy.dispose();
  }
}

function parseObjectInfo(text: string): Result<JsonObject, AppError> {
  const parsed = parseExactJson(text);
  if (!parsed.ok) {
    const { message, offset } = parsed.error;
    return err(appError('workflow/not-json', { reason: message, offset }));
  }
  return isJsonObject(parsed.value)
    ? ok(parsed.value)
    : err(appError('workflow/not-a-workflow', { reason: 'it is no list of node classes' }));
}
