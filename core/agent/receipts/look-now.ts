import type { JsonObject } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import type { Cancellation } from '../../base/cancellation.ts';
import type { Receipt, ReceiptModel } from '../../contract/run/receipt.schema.ts';
import { readClasses } from '../../domain/run/receipt/class-text.ts';
import type { FileNow, ReceiptNow } from '../../domain/run/receipt/find-drift.ts';
import { toPayloadText } from '../../domain/run/receipt/payload-form.ts';
import { readPayloadNodes } from '../../domain/run/receipt/payload-nodes.ts';
import { toInputFile } from '../../domain/run/receipt/read-files.ts';
import { toReceiptServer } from '../../domain/run/receipt/server-facts.ts';
import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import { readPictureMetadata } from '../../domain/workflow/metadata/read-picture-metadata.ts';
import type { Comfy, FilePlace } from '../../ports/comfy.ts';
import type { Digest, DigestBytes } from '../../ports/ids.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import { type ModelFinder, createModelFinder } from './find-models.ts';

/** What a receipt is held against. */
export interface LookParts {
  /** Undefined: none could be reached, for the reason `why`. */
  readonly comfy: Comfy | undefined;
  readonly why: string;
  readonly catalog: NodeCatalog;
  readonly modelFiles: ModelFiles;
  readonly digest: Digest;
  readonly digestBytes: DigestBytes;
  readonly cancellation: Cancellation;
  /** A copy of a result that lies beside the receipt; undefined where there is none. */
  readonly readCopy: (filename: string) => Promise<Uint8Array | undefined>;
  /** Hears of each model before its file is read whole. */
  readonly onReading: (model: ReceiptModel) => void;
}

/** Looks at everything that a receipt names, as it is now. */
export async function lookNow(receipt: Receipt, parts: LookParts): Promise<ReceiptNow> {
  const { comfy, catalog, digest } = parts;
  const { document } = receipt.payload;
  const nodes = readPayloadNodes(document ?? {});
  const stats = await comfy?.systemStats();
  const pictures: ReceiptNow['pictures'][number][] = [];
  const outputs: FileNow[] = [];
  for (const { kind, filename, subfolder, folder } of receipt.outputs) {
    const place = { filename, subfolder, folder };
    const bytes = kind === 'text' ? 'gone' : await readOutput(place, parts);
    if (bytes instanceof Uint8Array) {
      const payload = readPayload(bytes);
      if (payload !== undefined) {
        pictures.push({ filename, payloadDigest: digest(toPayloadText(payload)) });
      }
    }
    outputs.push(await toFileNow(bytes, parts));
  }
  const inputs: FileNow[] = [];
  for (const { filename } of receipt.inputs) {
    inputs.push(await lookAtInput(toInputFile(filename), parts));
  }
  return {
    payloadDigest: document === null ? null : digest(toPayloadText(document)),
    pictures,
    server: stats?.ok === true ? toReceiptServer(receipt.server.name, stats.value) : undefined,
    classes: readClasses(nodes, catalog, digest),
    models: await lookAtModels(receipt, parts),
    inputs,
    outputs,
  };
}

/** `unknown`: nobody could be asked. */
type Bytes = Uint8Array | 'gone' | 'unknown';

async function readOutput(file: FilePlace, parts: LookParts): Promise<Bytes> {
  const copy = await parts.readCopy(file.filename);
  return copy ?? (await fetchBytes(file, parts));
}

async function fetchBytes(file: FilePlace, { comfy }: LookParts): Promise<Bytes> {
  const fetched = await comfy?.fetchFile(file);
  if (fetched === undefined) return 'unknown';
  if (fetched.ok) return fetched.value.bytes;
  return fetched.error.code === 'comfy/output-missing' ? 'gone' : 'unknown';
}

/** Plates may be films: only their hash is asked for. */
async function lookAtInput(file: FilePlace, { comfy, why }: LookParts): Promise<FileNow> {
  const hashed = await comfy?.hashFile(file);
  if (hashed?.ok === true) return { found: 'here', ...hashed.value };
  return hashed?.error.code === 'comfy/output-missing'
    ? { found: 'gone' }
    : { found: 'unknown', why };
}

async function toFileNow(bytes: Bytes, { why, digestBytes }: LookParts): Promise<FileNow> {
  if (bytes === 'unknown') return { found: 'unknown', why };
  if (bytes === 'gone') return { found: 'gone' };
  return { found: 'here', bytes: bytes.byteLength, sha256: await digestBytes(bytes) };
}

function readPayload(bytes: Uint8Array): JsonObject | undefined {
  const text = readPictureMetadata(bytes)?.prompt;
  const parsed = text === undefined ? undefined : parseExactJson(text);
  return parsed?.ok === true && isJsonObject(parsed.value) ? parsed.value : undefined;
}

async function lookAtModels({ models }: Receipt, parts: LookParts): Promise<readonly FileNow[]> {
  const { comfy, why } = parts;
  if (comfy === undefined) return models.map(() => ({ found: 'unknown', why }));
  const finder = createModelFinder(comfy, parts.modelFiles);
  const found: FileNow[] = [];
  for (const model of models) found.push(await lookAtModel(model, finder, parts));
  return found;
}

async function lookAtModel(
  model: ReceiptModel,
  finder: ModelFinder,
  parts: LookParts,
): Promise<FileNow> {
  const { modelFiles, cancellation, onReading } = parts;
  const { file, bytes, isListed } = await finder.find(model);
  // Once it could be read here, and now it cannot: whatever a list says, the file is not there.
  const isGone = isListed === false || (file === undefined && model.modifiedAt !== undefined);
  if (isGone) return findRenamed(model, finder, parts);
  if (file === undefined) {
    if (isListed === undefined) return { found: 'unknown', why: 'ComfyUI does not list it' };
    return { found: 'here', ...(bytes === undefined ? {} : { bytes }) };
  }
  const isOther = model.bytes !== undefined && model.bytes !== file.bytes;
  if (model.sha256 === undefined || isOther) return { found: 'here', bytes: file.bytes };
  onReading(model);
  const hashed = await modelFiles.hash(file, { cancellation });
  return hashed.ok
    ? { found: 'here', bytes: file.bytes, sha256: hashed.value }
    : { found: 'unknown', why: 'the file could not be read' };
}

/** The same contents under another name in the same folder: only files of the same size are read. */
async function findRenamed(
  model: ReceiptModel,
  finder: ModelFinder,
  { modelFiles, cancellation }: LookParts,
): Promise<FileNow> {
  const { folder, bytes, sha256 } = model;
  if (folder === null || sha256 === undefined) return { found: 'gone' };
  for (const candidate of await finder.list(folder)) {
    if (candidate.bytes !== bytes || candidate.name === model.name) continue;
    const file = await finder.open(folder, candidate.name);
    const hashed = file === undefined ? undefined : await modelFiles.hash(file, { cancellation });
    if (hashed?.ok === true && hashed.value === sha256) {
      return { found: 'gone', renamedTo: candidate.name };
    }
  }
  return { found: 'gone' };
}
