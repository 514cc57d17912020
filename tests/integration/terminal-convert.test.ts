import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject } from '../../core/base/json.ts';
import { readJson, template, useTerminal } from '../fakes/programs/terminal.ts';

const { folder, put, secondUnit } = useTerminal();

describe('second-unit convert', () => {
  it('prints the payload alone on stdout', async () => {
    const ended = await secondUnit('convert', template);
    expect(ended.code).toBe(0);
    const nodes = Object.values(readJson(ended.stdout));
    expect(nodes.every((node) => isJsonObject(node) && 'class_type' in node)).toBe(true);
  });

  it('writes one file per input into --out-dir', async () => {
    const out = join(folder, 'converted');
    const ended = await secondUnit(
      ...['convert', template, 'resources/templates/image-adjust.json', '--out-dir', out],
    );
    expect(ended.code).toBe(0);
    expect((await readdir(out)).sort()).toEqual(['image-adjust.json', 'sdxl-text-to-image.json']);
  });
});

describe('second-unit convert --save-format', () => {
  it('turns an exported workflow into one that the page opens, and that runs the same', async () => {
    const payload = (await secondUnit('convert', template)).stdout;
    const exported = await put('exported.json', payload);
    const ended = await secondUnit('convert', exported, '--save-format');
    expect(ended.code).toBe(0);
    expect(readJson(ended.stdout)).toMatchObject({ version: 0.4, nodes: expect.any(Array) });
    const again = await secondUnit('convert', await put('saved-again.json', ended.stdout));
    const inputsOf = (text: string): unknown =>
      Object.fromEntries(
        Object.entries(readJson(text)).map(([id, node]) => [
          id,
          isJsonObject(node) && node['inputs'],
        ]),
      );
    expect(inputsOf(again.stdout)).toEqual(inputsOf(payload));
  });
});
