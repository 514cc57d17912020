import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJson, template, useTerminal } from '../fakes/terminal.ts';

const { folder, put, secondUnit, variant } = useTerminal();

describe('second-unit ready', () => {
  it('says that a workflow would run, exit 0', async () => {
    const ended = await secondUnit('ready', template);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('Nothing is missing');
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
