import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Result, err } from '../../core/base/result.ts';
import { type AppError, appError } from '../../core/contract/errors.ts';
import { type Host, createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SessionRepository } from '../../core/ports/repositories.ts';
import {
  type PracticeServer,
  createPracticeServer,
} from '../../core/practice/create-practice-server.ts';
import { createSessionRepository } from '../../core/shell/store/create-session-repository.ts';
import { createClock } from '../../core/shell/system/create-clock.ts';
import { type DrivenSession, driveSession, nodes } from './driven-session.ts';
import { type FaultProxy, type WireFault, createFaultProxy } from './fault-proxy.ts';
import { type FaultTally, emptyTally } from './fault-tally.ts';
import { createSeededRandom } from './seeded-random.ts';
import { type TrueEnding, isRightEnding, readTruth } from './server-truth.ts';

/** Everything that goes wrong while a run is on its way, besides the end of the core itself. */
export const faultNames = [
  'server-restarted',
  'restarted-unseen',
  'socket-cut',
  'half-open',
  'slow',
  'torn-frames',
  'garbage-frames',
  'status-500',
  'html',
  'huge-history',
  'clock-step',
  'full-disk',
] as const;
export type FaultName = (typeof faultNames)[number];

const NODE_MS = 60;
const FAULT_MS = 1_200;
/** Longer than the slowest way back: patience, back-off, and the looks until a run counts as lost. */
const PATIENCE_MS = 90_000;

/**
 * One round of one fault: three runs, the second while the fault is on; then all must have ended
 * rightly. With `isCutAfter` every connection ends with the fault, so that nobody waits for its patience.
 */
export async function runFaultRound(
  fault: FaultName,
  seed: number,
  { isCutAfter = false }: { readonly isCutAfter?: boolean } = {},
): Promise<FaultTally> {
  const tally = emptyTally();
  tally.rounds = 1;
  tally.faults[fault] = 1;
  const random = createSeededRandom(seed);
  await using stage = await setStage(random);
  const { session } = stage;
  const told = { accepted: new Set<string>(), queued: new Set<string>() };
  const work = async (): Promise<void> => {
    const changeSetId = await session.change([
      {
        op: 'set_widget',
        nodeId: nodes.resize,
        widget: 'width',
        value: 64 + Math.floor(random() * 900),
      },
      {
        op: 'set_widget',
        nodeId: nodes.save,
        widget: 'filename_prefix',
        value: random() < 0.25 ? '../outside' : `faults/${String(Math.floor(random() * 1e9))}`,
      },
    ]);
    if (changeSetId !== undefined) told.accepted.add(changeSetId);
    const promptId = await session.render();
    if (promptId !== undefined) told.queued.add(promptId);
  };

  await work();
  // Two at once, so that one ends while nobody can see it.
  if (fault === 'restarted-unseen') await work();
  await pause(random() * NODE_MS * 5);
  await stage.begin(fault);
  const under = work();
  await pause(FAULT_MS);
  await stage.end(fault);
  if (isCutAfter) stage.proxy.cut();
  await under;
  await work();
  const isSettled = await Promise.race([
    session.settled().then(() => true),
    pause(PATIENCE_MS).then(() => false),
  ]);
  const truth = await stage.truth();
  const isForgotten = fault === 'server-restarted' || fault === 'restarted-unseen';
  tally.acknowledged = told.accepted.size + told.queued.size;
  for (const run of session.state.runs) {
    const real = truth.get(run.promptId) ?? 'unknown';
    if (isSettled && isRightEnding(run.status, real, { isForgotten })) continue;
    tally.wrongEndings += 1;
    tally.details.push(`${fault}: run ${run.promptId} is ${run.status} and ended as ${real}`);
  }
  for (const promptId of truth.keys()) {
    if (session.state.runs.some((run) => run.promptId === promptId)) continue;
    tally.lost += 1;
    tally.details.push(`${fault}: ComfyUI ran ${promptId}, which the session does not know`);
  }
  if (stage.proxy.wholeHistoryAsks > 0) tally.details.push(`${fault}: the whole history was read`);
  const reloaded = await stage.reload();
  for (const id of told.accepted) {
    if (reloaded.changeSets.some((item) => item.changeSetId === id && item.status === 'applied'))
      continue;
    tally.lost += 1;
    tally.details.push(`${fault}: change ${id} was told as saved and is gone`);
  }
  for (const id of told.queued) {
    if (reloaded.runs.some((run) => run.promptId === id)) continue;
    tally.lost += 1;
    tally.details.push(`${fault}: run ${id} was told as queued and is gone`);
  }
  return tally;
}

interface Stage extends AsyncDisposable {
  readonly session: DrivenSession;
  readonly proxy: FaultProxy;
  begin(fault: FaultName): Promise<void>;
  end(fault: FaultName): Promise<void>;
  /** How the runs ended on every server of this round. */
  truth(): Promise<ReadonlyMap<string, TrueEnding>>;
  /** Closes the core and reads the session from disk with a new one. */
  reload(): Promise<DrivenSession['state']>;
}

async function setStage(random: () => number): Promise<Stage> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'second-unit-faults-'));
  const serverFolder = await mkdtemp(join(tmpdir(), 'second-unit-faults-'));
  const serverOptions = { folder: serverFolder, nodeMs: NODE_MS, stepMs: 1 };
  let server: PracticeServer = await createPracticeServer(serverOptions);
  const proxy = await createFaultProxy(server.url, random);
  const clock = createStepClock();
  const disk = createFullableDisk(join(dataFolder, 'sessions'));
  const options = {
    dataFolder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'faults',
  };
  let host: Host = await createHost({ ...options, clock, sessionRepository: disk });
  await host.connect({ url: proxy.url });
  let session = await driveSession(host);
  const earlier = new Map<string, TrueEnding>();
  const keepTruth = async (): Promise<void> => {
    for (const [id, ending] of await readTruth(server.url)) earlier.set(id, ending);
  };
  const restart = async (): Promise<void> => {
    await keepTruth();
    await server.close();
    server = await createPracticeServer({ ...serverOptions, port: server.port });
  };
  return {
    session,
    proxy,
    begin: async (fault) => {
      if (fault === 'server-restarted') await restart();
      else if (fault === 'restarted-unseen') {
        // Cut off, then everything ends, then the server forgets it.
        proxy.set('refused');
        proxy.cut();
        await idle(server.url);
        await restart();
      } else if (fault === 'socket-cut') proxy.cut();
      else if (fault === 'clock-step') clock.step(random() < 0.5 ? -3_600_000 : 3_600_000);
      else if (fault === 'full-disk') disk.fill(true);
      else proxy.set(fault satisfies WireFault);
    },
    end: async (fault) => {
      if (fault === 'socket-cut') proxy.cut();
      else if (fault === 'clock-step') clock.step(0);
      else if (fault === 'full-disk') disk.fill(false);
      // An entry that is that large stays that large.
      else if (fault !== 'huge-history') proxy.set('none');
    },
    truth: async () => {
      await keepTruth();
      return earlier;
    },
    reload: async () => {
      session.dispose();
      await host.close();
      host = await createHost(options);
      session = await driveSession(host, session.sessionId);
      return session.state;
    },
    [Symbol.asyncDispose]: async () => {
      session.dispose();
      await host.close();
      await proxy.close();
      await server.close();
      await rm(dataFolder, { recursive: true, force: true });
      await rm(serverFolder, { recursive: true, force: true });
    },
  };
}

/** Resolves when nothing runs or waits on the server. */
async function idle(url: string): Promise<void> {
  for (;;) {
    const answer = (await (await fetch(`${url}/prompt`)).json()) as {
      readonly exec_info: { readonly queue_remaining: number };
    };
    if (answer.exec_info.queue_remaining === 0) return;
    await pause(NODE_MS);
  }
}

function createStepClock(): Clock & { step(ms: number): void } {
  const clock = createClock();
  let offset = 0;
  return {
    now: () => clock.now() + offset,
    after: clock.after,
    step: (ms) => {
      offset = ms;
    },
  };
}

/** Real files on a disk that can be full: then nothing more is taken. */
function createFullableDisk(folder: string): SessionRepository & { fill(isFull: boolean): void } {
  const repository = createSessionRepository(folder);
  let isFull = false;
  return {
    ...repository,
    append: (sessionId, envelopes, durable): Promise<Result<void, AppError>> =>
      isFull
        ? Promise.resolve(err(appError('file/disk-full', { path: folder })))
        : repository.append(sessionId, envelopes, durable),
    fill: (full) => {
      isFull = full;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
