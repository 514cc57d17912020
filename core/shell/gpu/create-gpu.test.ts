import { execFile } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import type { GpuTrouble } from '../../contract/machine/gpu.schema.ts';
import type { Gpu, GpuReading } from '../../ports/gpu.ts';
import { createClock } from '../system/create-clock.ts';
import { createAmdSources } from './amd/create-amd-sources.ts';
import { createAppleSource } from './apple/create-apple-source.ts';
import { createGpu } from './create-gpu.ts';
import { type GpuSource, restartDelay } from './gpu-source.ts';
import { createNvidiaSource } from './nvidia/create-nvidia-source.ts';

const first =
  '0, GPU-aaaa, 24564, 12700, 98, 61, 312.40, [N/A], 8.9, 580.95, NVIDIA GeForce RTX 4090';
const second =
  '1, GPU-bbbb, 16376, 4, [N/A], 35, [Not Supported], Enabled, 8.0, 580.95, NVIDIA A100, 40 GB';

type Command = readonly [string, ...string[]];

/** A stand-in for a tool: a script that the running Node executes, with its arguments behind it. */
function standIn(script: string): Command {
  return [process.execPath, '-e', script, '--'];
}

/** Prints the lines and stays, as `nvidia-smi -lms` does. */
function staying(lines: readonly string[]): string {
  return `for (const line of ${JSON.stringify(lines)}) console.log(line); setInterval(() => 0, 1000);`;
}

const clock = createClock();
const timing = { clock, patienceMs: 1_000, restartMs: 20 };
const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

function monitor(sources: readonly GpuSource[], holdersCommand?: Command): Gpu {
  const holders = holdersCommand === undefined ? {} : { holdersCommand };
  const gpu = createGpu({ ...timing, sources, ...holders });
  open.push(gpu);
  return gpu;
}

function nvidia(script: string): Gpu {
  return monitor([createNvidiaSource(standIn(script), timing)]);
}

async function readUntil(
  gpu: Gpu,
  isReached: (reading: GpuReading) => boolean,
): Promise<GpuReading> {
  open.push(gpu.watch());
  for (;;) {
    if (isReached(gpu.reading)) return gpu.reading;
    await new Promise((resolve) => clock.after(10, () => resolve(undefined)));
  }
}

const hasTwo = (reading: GpuReading): boolean =>
  reading.kind === 'measured' && reading.gpus.length === 2;
const isIn =
  (trouble: GpuTrouble) =>
  (reading: GpuReading): boolean =>
    reading.kind === 'unavailable' && reading.trouble === trouble;

describe('an NVIDIA card', () => {
  it('is told from another by its uuid, past a line of nonsense', async () => {
    const reading = await readUntil(nvidia(staying([first, '%%% 1, 2', second, first])), hasTwo);
    expect(reading).toMatchObject({ gpus: [{ uuid: 'GPU-aaaa' }, { uuid: 'GPU-bbbb' }] });
  });

  it('is asked for less when the driver does not know a field', async () => {
    const script = `
      if (process.argv.join(' ').includes('mig.mode')) {
        console.log('Field "mig.mode.current" is not a valid field to query.');
        process.exit(2);
      }
      console.log('0, GPU-aaaa, 8192, 100, 7, Quadro');
      setInterval(() => 0, 1000);`;
    const reading = await readUntil(nvidia(script), ({ kind }) => kind === 'measured');
    expect(reading).toMatchObject({ gpus: [{ name: 'Quadro', utilisation: 7 }] });
  });

  it.each([
    ['hangs', 'setInterval(() => 0, 1000)', 'hangs'],
    ['prints nonsense', staying(['<html>', '1, 2, 3']), 'nonsense'],
    ['ends at once', 'process.exit(9)', 'driver-gone'],
    [
      'was updated under the driver',
      "console.log('Failed to initialize NVML: Driver/library version mismatch'); process.exit(18)",
      'driver-mismatch',
    ],
    ['finds no card', "console.log('No devices were found'); process.exit(6)", 'no-card'],
  ] as const)('has its trouble named when nvidia-smi %s', async (_, script, trouble) => {
    expect(await readUntil(nvidia(script), isIn(trouble))).toMatchObject({ trouble });
  });

  it('comes back by itself after the driver went away', async () => {
    const marker = `/tmp/gpu-${String(process.pid)}-${String(performance.now())}`;
    const script = `
      const fs = require('node:fs');
      const isBack = fs.existsSync(${JSON.stringify(marker)});
      if (!isBack) {
        fs.writeFileSync(${JSON.stringify(marker)}, '');
        console.log(${JSON.stringify(first)});
        setTimeout(() => process.exit(15), 50);
      } else {
        fs.rmSync(${JSON.stringify(marker)});
        console.log(${JSON.stringify(second)});
        setInterval(() => 0, 1000);
      }`;
    const gpu = nvidia(script);
    const troubles: string[] = [];
    const reading = await readUntil(gpu, (now) => {
      if (now.kind === 'unavailable') troubles.push(now.trouble);
      return now.kind === 'measured' && now.gpus[0]?.uuid === 'GPU-bbbb';
    });
    expect(reading).toMatchObject({ gpus: [{ uuid: 'GPU-bbbb' }] });
    expect(troubles).toContain('driver-gone');
  });

  it('is asked again ever later, at most once a minute', () => {
    expect([1, 2, 3, 4, 7, 50].map((attempt) => restartDelay(attempt))).toEqual([
      1_000, 2_000, 4_000, 8_000, 60_000, 60_000,
    ]);
  });

  it('is measured only while somebody watches, and its tool ends with the last one', async () => {
    const gpu = nvidia(
      `console.log('0, GPU-' + process.pid + ${JSON.stringify(first.slice(11))}); setInterval(() => 0, 1000);`,
    );
    expect(gpu.reading).toEqual({ kind: 'unavailable', trouble: 'not-looked' });
    const watching = gpu.watch();
    const reading = await readUntil(gpu, ({ kind }) => kind === 'measured');
    const pid = reading.kind === 'measured' ? Number(reading.gpus[0]?.uuid.slice(4)) : 0;
    expect(isRunning(pid)).toBe(true);
    watching.dispose();
    watching.dispose();
    expect(gpu.reading.kind).toBe('measured');
    for (const one of open.splice(1)) one.dispose();
    expect(gpu.reading).toEqual({ kind: 'unavailable', trouble: 'nobody-looks' });
    await until(() => !isRunning(pid));
  });

  it('leaves no tool behind when the process ends without disposing', async () => {
    const module = new URL('./nvidia/create-nvidia-source.ts', import.meta.url).href;
    const clockModule = new URL('../system/create-clock.ts', import.meta.url).href;
    const tool = standIn(
      `console.log('0, GPU-' + process.pid + ${JSON.stringify(first.slice(11))}); process.stdout.on('error', () => 0); setInterval(() => 0, 1000);`,
    );
    const script = `
      const { createNvidiaSource } = await import(${JSON.stringify(module)});
      const { createClock } = await import(${JSON.stringify(clockModule)});
      const source = createNvidiaSource(${JSON.stringify(tool)}, { clock: createClock() });
      source.start({
        measured: ({ uuid }) => { console.log(uuid.slice(4)); process.exit(0); },
        failed: (trouble) => { console.log(trouble); process.exit(1); },
      });`;
    const said = await new Promise<string>((resolve) => {
      const args = ['--input-type=module', '-e', script];
      execFile(process.execPath, args, (_error, stdout) => resolve(stdout));
    });
    const pid = Number(said);
    expect(pid).toBeGreaterThan(0);
    await until(() => !isRunning(pid));
  });
});

describe('which way is taken', () => {
  const rocm = JSON.stringify({
    card0: {
      'VRAM Total Memory (B)': '21458059264',
      'GPU use (%)': '12',
      'Card Series': 'RX 7900',
    },
  });
  const amd = (places: Parameters<typeof createAmdSources>[0]): readonly GpuSource[] =>
    createAmdSources({ sysfs: '/nowhere', ...places }, timing);

  it('is ROCm’s where there is no nvidia-smi, past a warning before the answer', async () => {
    const missing = createNvidiaSource(undefined, timing);
    const rocmSmi = standIn(
      `console.log('WARNING: AMD GPU device(s) is/are in a low-power state.\\n' + ${JSON.stringify(rocm)})`,
    );
    const gpu = monitor([missing, ...amd({ rocmSmi })]);
    expect(await gpu.look()).toMatchObject({ gpus: [{ name: 'RX 7900', utilisation: 12 }] });
  });

  it('is amd-smi’s where rocm-smi is gone', async () => {
    const answer = [{ gpu: 0, usage: { gfx_activity: { value: 7, unit: '%' } } }];
    const amdSmi = standIn(`console.log(${JSON.stringify(JSON.stringify(answer))})`);
    const gpu = monitor(amd({ rocmSmi: ['/nowhere/rocm-smi'], amdSmi }));
    expect(await gpu.look()).toMatchObject({ gpus: [{ utilisation: 7 }] });
  });

  it('says that there is no tool where there is none, and who holds what is then unknown', async () => {
    const gpu = monitor(
      [createNvidiaSource(['/nowhere/nvidia-smi'], timing), ...amd({})],
      ['/nowhere/nvidia-smi'],
    );
    expect(await gpu.look()).toEqual({ kind: 'unavailable', trouble: 'no-tool' });
    expect(await gpu.holders()).toEqual([]);
  });

  it('names the driver’s own trouble although no other tool is there either', async () => {
    const none = "console.log('No devices were found'); process.exit(6)";
    const gpu = monitor([createNvidiaSource(standIn(none), timing), ...amd({})]);
    expect(await gpu.look()).toEqual({ kind: 'unavailable', trouble: 'no-card' });
  });

  it('stays with an installed tool that hangs or prints nonsense', async () => {
    expect(await monitor(amd({ rocmSmi: standIn('setInterval(() => 0, 1000)') })).look()).toEqual({
      kind: 'unavailable',
      trouble: 'hangs',
    });
    expect(await monitor(amd({ rocmSmi: standIn("console.log('<html>')") })).look()).toEqual({
      kind: 'unavailable',
      trouble: 'nonsense',
    });
  });

  it('is macOS’s own: the chip with its load and the memory that it shares', async () => {
    const registry =
      '"PerformanceStatistics" = {"Device Utilization %"=16,"In use system memory"=2363801600}';
    const displays = JSON.stringify({ SPDisplaysDataType: [{ sppci_model: 'Apple M4 Max' }] });
    const tools = {
      ioreg: standIn(`console.log(${JSON.stringify(registry)})`),
      systemProfiler: standIn(`console.log(${JSON.stringify(displays)})`),
    };
    expect(await monitor([createAppleSource(tools, timing)]).look()).toMatchObject({
      gpus: [{ name: 'Apple M4 Max', isUnified: true, utilisation: 16, memoryUsed: 2_363_801_600 }],
    });
  });

  it('names a Mac’s older card, which tells no load, and says so where there is none', async () => {
    const listed = (cards: readonly unknown[]) => ({
      ioreg: standIn(''),
      systemProfiler: standIn(
        `console.log(JSON.stringify({ SPDisplaysDataType: ${JSON.stringify(cards)} }))`,
      ),
    });
    const card = { sppci_model: 'Radeon Pro 5500M', spdisplays_vram: '4 GB' };
    expect(await monitor([createAppleSource(listed([card]), timing)]).look()).toMatchObject({
      gpus: [{ name: 'Radeon Pro 5500M', memoryTotal: 4 * 1024 ** 3 }],
    });
    expect(await monitor([createAppleSource(listed([]), timing)]).look()).toEqual({
      kind: 'unavailable',
      trouble: 'no-card',
    });
  });
});

describe('one look', () => {
  it('sees every card, and keeps nothing running', async () => {
    const gpu = nvidia(staying([first, second]));
    const reading = await gpu.look();
    expect(reading.kind === 'measured' && reading.gpus.length).toBe(2);
    await until(() => gpu.reading.kind === 'unavailable');
    expect(gpu.reading).toEqual({ kind: 'unavailable', trouble: 'nobody-looks' });
  });

  it('tells who holds the memory', async () => {
    const gpu = monitor([], standIn("console.log('GPU-aaaa, 7, /usr/bin/blender, 512')"));
    expect(await gpu.holders()).toEqual([
      { uuid: 'GPU-aaaa', pid: 7, name: 'blender', memoryUsed: 512 * 1024 ** 2 },
    ]);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(isReached: () => boolean): Promise<void> {
  while (!isReached()) await new Promise((resolve) => clock.after(10, () => resolve(undefined)));
}
