import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { SystemStats } from '../../contract/machine.schema.ts';
import type { KnownModels } from '../../domain/machine/forecast/known-models.ts';
import type { Workload } from '../../domain/machine/read-workload.ts';
import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import { createNodeCatalog } from '../../domain/workflow/create-catalog.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { Files } from '../../ports/files.ts';
import { createComfy } from '../../shell/comfy/create-comfy.ts';
import { createClock } from '../../shell/system/create-clock.ts';
import { createIds } from '../../shell/system/create-ids.ts';
import { createLog } from '../../shell/system/create-log.ts';
import { modelSizes } from '../../tools/model-sizes.ts';
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

/** What a command may know of the ComfyUI it is about; without a server only the classes. */
export interface ServerFacts {
  readonly catalog: NodeCatalog;
  readonly stats?: SystemStats;
  readonly sizesOf: (workload: Workload) => Promise<KnownModels>;
}

/** Opens what `readCatalog` reads for as long as `use` takes, with the machine's facts where a server tells them. */
export async function useServer<Value>(
  files: Files,
  from: CatalogSource,
  use: (server: ServerFacts) => Promise<Value>,
): Promise<Result<Value, AppError>> {
  if (from.objectInfo !== undefined || from.comfy === undefined || from.comfy === 'practice') {
    const catalog = await readCatalog(files, from);
    if (!catalog.ok) return catalog;
    return ok(await use({ catalog: catalog.value, sizesOf: async () => new Map() }));
  }
  return withComfy(from.comfy, async (comfy) => {
    const catalog = await comfy.catalog();
    if (!catalog.ok) return catalog;
    const stats = await comfy.systemStats();
    return ok(
      await use({
        catalog: catalog.value,
        ...(stats.ok ? { stats: stats.value } : {}),
        sizesOf: (workload) => modelSizes([workload], comfy),
      }),
    );
  });
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
