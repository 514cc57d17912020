import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../core/base/exact-json.ts';
import { isJsonArray, isJsonObject, type JsonValue } from '../../core/base/json.ts';
import { createPracticeServer } from '../../core/practice/create-practice-server.ts';
import { sharedFolder as shared } from '../fixtures/shared-folder.ts';

const recordings = shared === undefined ? undefined : join(shared, 'comfyui-recordings', 'http');

/** Exchanges that a practice server cannot answer alike, and why. */
const NOT_COMPARED: readonly (readonly [RegExp, string])[] = [
  [/^x/, 'recorded with other server flags and throw-away nodes'],
  [/^a48-root$/, "the rig's placeholder page; ours says what it is"],
  [/^a48b-/, "a file of the rig's placeholder page"],
  [/^c05-history-error$/, 'practice counts every listed model as present, so this run succeeds'],
  [
    /^c05b-history-oom$/,
    'practice refuses the 3 GB picture in the middle, which a machine with 24 GB still makes',
  ],
];

/** Exchanges that must reach the server while the run before them is going. */
const WHILE_RUNNING =
  /^(c06-queue|c06-interrupt|c06b-interrupt|c07-(?!prompt-0)|c07b-(?!prompt-0)|c09c-interrupt|f03-interrupt)/;

interface Recorded {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
  readonly body_file?: string | null;
}

describe.skipIf(recordings === undefined || !existsSync(recordings))(
  'practice server against the recordings (needs SECOND_UNIT_SHARED)',
  () => {
    it('answers at least nine in ten recorded exchanges with the same status and structure', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'practice-recordings-'));
      await placeFiles(folder);
      const server = await createPracticeServer({ folder, stepMs: 4, nodeMs: 30 });
      const idle = createIdleWatch(server.url);
      const ids = new Map<string, string>();
      const different: string[] = [];
      const left: string[] = [];
      let compared = 0;
      for (const exchange of readIndex(recordings!)) {
        const reason = NOT_COMPARED.find(([pattern]) => pattern.test(exchange.name))?.[1];
        if (reason !== undefined) {
          left.push(`${exchange.name}: ${reason}`);
          continue;
        }
        if (!WHILE_RUNNING.test(exchange.name)) await idle.whenIdle();
        const answer = await replay(server.port, exchange, ids);
        const difference = compare(exchange, answer, ids);
        compared += 1;
        if (difference !== undefined) different.push(`${exchange.name}: ${difference}`);
      }
      idle.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
      const same = compared - different.length;
      process.stdout.write(
        [
          `practice recordings: ${same} of ${compared} alike (${((100 * same) / compared).toFixed(1)} %), ${left.length} not compared`,
          ...different.map((line) => `  different   ${line}`),
          ...left.map((line) => `  not compared ${line}`),
          '',
        ].join('\n'),
      );
      expect(compared).toBeGreaterThan(250);
      expect(same / compared).toBeGreaterThanOrEqual(0.9);
    }, 300_000);
  },
);

async function placeFiles(folder: string): Promise<void> {
  await mkdir(join(folder, 'output', 'rig'), { recursive: true });
  await writeFile(join(folder, 'output', '_output_images_will_be_put_here'), '');
  await writeFile(join(folder, 'output', 'rig', 'page.html'), '<p>hi</p>');
  await writeFile(
    join(folder, 'output', 'rig', 'x.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
  );
}

function readIndex(folder: string): readonly Recorded[] {
  return readFileSync(join(folder, 'index.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recorded);
}

/** Knows from the status messages whether the queue is empty. */
function createIdleWatch(url: string): {
  whenIdle(): Promise<void>;
  close(): void;
} {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?clientId=idle-watch`);
  let remaining = 0;
  let waiting: (() => void)[] = [];
  socket.on('message', (data, isBinary) => {
    if (isBinary) return;
    const { type, data: told } = JSON.parse((data as Buffer).toString('utf8')) as {
      type: string;
      data: { status?: { exec_info: { queue_remaining: number } } };
    };
    if (type !== 'status' || told.status === undefined) return;
    remaining = told.status.exec_info.queue_remaining;
    if (remaining === 0) {
      for (const resolve of waiting) resolve();
      waiting = [];
    }
  });
  return {
    whenIdle: () =>
      remaining === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    close: () => socket.close(),
  };
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly etag: string | undefined;
  readonly modified: string | undefined;
  readonly body: Buffer;
}

async function replay(
  port: number,
  exchange: Recorded,
  ids: ReadonlyMap<string, string>,
): Promise<Answer> {
  const stem = join(recordings!, exchange.name);
  const text = await readFile(`${stem}.req.txt`, 'utf8');
  const split = text.indexOf('\n\n');
  const [start = '', ...lines] = (split < 0 ? text : text.slice(0, split)).split('\n');
  const [method = 'GET', path = '/'] = start.split(' ');
  const headers = Object.fromEntries(
    lines
      .filter((line) => line.includes(': '))
      .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2).trim()])
      .filter(([name]) => name!.toLowerCase() !== 'content-length'),
  ) as Record<string, string>;
  let body: Buffer = Buffer.from(
    existsSync(`${stem}.req.body.bin`)
      ? await readFile(`${stem}.req.body.bin`)
      : replaceIds(split < 0 ? '' : text.slice(split + 2).replace(/\n$/, ''), ids),
  );
  const notStored = /<(\d+) bytes not stored>/.exec(body.toString('latin1').slice(0, 200));
  if (notStored !== null) body = Buffer.alloc(Number(notStored[1]), 32);
  // The recorder's own address stands for ours.
  for (const name of Object.keys(headers)) {
    const own = headers[name]!.replaceAll('127.0.0.1:8188', `127.0.0.1:${port}`);
    headers[name] = replaceIds(own, ids);
  }
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port, method, path: replaceIds(path, ids), headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            etag: response.headers.etag,
            modified: response.headers['last-modified'],
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

function replaceIds(text: string, ids: ReadonlyMap<string, string>): string {
  let out = text;
  for (const [recorded, ours] of ids) out = out.replaceAll(recorded, ours);
  return out;
}

/** Names of temp files are made up at each start: what is called so there is called so here. */
function learnFileNames(expected: JsonValue, actual: JsonValue, ids: Map<string, string>): void {
  const pattern = /ComfyUI_temp_[a-z]{5}_\d+_\.png/g;
  const text = (value: JsonValue): string =>
    JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
  const ours = text(actual).match(pattern) ?? [];
  for (const [i, name] of (text(expected).match(pattern) ?? []).entries()) {
    if (ours[i] !== undefined && ours.length === 1) ids.set(name, ours[i]);
  }
}

/** The first difference in status, content type or JSON structure; notes new prompt ids. */
function compare(exchange: Recorded, answer: Answer, ids: Map<string, string>): string | undefined {
  if (answer.status !== exchange.status) return `status ${answer.status}, not ${exchange.status}`;
  const stem = join(recordings!, exchange.name);
  const head = readFileSync(`${stem}.resp.headers.txt`, 'utf8');
  for (const [name, value] of Object.entries({
    etag: answer.etag,
    'last-modified': answer.modified,
  })) {
    const recorded = new RegExp(`^${name}: ([^\\r\\n]+)`, 'im').exec(head)?.[1];
    // A later answer may depend on these, in If-None-Match and If-Modified-Since.
    if (recorded !== undefined && value !== undefined && exchange.name === 'd01-view-output-png') {
      ids.set(recorded, value);
    }
  }
  const type = /^content-type: ([^;\r\n]*)/im.exec(head)?.[1] ?? '';
  if (answer.contentType.split(';')[0] !== type) return `type ${answer.contentType}, not ${type}`;
  if (!existsSync(`${stem}.resp.body.json`) || exchange.method === 'HEAD') {
    const isEmpty = exchange.bytes === 0 || exchange.method === 'HEAD';
    return isEmpty === (answer.body.length === 0) || exchange.name.startsWith('d16')
      ? undefined
      : `body of ${answer.body.length} bytes, not ${exchange.bytes}`;
  }
  const expected = parseExactJson(readFileSync(`${stem}.resp.body.json`, 'utf8'));
  const actual = parseExactJson(answer.body.toString('utf8'));
  if (!expected.ok) return undefined;
  if (!actual.ok) return 'not JSON';
  if (isJsonObject(expected.value) && isJsonObject(actual.value)) {
    const [recorded, ours] = [expected.value['prompt_id'], actual.value['prompt_id']];
    if (typeof recorded === 'string' && typeof ours === 'string') ids.set(recorded, ours);
  }
  learnFileNames(expected.value, actual.value, ids);
  const mapped = parseExactJson(replaceIds(readFileSync(`${stem}.resp.body.json`, 'utf8'), ids));
  return mapped.ok ? structureDifference(mapped.value, actual.value, '$') : undefined;
}

/** Sentences that the carried facts leave out, and the one number that a CPU has not. */
const LEFT_OUT = new Set(['tooltip', 'output_tooltips', 'index']);

/** A run that failed there on an empty model file, a stub or 24 GB of memory, which goes otherwise here. */
function isMachineFailure(expected: JsonValue): boolean {
  const stateOf = (entry: JsonValue): JsonValue | undefined =>
    isJsonObject(entry) && isJsonObject(entry['status'])
      ? entry['status']['status_str']
      : undefined;
  return (
    stateOf(expected) === 'error' &&
    JSON.stringify(expected, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ).match(/Could not detect model type|can't allocate memory|spandrel shim/) !== null
  );
}

function structureDifference(
  expected: JsonValue,
  actual: JsonValue,
  at: string,
): string | undefined {
  const kinds = [kindOf(expected), kindOf(actual)];
  if (kinds[0] !== kinds[1]) return `${at} is ${kinds[1]}, not ${kinds[0]}`;
  if (isJsonArray(expected) && isJsonArray(actual)) {
    // Lists of files and models are as long as what is there.
    const count = Math.min(expected.length, actual.length);
    const [wanted, given] = [byInput(expected), byInput(actual)];
    for (let i = 0; i < count; i += 1) {
      const found = structureDifference(wanted[i] ?? null, given[i] ?? null, `${at}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isJsonObject(expected) || !isJsonObject(actual)) return undefined;
  if (isMachineFailure(expected)) return undefined;
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  for (const key of keys) {
    if (LEFT_OUT.has(key)) continue;
    if (!Object.hasOwn(actual, key)) return `${at}.${key} is missing`;
    if (!Object.hasOwn(expected, key)) return `${at}.${key} is too much`;
    const found = structureDifference(expected[key] ?? null, actual[key] ?? null, `${at}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Errors of a node come in the order of a Python set: compared by the input that they are about. */
function byInput(list: readonly JsonValue[]): readonly JsonValue[] {
  const nameOf = (item: JsonValue): string =>
    isJsonObject(item) && isJsonObject(item['extra_info'])
      ? JSON.stringify(item['extra_info']['input_name'])
      : '';
  return list.every((item) => nameOf(item) !== '')
    ? list.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    : list;
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (isJsonArray(value)) return 'list';
  return typeof value === 'bigint' ? 'number' : typeof value;
}
