import { type Result, ok } from '../../base/result.ts';
import type { JsonObject } from '../../base/json.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Output } from '../../contract/run/run.schema.ts';
import { type ExpectedSave, expectedSaves } from '../../domain/run/lost/expected-saves.ts';
import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import { isWholePng } from '../../domain/workflow/metadata/png-chunks.ts';
import { readPictureMetadata } from '../../domain/workflow/metadata/read-picture-metadata.ts';
import type { Comfy, ComfyFile } from '../../ports/comfy.ts';

/** A run that its server has forgotten. */
export interface ForgottenRun {
  readonly promptId: string;
  readonly payload: JsonObject;
  readonly catalog: NodeCatalog;
  /** Files that the live connection told before it was lost. */
  readonly told: readonly Output[];
}

/** Pictures that carry the run's id. */
export interface FoundResults {
  readonly files: readonly ComfyFile[];
  /** True when these are all that the run was to make, whole: then it succeeded. */
  readonly isProof: boolean;
  /** False when nothing that the run makes could be recognised. */
  readonly canTell: boolean;
}

type Disk = Pick<Comfy, 'fileNames' | 'fileHead' | 'fetchFile'>;

/** Newest files of one name that are looked into; a run is looked for soon after its end. */
const MAX_PEEKS = 48;
/** Where the id is, unless the payload in front of it is larger than any seen. */
const HEAD_BYTES = 256 * 1024;

/**
 * Looks on the server's disk for what a run made. The history is lost when a server restarts, but every
 * picture of ours carries the id of its run. An error means: could not look now.
 */
export async function findResults(
  comfy: Disk,
  run: ForgottenRun,
): Promise<Result<FoundResults, AppError>> {
  const { saves, isEverything } = expectedSaves(run.payload, run.catalog);
  const files: ComfyFile[] = [];
  let isComplete = isEverything;
  for (const save of saves) {
    const found = await findOf(comfy, save, run);
    if (!found.ok) return found;
    const [last] = found.value;
    files.push(...found.value.toReversed());
    const hasAll = last !== undefined && found.value.length === save.count;
    if (!hasAll) isComplete = false;
    else if (isComplete) {
      // They are written one after another: when the last one is whole, so are all.
      const whole = await isWhole(comfy, last);
      if (!whole.ok) return whole;
      isComplete = whole.value;
    }
  }
  return ok({ files, isProof: isComplete, canTell: saves.length > 0 });
}

/** The run's files of one node, newest first. */
async function findOf(
  comfy: Disk,
  save: ExpectedSave,
  { promptId, told }: ForgottenRun,
): Promise<Result<readonly ComfyFile[], AppError>> {
  const mine: ComfyFile[] = [];
  const known = told
    .filter(({ nodeId, folder }) => nodeId === save.nodeId && folder === 'output')
    .map(({ filename }) => counterOf(save, filename));
  const names = await candidates(comfy, save, Math.max(0, ...known));
  if (!names.ok) return names;
  for (const filename of names.value) {
    const file = toFile(save, filename);
    const head = await comfy.fileHead(file, HEAD_BYTES);
    if (!head.ok) return head;
    const isMine =
      head.value !== undefined && readPictureMetadata(head.value.bytes)?.runId === promptId;
    if (isMine) mine.push(file);
    if (mine.length === save.count) break;
  }
  return ok(mine);
}

/** Names that may be the run's, newest first. */
async function candidates(
  comfy: Disk,
  save: ExpectedSave,
  known: number,
): Promise<Result<readonly string[], AppError>> {
  // Only the top of the folder is listed by ComfyUI.
  const listed = save.subfolder === '' ? await comfy.fileNames('output') : undefined;
  if (listed?.ok === true) {
    const matching = listed.value.filter((name) => save.pattern.test(name));
    return ok(matching.toSorted(byCounter(save)).slice(0, MAX_PEEKS));
  }
  const { fileName } = save;
  if (fileName === undefined) return ok([]);
  const exists = async (counter: number): Promise<Result<boolean, AppError>> => {
    const head = await comfy.fileHead(toFile(save, fileName(counter)), 1);
    return head.ok ? ok(head.value !== undefined) : head;
  };
  const last = await findLast(exists, known);
  if (!last.ok) return last;
  const count = Math.min(last.value, MAX_PEEKS);
  return ok(Array.from({ length: count }, (_, index) => fileName(last.value - index)));
}

/** The highest counter in use from `start` on, where they follow one another: by doubling, then halving. */
async function findLast(
  exists: (counter: number) => Promise<Result<boolean, AppError>>,
  start: number,
): Promise<Result<number, AppError>> {
  let low = start;
  let step = 1;
  for (; step <= 1 << 20; step *= 2) {
    const there = await exists(start + step);
    if (!there.ok) return there;
    if (!there.value) break;
    low = start + step;
  }
  let high = start + step;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const there = await exists(middle);
    if (!there.ok) return there;
    if (there.value) low = middle;
    else high = middle;
  }
  return ok(low);
}

async function isWhole(comfy: Disk, file: ComfyFile): Promise<Result<boolean, AppError>> {
  const whole = await comfy.fetchFile(file);
  return whole.ok ? ok(isWholePng(whole.value.bytes)) : whole;
}

function counterOf(save: ExpectedSave, filename: string): number {
  return Number(save.pattern.exec(filename)?.[1] ?? 0);
}

function byCounter(save: ExpectedSave): (a: string, b: string) => number {
  return (a, b) => counterOf(save, b) - counterOf(save, a);
}

function toFile({ nodeId, subfolder }: ExpectedSave, filename: string): ComfyFile {
  return { nodeId, filename, subfolder, folder: 'output', group: 'images', isAnimated: false };
}
