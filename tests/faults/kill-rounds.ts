import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createPracticeServer } from '../../core/practice/create-practice-server.ts';
import type { ChildLine, Standing } from './core-child.ts';
import { type FaultTally, emptyTally } from './fault-tally.ts';
import { createSeededRandom } from './seeded-random.ts';
import { isRightEnding, readTruth } from './server-truth.ts';

const CHILD = fileURLToPath(new URL('core-child.ts', import.meta.url));
const ROUNDS_PER_SESSION = 10;
const NODE_MS = 15;
const STARTING_MS = 1_500;
const WORKING_MS = 900;

/**
 * Kills a working core at `kills` random moments, each time on the same data folder; after every tenth
 * a core runs to its end, and what it then says is compared with what the artist was told and with the
 * server's own history.
 */
export async function runKillRounds(kills: number, seed: number): Promise<FaultTally> {
  const tally = emptyTally();
  const random = createSeededRandom(seed);
  const dataFolder = await mkdtemp(join(tmpdir(), 'second-unit-faults-'));
  const server = await createPracticeServer({ nodeMs: NODE_MS, stepMs: 1 });
  try {
    while (tally.kills < kills) {
      await oneSession(Math.min(ROUNDS_PER_SESSION, kills - tally.kills));
    }
  } finally {
    await server.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
  return tally;

  async function oneSession(rounds: number): Promise<void> {
    const told = { accepted: new Set<string>(), queued: new Set<string>() };
    let sessionId: string | undefined;
    const start = (mode: 'work' | 'settle'): RunningChild => {
      const childSeed = String(Math.floor(random() * 2 ** 31));
      const args = [dataFolder, server.url, mode, childSeed];
      return startChild([...args, ...(sessionId === undefined ? [] : [sessionId])], (line) => {
        if (line.kind === 'accepted') told.accepted.add(line.changeSetId);
        if (line.kind === 'queued') told.queued.add(line.promptId);
        if (line.kind !== 'loaded') return;
        if (sessionId === line.sessionId) countLost(line.standing, told, tally);
        sessionId = line.sessionId;
      });
    };
    for (let round = 0; round < rounds; round += 1) {
      tally.rounds += 1;
      const child = start('work');
      // Some die while they start and load, most while they work.
      if (random() < 0.2) await pause(random() * STARTING_MS);
      else {
        await Promise.race([child.loaded, child.over]);
        await pause(random() * WORKING_MS);
      }
      child.process.kill('SIGKILL');
      await child.over;
      tally.kills += 1;
    }
    if (sessionId === undefined) return;
    const last = start('settle');
    const standing = await last.settled;
    await last.over;
    tally.acknowledged += told.accepted.size + told.queued.size;
    const truth = await readTruth(server.url);
    const ours = Object.entries(standing.runs);
    for (const [promptId, status] of ours) {
      const real = truth.get(promptId) ?? 'unknown';
      if (isRightEnding(status, real, { isForgotten: false })) continue;
      tally.wrongEndings += 1;
      tally.details.push(`run ${promptId} was told as ${status} and ended as ${real}`);
    }
  }
}

function countLost(
  { changeSets, runs }: Standing,
  told: { readonly accepted: ReadonlySet<string>; readonly queued: ReadonlySet<string> },
  tally: FaultTally,
): void {
  for (const id of told.accepted) {
    if (changeSets[id] === 'applied') continue;
    tally.lost += 1;
    tally.details.push(`change ${id} was told as saved and is ${changeSets[id] ?? 'gone'}`);
  }
  for (const id of told.queued) {
    if (runs[id] !== undefined) continue;
    tally.lost += 1;
    tally.details.push(`run ${id} was told as queued and is gone`);
  }
}

interface RunningChild {
  readonly process: ChildProcess;
  readonly loaded: Promise<void>;
  readonly settled: Promise<Standing>;
  readonly over: Promise<void>;
}

function startChild(args: readonly string[], onLine: (line: ChildLine) => void): RunningChild {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const loaded = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<Standing>();
  const over = Promise.withResolvers<void>();
  // Both ends: a line that was written before the kill is still in the pipe after it.
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (text) => {
    const line = readLine(text);
    if (line === undefined) return;
    onLine(line);
    if (line.kind === 'loaded') loaded.resolve();
    if (line.kind === 'settled') settled.resolve(line.standing);
  });
  reader.on('close', () => {
    over.resolve();
    settled.reject(new Error(`the core ended before its runs did: ${args.join(' ')}`));
  });
  settled.promise.catch(() => undefined);
  return { process: child, loaded: loaded.promise, settled: settled.promise, over: over.promise };
}

/** A line that the kill tore was not told. */
function readLine(text: string): ChildLine | undefined {
  try {
    return JSON.parse(text) as ChildLine;
  } catch {
    return undefined;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
