import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Op } from '../../core/contract/workflow.schema.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { type Host, createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import { stringifyExactJson } from '../../core/base/exact-json.ts';
import type { Submission } from '../../core/ports/comfy.ts';
import { openDocument } from '../../core/agent/workflows/open-document.ts';
import type { SessionStore } from '../../core/agent/sessions/session-store.ts';
import { type DrivenSession, driveSession } from '../faults/driven-session.ts';
import { type Payload, openBareClient } from './bare-client.ts';
import { type Benchmark, median, toBenchmark } from './measure.ts';
import { startPractice } from './start-processes.ts';

const ROUNDS = 15;
const WARM_UP_ROUNDS = 3;
/** Thirty steps a second, each with its progress twice and a preview. */
const STEP_MS = 33;
const IDLE_SECONDS = 15;
const BUSY_STEPS = 240;

/** What following a ComfyUI costs, and what it adds to what a bare client needs. */
export async function benchLink(): Promise<readonly Benchmark[]> {
  const server = await startPractice(STEP_MS);
  const folders: string[] = [];
  const newFolder = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'second-unit-bench-'));
    folders.push(folder);
    return folder;
  };
  const host = await openHost(await newFolder());
  await host.connect({ url: server.url });
  const session = await driveSession(host, undefined, 'sdxl-text-to-image');
  const results = [
    await benchIdle(),
    await benchBusy(host, session),
    ...(await benchFinish(host, session, server.url, '20 steps of 33 ms')),
  ];
  session.dispose();
  const pictures = await driveSession(host);
  results.push(...(await benchFinish(host, pictures, server.url, 'pictures only')));
  pictures.dispose();
  await host.close();
  results.push(...(await benchCatalog(server.url, newFolder)));
  await server.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  return results;
}

/** A connected core with a session open in a window, and nothing to do. */
async function benchIdle(): Promise<Benchmark> {
  await wait(3_000);
  const share = await shareOfCore(() => wait(IDLE_SECONDS * 1_000));
  return toBenchmark('polling at idle', IDLE_SECONDS, share, 'one core', 0.005);
}

async function benchBusy(host: Host, session: DrivenSession): Promise<Benchmark> {
  const share = await shareOfCore(async () => {
    await renderWith(host, session, [setOn(host, session, 'steps', BUSY_STEPS)]);
  });
  return toBenchmark('following 30 steps a second', BUSY_STEPS, share, 'one core', 0.1);
}

/** From posting to our "finished", against a client that does nothing else, in turns on the same server. */
async function benchFinish(
  host: Host,
  session: DrivenSession,
  url: string,
  what: string,
): Promise<readonly Benchmark[]> {
  const bare = await openBareClient(url);
  const posted = watchPosting(host);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round += 1) {
    const payload = payloadOf(host, session, round * 2);
    const start = performance.now();
    await bare.render(payload);
    const took = performance.now() - start;
    const change = changeOf(host, session, round * 2 + 1);
    const finished = await renderWith(host, session, [change]);
    // The look at the picture goes on after "finished"; the next round must not pay for it.
    await session.settled();
    if (round < WARM_UP_ROUNDS) continue;
    ratios.push((finished - posted.at) / took);
  }
  bare.close();
  posted.stop();
  // Round by round: whatever else the machine does at the moment slows both.
  const name = `post to finished, ${what}`;
  return [toBenchmark(name, ROUNDS, median(ratios), 'a bare client', 1.3)];
}

/** From connecting to knowing every node class, against fetching and parsing them. */
async function benchCatalog(
  url: string,
  newFolder: () => Promise<string>,
): Promise<readonly Benchmark[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  let classes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = await newFolder();
    const first = await timeCatalog(folder, url);
    const second = await timeCatalog(folder, url);
    const start = performance.now();
    const info = JSON.parse(await (await fetch(`${url}/object_info`)).text()) as object;
    const plain = performance.now() - start;
    cold.push(first / plain);
    warm.push(second / plain);
    classes = Object.keys(info).length;
  }
  const reference = 'GET /object_info and JSON.parse';
  return [
    toBenchmark('catalog cold start', classes, median(cold), reference, 5),
    toBenchmark('catalog warm start', classes, median(warm), reference, 5),
  ];
}

async function timeCatalog(dataFolder: string, url: string): Promise<number> {
  const host = await openHost(dataFolder);
  const start = performance.now();
  const connected = host.connect({ url });
  while (host.agent.link.catalog.size === 0) await wait(1);
  const took = performance.now() - start;
  await connected;
  await host.close();
  return took;
}

function openHost(dataFolder: string): Promise<Host> {
  return createHost({
    dataFolder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'bench',
  });
}

/** The part of one core that this process uses while something goes on. */
async function shareOfCore(what: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  const start = performance.now();
  await what();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / (performance.now() - start);
}

/** Starts a run and resolves with the moment at which it counted as finished. */
async function renderWith(
  host: Host,
  session: DrivenSession,
  overrides: readonly Op[],
): Promise<number> {
  const store = await storeOf(host, session);
  const over = new Promise<number>((resolve, reject) => {
    const listening = store.onEnvelope(({ action }) => {
      if (action.type !== 'run/ended') return;
      const at = performance.now();
      listening.dispose();
      if (action.status === 'succeeded' && action.fromCache !== true) resolve(at);
      else reject(new Error(`a run ended: ${JSON.stringify(action.failure ?? action.status)}`));
    });
  });
  const requestedBy = { role: 'artist', name: 'artist' } as const;
  const options = { label: 'Bench', requestedBy, needsRelease: false, overrides };
  const started = await host.agent.runs.start(store, options);
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  return over;
}

/** Notes when a payload goes out. */
function watchPosting({ agent }: Host): { readonly at: number; stop(): void } {
  const comfy = agent.link.current;
  if (comfy === undefined) throw new Error('not connected');
  const submit = comfy.submit.bind(comfy);
  let at = 0;
  const noted = (...args: [Submission, ...never[]]): ReturnType<typeof submit> => {
    at = performance.now();
    return submit(...args);
  };
  Object.assign(comfy, { submit: noted });
  return {
    get at() {
      return at;
    },
    stop: () => void Object.assign(comfy, { submit }),
  };
}

async function storeOf({ agent }: Host, { sessionId }: DrivenSession): Promise<SessionStore> {
  const store = await agent.sessions.open(sessionId);
  if (!store.ok) throw new Error('the session is gone');
  return store.value;
}

/** Another value each round, or the server would answer from its cache. */
function changeOf(host: Host, session: DrivenSession, round: number): Op {
  const has = (name: string): boolean => findSetting(host, session, name) !== undefined;
  return has('seed')
    ? setOn(host, session, 'seed', 1_000 + round)
    : setOn(host, session, 'width', 256 + 8 * round);
}

function setOn(host: Host, session: DrivenSession, widget: string, value: number): Op {
  const nodeId = findSetting(host, session, widget);
  if (nodeId === undefined) throw new Error(`no node has ${widget}`);
  return { op: 'set_widget', nodeId, widget, value };
}

function findSetting(host: Host, session: DrivenSession, name: string): string | undefined {
  const payload = plainPayload(host, session);
  return Object.keys(payload).find((id) => name in (payload[id]?.inputs ?? {}));
}

function payloadOf(host: Host, session: DrivenSession, round: number): Payload {
  const payload = plainPayload(host, session);
  const change = changeOf(host, session, round);
  if (change.op === 'set_widget') {
    const node = payload[change.nodeId];
    if (node !== undefined) node.inputs[change.widget] = change.value;
  }
  return payload;
}

function plainPayload({ agent }: Host, { state }: DrivenSession): Payload {
  const document = openDocument(state);
  const made = document.ok ? toExecutionPayload(document.value, agent.link.catalog) : document;
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return JSON.parse(stringifyExactJson(made.value.payload)) as Payload;
}
