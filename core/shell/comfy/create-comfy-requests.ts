import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Comfy, FilePlace, ModelFile } from '../../ports/comfy.ts';
import type { CallLimits, ComfyHttp } from './create-comfy-http.ts';
import type { ComfyAnswer } from './net/create-wire.ts';
import { shareUnsent } from './share-unsent.ts';
import { arrayField, numberField, textField, texts } from './wire/json-fields.ts';
import { readHistory } from './wire/read-history.ts';
import { type QueueItems, readQueue, readRemaining, readSystemStats } from './wire/read-server.ts';

/** Questions that are answered as the port promises. */
type AskedAsIs = Pick<
  Comfy,
  | 'systemStats'
  | 'history'
  | 'models'
  | 'modelFolders'
  | 'modelFiles'
  | 'modelPlaces'
  | 'modelMetadata'
  | 'logLines'
  | 'fileNames'
  | 'fileHead'
  | 'hashFile'
  | 'fetchFile'
>;

/** The questions that one ComfyUI can be asked; `systemStats` fails with `comfy/not-comfyui` at anything else. */
export interface ComfyRequests extends AskedAsIs {
  /** The classes as they came, or 304 with nothing when they are as with this tag. */
  objectInfo(unlessEtag?: string): Promise<Result<ComfyAnswer, AppError>>;
  readObjectInfo(answer: Pick<ComfyAnswer, 'bytes'>): Result<JsonObject, AppError>;
  /** The cheapest question there is: how many runs wait or run. */
  remaining(): Promise<Result<number, AppError>>;
  queue(): Promise<Result<QueueItems, AppError>>;
}

/** While a model loads, Python answers late: shorter patience would call a busy server dead. */
const PROBE_TIMEOUT_MS = 5_000;
const CATALOG_LIMITS: CallLimits = { timeoutMs: 60_000 };
/** A run's entry holds its whole workflow; one that is larger has footage embedded and is not worth the wait. */
const HISTORY_LIMITS: CallLimits = { maxBytes: 48 * 1024 * 1024 };
const FILE_LIMITS: CallLimits = { timeoutMs: 60_000, maxBytes: 512 * 1024 * 1024 };

/** Makes the questions over one HTTP side; `probeTimeoutMs` is the patience for "are you there?". */
export function createComfyRequests(
  http: ComfyHttp,
  probeTimeoutMs = PROBE_TIMEOUT_MS,
): ComfyRequests {
  const probeLimits: CallLimits = {
    timeoutMs: probeTimeoutMs,
    maxBytes: 1024 * 1024,
    isProbe: true,
  };
  const unreadable = (reason: string): AppError =>
    appError('comfy/unreadable-answer', { url: http.address.url, reason });
  const notComfy = (): AppError => appError('comfy/not-comfyui', { url: http.address.url });

  const read = async <T>(
    path: string,
    reader: (answer: JsonValue) => T | undefined,
    limits: CallLimits = {},
  ): Promise<Result<T, AppError>> => {
    const answer = await http.getJson(path, limits);
    if (!answer.ok) return answer;
    const value = reader(answer.value);
    return value === undefined ? err(unreadable(`${path} has another shape`)) : ok(value);
  };
  const view = async (
    file: FilePlace,
    limits: CallLimits,
  ): Promise<Result<ComfyAnswer, AppError>> => {
    const answer = await http.get(viewPath(file), limits);
    if (!answer.ok) return answer;
    const { status } = answer.value;
    if (status === 200) return answer;
    return err(
      status === 400 || status === 404
        ? appError('comfy/output-missing', { filename: file.filename })
        : http.refusal(answer.value),
    );
  };
  const modelFolders = (): Promise<Result<readonly string[], AppError>> =>
    read('/models', readTexts);

  /** The first ComfyUIs could not tell about themselves, but had the queue that no other program has. */
  const otherwise = async (): Promise<AppError> => {
    const queue = await http.getJson('/queue', probeLimits);
    const isComfy = queue.ok && readQueue(queue.value) !== undefined;
    const lacks = 'it cannot tell what it runs on';
    return isComfy ? appError('comfy/too-old', { url: http.address.url, lacks }) : notComfy();
  };

  return {
    systemStats: shareUnsent(async () => {
      const answer = await http.get('/system_stats', probeLimits);
      if (!answer.ok) return answer;
      const { status } = answer.value;
      if (status !== 200) {
        const means = status === 401 || status === 403 || status === 407 || status >= 500;
        return err(means ? http.refusal(answer.value) : await otherwise());
      }
      const json = http.readJson(answer.value);
      const stats = json.ok ? readSystemStats(json.value) : undefined;
      return stats === undefined ? err(await otherwise()) : ok(stats);
    }),
    objectInfo: async (unlessEtag) => {
      const answer = await http.get('/object_info', { ...CATALOG_LIMITS, unlessEtag });
      if (!answer.ok) return answer;
      const { status } = answer.value;
      const isUnchanged = status === 304 && unlessEtag !== undefined;
      return status === 200 || isUnchanged ? answer : err(http.refusal(answer.value));
    },
    readObjectInfo: (answer) => {
      const json = http.readJson(answer);
      if (!json.ok) return json;
      return isJsonObject(json.value)
        ? ok(json.value)
        : err(unreadable('/object_info has another shape'));
    },
    remaining: () => read('/prompt', readRemaining, probeLimits),
    queue: shareUnsent(() => read('/queue', readQueue)),
    history: async (promptId) => {
      const answer = await http.getJson(`/history/${encodeURIComponent(promptId)}`, HISTORY_LIMITS);
      return answer.ok ? ok(readHistory(answer.value, promptId)) : answer;
    },
    modelFolders,
    models: async (folder) => {
      const answer = await http.get(`/models/${encodeURIComponent(folder)}`);
      if (!answer.ok) return answer;
      if (answer.value.status === 404) {
        const known = await modelFolders();
        if (!known.ok) return known;
        return err(appError('comfy/unknown-folder', { folder, known: [...known.value].sort() }));
      }
      if (answer.value.status !== 200) return err(http.refusal(answer.value));
      const json = http.readJson(answer.value);
      if (!json.ok) return json;
      const names = readTexts(json.value);
      return names === undefined ? err(unreadable('/models has another shape')) : ok(names);
    },
    // Servers of before 2025 lack this route: they answer 404, and sizes stay unknown.
    modelFiles: (folder) =>
      read(`/experiment/models/${encodeURIComponent(folder)}`, readModelFiles),
    modelPlaces: () => read('/internal/folder_paths', readModelPlaces),
    logLines: () => read('/internal/logs/raw', readLogLines),
    // For ComfyUI's own page: later servers may not have it.
    fileNames: (folder) => read(`/internal/files/${folder}`, readFileNames),
    fileHead: async (file, bytes) => {
      const limits = { ...FILE_LIMITS, range: `bytes=0-${String(bytes - 1)}` };
      const answer = await http.get(viewPath(file), limits);
      if (!answer.ok) return answer;
      // 416: the file is there and empty.
      if ([400, 404, 416].includes(answer.value.status)) return ok(undefined);
      const { status, bytes: head, wholeSize } = answer.value;
      if (status === 206) return ok({ bytes: head, size: wholeSize });
      return status === 200
        ? ok({ bytes: head, size: head.byteLength })
        : err(http.refusal(answer.value));
    },
    modelMetadata: async (folder, name) => {
      const query = new URLSearchParams({ filename: name });
      const path = `/view_metadata/${encodeURIComponent(folder)}?${query.toString()}`;
      const answer = await http.get(path);
      if (!answer.ok) return answer;
      // It also answers 404 where there are no metadata, and for other kinds of files.
      if (answer.value.status === 404) return ok({});
      if (answer.value.status !== 200) return err(http.refusal(answer.value));
      const json = http.readJson(answer.value);
      return json.ok ? ok(readMetadata(json.value)) : json;
    },
    hashFile: async (file) => {
      const answer = await view(file, { ...FILE_LIMITS, isHashed: true });
      if (!answer.ok) return answer;
      const { size = 0, sha256 = '' } = answer.value.hashed ?? {};
      return ok({ bytes: size, sha256 });
    },
    fetchFile: async (file) => {
      const answer = await view(file, FILE_LIMITS);
      if (!answer.ok) return answer;
      const { bytes, mediaType } = answer.value;
      return ok({ bytes, mediaType: mediaType === '' ? 'application/octet-stream' : mediaType });
    },
  };
}

function viewPath({ filename, subfolder, folder }: FilePlace): string {
  const query = new URLSearchParams({ filename, subfolder, type: folder });
  return `/view?${query.toString()}`;
}

/** Later servers write the folder behind each name: "a.png [output]". */
function readFileNames(json: JsonValue): readonly string[] | undefined {
  return readTexts(json)?.map((name) => name.replace(/ \[(output|input|temp)\]$/, ''));
}

/** Entries are pieces of what was written; a progress bar writes many to one line. */
function readLogLines(json: JsonValue): readonly string[] | undefined {
  const entries = isJsonObject(json) ? json['entries'] : undefined;
  if (!isJsonArray(entries)) return undefined;
  const text = entries
    .filter(isJsonObject)
    .map((entry) => textField(entry, 'm') ?? '')
    .join('');
  return text
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r', line.length - 2) + 1).trimEnd())
    .filter((line) => line !== '');
}

function readTexts(json: JsonValue): readonly string[] | undefined {
  return isJsonArray(json) ? texts(json) : undefined;
}

function readModelPlaces(json: JsonValue): ReadonlyMap<string, readonly string[]> | undefined {
  if (!isJsonObject(json)) return undefined;
  return new Map(Object.keys(json).map((folder) => [folder, texts(arrayField(json, folder))]));
}

function readMetadata(json: JsonValue): Readonly<Record<string, string>> {
  const entries = Object.entries(isJsonObject(json) ? json : {});
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

function readModelFiles(json: JsonValue): readonly ModelFile[] | undefined {
  if (!isJsonArray(json)) return undefined;
  return json.filter(isJsonObject).flatMap((file) => {
    const [name, bytes] = [textField(file, 'name'), numberField(file, 'size')];
    return name === undefined || bytes === undefined ? [] : [{ name, bytes }];
  });
}
