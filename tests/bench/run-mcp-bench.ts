// `npm run -s bench:mcp -- --json`: what the stdio bridge costs, against a bare request to the same practice ComfyUI in the same run.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildBridge } from '../../build/build-bridge.ts';
import { type SpawnedBridge, spawnBridge } from '../mcp/spawn-bridge.ts';
import { type BenchRow, createRawGet, inTurns, quantile, timed, toRow } from './mcp-measures.ts';
import { measureWorkflow } from './measure-workflow.ts';
import { startProcesses } from './start-processes.ts';

const json = process.argv.includes('--json');
const built = [join(import.meta.dirname, '..', '..', 'out', 'mcp', 'bridge.js')];
const SDK_SERVER = join(import.meta.dirname, 'sdk-server.ts');
/** The quickest other server of the field takes 2.9 bare requests where the SDK alone takes 1.7. */
const SDK_LIMIT = 1.7;
const SURFACES = [
  { surface: 'default', limit: 19_000 },
  { surface: 'full', limit: 65_000 },
  { surface: 'compact', limit: 19_000 },
] as const;
const STATS = { name: 'get_system_stats', arguments: {} };
const QUEUE = { name: 'get_queue_status', arguments: {} };

await buildBridge();
const started = await startProcesses();
const { dataFolder, comfyUrl } = started;
const raw = createRawGet(`${comfyUrl}/system_stats`);
const rows: BenchRow[] = [];
try {
  await measureStart();
  await measureSurfaces();
  const bridge = spawnBridge(dataFolder, { script: built });
  await bridge.initialize();
  await untilConnected(bridge);
  await measureCalls(bridge);
  await measureMany(bridge);
  await bridge.close();
  await measureMemory();
  const client = spawnBridge(dataFolder, { script: built });
  await client.initialize('a client that asks its user', true);
  rows.push(...(await measureWorkflow(client, comfyUrl)));
  await client.close();
} finally {
  raw.close();
  await started.close();
}
for (const row of rows) {
  if (json) console.log(JSON.stringify(row));
  else
    console.log(
      `${row.ok ? 'ok   ' : 'OVER '} ${row.name}: ${String(row.value)} ${row.unit} = ${String(row.ratio)} × ${row.reference}, limit ${String(row.limit)} (n=${String(row.n)})`,
    );
}
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

async function measureStart(): Promise<void> {
  const samples: number[] = [];
  for (let index = 0; index < 15; index += 1) {
    const startedAt = performance.now();
    const bridge = spawnBridge(dataFolder, { script: built });
    await bridge.initialize();
    samples.push(performance.now() - startedAt);
    await bridge.close();
  }
  const bound = { what: 'the bound', value: 150 };
  rows.push(
    toRow('initialize from process start, p50', 15, quantile(samples, 0.5), 'ms', bound, 1),
  );
}

async function measureSurfaces(): Promise<void> {
  for (const { surface, limit } of SURFACES) {
    const bridge = spawnBridge(dataFolder, { script: built, args: ['--surface', surface] });
    await bridge.initialize();
    const { result } = await bridge.request('tools/list');
    await bridge.close();
    const bytes = Buffer.byteLength(JSON.stringify(result));
    const bound = { what: 'the bound', value: limit };
    rows.push(toRow(`tools/list, ${surface} surface`, 1, bytes, 'bytes', bound, 1));
    const tokens = { what: 'the bound', value: limit / 3.8 };
    // A token of JSON is 3.8 characters long with the usual tokenisers; an estimate.
    rows.push(toRow(`tools/list, ${surface} surface`, 1, bytes / 3.8, 'tokens, about', tokens, 1));
  }
}

async function measureCalls(bridge: SpawnedBridge): Promise<void> {
  const alone = spawnBridge(dataFolder, { script: [SDK_SERVER, `${comfyUrl}/system_stats`] });
  await alone.initialize();
  const calls = [
    () => raw.get(),
    () => bridge.request('tools/call', STATS),
    () => bridge.request('tools/call', QUEUE),
    () => alone.request('tools/call', STATS),
  ];
  await inTurns(200, calls);
  const rounds = 600;
  const [bare = [], stats = [], queue = [], sdk = []] = await inTurns(rounds, calls);
  await alone.close();
  // Nothing is looked after there: no core, session, journal or artist, and no second process.
  const floor = { what: 'the SDK alone in one process, p50', value: quantile(sdk, 0.5) };
  const name = 'get_system_stats against the SDK alone';
  rows.push(toRow(name, rounds, quantile(stats, 0.5), 'ms', floor, SDK_LIMIT));
  const request = { what: 'a bare request, p50', value: quantile(bare, 0.5) };
  for (const [name, samples] of [
    ['get_system_stats', stats],
    ['get_queue_status', queue],
  ] as const) {
    rows.push(
      toRow(`${name}, one after another, p50`, rounds, quantile(samples, 0.5), 'ms', request, 1.8),
    );
    const more = quantile(samples, 0.95) - quantile(bare, 0.95);
    const bound = { what: 'the bound on what p95 adds', value: 25 };
    rows.push(toRow(`${name}, p95 over a bare request's`, rounds, more, 'ms', bound, 1));
  }
}

async function measureMany(bridge: SpawnedBridge): Promise<void> {
  const twenty = (call: () => Promise<unknown>) => () =>
    Promise.all(Array.from({ length: 20 }, call));
  const calls = [
    twenty(() => raw.get()),
    twenty(() => bridge.request('tools/call', STATS)),
    twenty(() => bridge.request('tools/call', QUEUE)),
  ];
  await inTurns(20, calls);
  const rounds = 80;
  const [bare = [], stats = [], queue = []] = await inTurns(rounds, calls);
  const reference = { what: '20 bare requests at once, p50', value: quantile(bare, 0.5) };
  for (const [name, samples] of [
    ['get_system_stats', stats],
    ['get_queue_status', queue],
  ] as const) {
    rows.push(
      toRow(`${name}, 20 at once, p50`, rounds, quantile(samples, 0.5), 'ms', reference, 1.1),
    );
  }
}

async function measureMemory(): Promise<void> {
  const bridge = spawnBridge(dataFolder, { script: built });
  await bridge.initialize();
  const upTo = async (from: number, to: number): Promise<number> => {
    for (let index = from; index < to; index += 1) {
      await bridge.request('tools/call', index % 2 === 0 ? STATS : QUEUE);
    }
    return bridge.residentMiB();
  };
  const first = await upTo(0, 1_000);
  const second = await upTo(1_000, 2_000);
  const last = await upTo(2_000, 5_000);
  await bridge.close();
  const bound = { what: 'the bound', value: 100 };
  rows.push(toRow('bridge, resident after 2,000 calls', 2_000, second, 'MiB', bound, 1));
  const before = { what: 'after call 1,000', value: first };
  rows.push(toRow('bridge, resident after 5,000 calls', 5_000, last, 'MiB', before, 1.05));
}

/** The core finds its ComfyUI while it serves already. */
async function untilConnected(bridge: SpawnedBridge): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { result } = await bridge.request('tools/call', STATS);
    if (result?.['isError'] !== true) return;
    await timed(() => wait(50));
  }
  throw new Error('the core did not connect');
}
