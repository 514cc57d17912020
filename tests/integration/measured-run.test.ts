import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Run } from '../../core/contract/run/run.schema.ts';
import { describeRunLine } from '../../core/domain/machine/describe-run-line.ts';
import { createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import type { Gpu } from '../../core/ports/gpu.ts';
import { createPracticeServer } from '../../core/practice/create-practice-server.ts';
import { createGpu } from '../../core/shell/gpu/create-gpu.ts';
import { createNvidiaSource } from '../../core/shell/gpu/nvidia/create-nvidia-source.ts';
import { createClock } from '../../core/shell/system/create-clock.ts';
import { driveSession } from '../faults/driven-session.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A graphics card whose `nvidia-smi` is this script, executed by Node. */
function cardOf(script: string): Gpu {
  const clock = createClock();
  const command = [process.execPath, '-e', script, '--'] as const;
  return createGpu({ clock, sources: [createNvidiaSource(command, { clock })] });
}

/** Renders once on a server beside the core, which is no practice server to it. */
async function renderWith(gpu: Gpu): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'second-unit-measured-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const server = await createPracticeServer({ nodeMs: 400 });
  closing.push(() => server.close());
  const host = await createHost({
    dataFolder: folder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'test',
    gpu,
  });
  closing.push(() => host.close());
  await host.connect({ url: server.url });
  const session = await driveSession(host);
  closing.push(async () => session.dispose());
  await session.render();
  await session.settled();
  const run = session.state.runs[0];
  if (run === undefined) throw new Error('nothing was rendered');
  return run;
}

const CARD = 'Practice GPU';

describe('a finished run', () => {
  it('tells the card’s load and memory, and which node took how much', async () => {
    const gpu = cardOf(`
      let round = 0;
      setInterval(() => {
        round += 1;
        const used = 1000 + 100 * (round % 3);
        console.log('0, GPU-b, 2048, 9, 1, 30, 9.0, [N/A], 7.5, 580, NVIDIA T400');
        console.log('1, GPU-a, 24576, ' + used + ', 98, 61, 312.40, [N/A], 8.9, 580, ${CARD}');
      }, 20);`);
    const { measured, status, startedAt = 0, endedAt = 0 } = await renderWith(gpu);
    expect(status).toBe('verified');
    expect(measured).toMatchObject({
      source: 'driver',
      gpu: CARD,
      gpuPercent: 98,
      vramPeak: 1200 * 1024 ** 2,
      vramTotal: 24 * 1024 ** 3,
    });
    const nodes = measured?.nodes.map(({ nodeTitle, vramPeak }) => [nodeTitle, vramPeak]) ?? [];
    expect(nodes.length).toBeGreaterThan(0);
    expect(new Set(nodes.map(([, peak]) => peak))).toEqual(new Set([1200 * 1024 ** 2]));
    expect(describeRunLine({ startedAt, endedAt, ...(measured && { measured }) })).toMatch(
      /^Rendered in [\d.]+ s · GPU 98 % · VRAM 1\.2\/24 GB$/,
    );
    await until(() => gpu.reading.kind === 'unavailable');
    expect(gpu.reading).toEqual({ kind: 'unavailable', trouble: 'nobody-looks' });
  });

  it.each([
    ['hangs', 'setInterval(() => 0, 1000)'],
    ['prints nonsense', "setInterval(() => console.log('<html>'), 20)"],
    ['is gone', 'process.exit(9)'],
  ])('tells no load when the driver %s, and renders as ever', async (_, script) => {
    const { measured, status } = await renderWith(cardOf(script));
    expect(status).toBe('verified');
    expect(measured?.source ?? 'comfyui').toBe('comfyui');
    expect(measured?.gpuPercent).toBeUndefined();
  });
});

async function until(isReached: () => boolean): Promise<void> {
  const clock = createClock();
  while (!isReached()) await new Promise((resolve) => clock.after(10, () => resolve(undefined)));
}
