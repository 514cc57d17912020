import { afterEach, describe, expect, it } from 'vitest';
import type { GpuReading } from '../../ports/gpu.ts';
import { createClock } from '../system/create-clock.ts';
import { createGpu } from './create-gpu.ts';
import { allFields, fewFields, parseSample } from './parse-sample.ts';

const first =
  '0, GPU-aaaa, 24564, 12700, 98, 61, 312.40, [N/A], 8.9, 580.95, NVIDIA GeForce RTX 4090';
const second =
  '1, GPU-bbbb, 16376, 4, [N/A], 35, [Not Supported], Enabled, 8.0, 580.95, NVIDIA A100, 40 GB';

describe('parseSample', () => {
  it('reads each field for itself, and a name with a comma', () => {
    expect(parseSample(second, allFields)).toEqual({
      uuid: 'GPU-bbbb',
      name: 'NVIDIA A100, 40 GB',
      isSplit: true,
      index: 1,
      memoryTotal: 16376 * 1024 ** 2,
      memoryUsed: 4 * 1024 ** 2,
      temperature: 35,
      computeCapability: '8.0',
      driver: '580.95',
    });
  });

  it.each(['', 'Unable to determine the device handle', '0, , , , , , , , , , ', '<html>'])(
    'takes %j for no measurement',
    (line) => {
      expect(parseSample(line, allFields)).toBeUndefined();
    },
  );

  it('reads the short list too', () => {
    const line = '0, GPU-aaaa, 8192, 100, 7, Quadro';
    expect(parseSample(line, fewFields)).toMatchObject({ utilisation: 7, name: 'Quadro' });
  });
});

/** A stand-in for nvidia-smi: a script that the running Node executes, with its arguments behind it. */
function standIn(script: string): readonly [string, ...string[]] {
  return [process.execPath, '-e', script, '--'];
}

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

async function readWith(
  script: string | readonly [string, ...string[]],
  isReached: (reading: GpuReading) => boolean,
): Promise<GpuReading> {
  const command = typeof script === 'string' ? standIn(script) : script;
  const clock = createClock();
  const gpu = createGpu({ clock, command, patienceMs: 1_500, restartMs: 20 });
  open.push(gpu, gpu.watch());
  for (;;) {
    if (isReached(gpu.reading)) return gpu.reading;
    await new Promise((resolve) => clock.after(20, () => resolve(undefined)));
  }
}

const print = (lines: readonly string[]): string =>
  `for (const line of ${JSON.stringify(lines)}) console.log(line); setInterval(() => 0, 1000);`;
const hasTwo = (reading: GpuReading): boolean =>
  reading.kind === 'measured' && reading.gpus.length === 2;
const hasReason =
  (text: string) =>
  (reading: GpuReading): boolean =>
    reading.kind === 'unavailable' && reading.reason.includes(text);

describe('createGpu', () => {
  it('tells two cards apart by their uuid, past a line of nonsense', async () => {
    const reading = await readWith(print([first, '%%% 1, 2', second, first]), hasTwo);
    expect(reading).toMatchObject({ gpus: [{ uuid: 'GPU-aaaa' }, { uuid: 'GPU-bbbb' }] });
  });

  it('asks for less when the driver does not know a field', async () => {
    const script = `
      if (process.argv.join(' ').includes('mig.mode')) {
        console.log('Field "mig.mode.current" is not a valid field to query.');
        process.exit(2);
      }
      console.log('0, GPU-aaaa, 8192, 100, 7, Quadro');
      setInterval(() => 0, 1000);`;
    const reading = await readWith(script, ({ kind }) => kind === 'measured');
    expect(reading).toMatchObject({ gpus: [{ name: 'Quadro', utilisation: 7 }] });
  });

  it.each([
    ['is missing', ['/nowhere/nvidia-smi'], 'not installed'],
    ['hangs', 'setInterval(() => 0, 1000)', 'does not answer'],
    ['prints nonsense', print(['<html>', '1, 2, 3']), 'not with numbers'],
    ['ends at once', 'process.exit(9)', 'driver is gone'],
  ] as const)('says so when nvidia-smi %s', async (_, script, reason) => {
    const reading = await readWith(script, hasReason(reason));
    expect(reading.kind).toBe('unavailable');
  });

  it('runs only while somebody watches', async () => {
    const clock = createClock();
    const gpu = createGpu({ clock, command: standIn(print([first])) });
    open.push(gpu);
    expect(gpu.reading).toMatchObject({ reason: 'nothing was measured yet' });
    const [one, two] = [gpu.watch(), gpu.watch()];
    one.dispose();
    one.dispose();
    expect(gpu.reading).toMatchObject({ reason: 'nothing was measured yet' });
    two.dispose();
    expect(gpu.reading).toMatchObject({ reason: 'nobody is looking' });
  });
});
