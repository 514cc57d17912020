import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringifyExactJson } from '../../core/base/exact-json.ts';
import { createPracticeServer } from '../../core/practice/create-practice-server.ts';
import { readJson, template, useTerminal } from '../fakes/programs/terminal.ts';

const { dataFolder, folder, put, secondUnit, variant } = useTerminal();

describe('second-unit ready', () => {
  it('says that a workflow would run, exit 0', async () => {
    const ended = await secondUnit('ready', template);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('Nothing is missing');
  });

  it('tells of a ComfyUI that is asked what its renders took here, as the window does', async () => {
    const practice = await createPracticeServer();
    const GIB = 1024 ** 3;
    const kind = { width: 1024, height: 1024, batch: 1, frames: 1, gpu: 'Practice GPU' };
    const peak = { ...kind, family: 'sdxl', familyName: 'SDXL', precision: '16-bit' };
    const took = { need: 80 * GIB, isFull: false, forecast: 7 * GIB, runs: 2, at: 1 };
    const stored = { schemaVersion: 1, peaks: [{ ...peak, ...took }] };
    await mkdir(dataFolder, { recursive: true });
    await writeFile(join(dataFolder, 'observed-peaks.json'), stringifyExactJson(stored));
    try {
      const ended = await secondUnit('ready', template, '--comfy', practice.url);
      expect(ended.stdout).toContain('2 runs like this took 80.0 GB here.');
      expect(ended.code).toBe(0);
      const data = await secondUnit('ready', template, '--comfy', practice.url, '--json');
      const now = { basis: 'observed', outcome: 'slow', comfortable: 80 * GIB };
      expect(readJson(data.stdout)).toMatchObject({ files: [{ forecast: { now } }] });
    } finally {
      await practice.close();
    }
    const gone = await secondUnit('ready', template, '--comfy', practice.url);
    expect(gone.code).toBe(4);
    expect(gone.stderr).toContain(practice.url);
  });

  it('tells what is missing as data, and the edits that help, which apply takes, exit 7', async () => {
    const path = await variant('shared.json', (text) =>
      text.replaceAll('sd_xl_base_1.0.safetensors', 'SDXL\\\\sd_xl_turbo_1.0_fp16.safetensors'),
    );
    const ops = join(folder, 'ops.json');
    const ended = await secondUnit('ready', path, '--json', '--ops', ops);
    expect(ended.code).toBe(7);
    expect(readJson(ended.stdout)).toMatchObject({
      files: [
        {
          file: path,
          outcome: 'after-fixes',
          models: [{ folder: 'checkpoints', family: 'SDXL', source: expect.any(String) }],
          left: [],
        },
      ],
    });
    const mended = join(folder, 'mended.json');
    const applied = await secondUnit('apply', ops, '--workflow', path, '--out', mended);
    expect(applied.code).toBe(0);
    expect((await secondUnit('ready', mended)).code).toBe(0);
  });

  it('names the node pack of a class that is not there, exit 7, and refuses what is no workflow, exit 2', async () => {
    const path = await variant('packs.json', (text) =>
      text
        .replaceAll('"KSampler"', '"KSampler (Efficient)"')
        .replaceAll('"comfy-core"', '"efficiency-nodes-comfyui"'),
    );
    const ended = await secondUnit('ready', path);
    expect(ended.code).toBe(7);
    expect(ended.stdout).toContain('Efficiency Nodes');
    expect(ended.stdout).not.toContain('Run without');
    expect((await secondUnit('ready', await put('no.json', '{}'))).code).toBe(2);
  });
});
