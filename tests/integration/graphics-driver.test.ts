import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject } from '../../core/base/json.ts';
import { parseExactJson } from '../../core/base/exact-json.ts';

const FindingsSchema = z.array(
  z.strictObject({ ok: z.boolean(), what: z.string(), detail: z.string() }),
);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-driver-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs `doctor` on a machine whose `nvidia-smi` is this script. */
async function doctorWith(script: string): Promise<readonly string[]> {
  const tools = await mkdtemp(join(folder, 'tools-'));
  const tool = join(tools, 'nvidia-smi');
  await writeFile(tool, `#!/bin/sh\n${script}\n`);
  await chmod(tool, 0o755);
  const path = [tools, process.env['PATH'] ?? ''].join(delimiter);
  const args = ['core/host/cli/second-unit.ts', 'doctor', '--comfy', 'practice', '--json'];
  const stdout = await new Promise<string>((resolve) => {
    const env = { ...process.env, PATH: path, SECOND_UNIT_DATA: join(folder, 'data') };
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], env });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('close', () => resolve(text));
  });
  const parsed = parseExactJson(stdout);
  const findings = parsed.ok && isJsonObject(parsed.value) ? parsed.value['findings'] : [];
  return FindingsSchema.parse(findings).map(
    ({ ok, what, detail }) => `${String(ok)} ${what}: ${detail}`,
  );
}

describe.skipIf(process.platform === 'win32')('the graphics driver at the whole core', () => {
  it('tells what the cards are', async () => {
    const line = '0, GPU-a, 24564, 700, 3, 40, 21.5, [N/A], 8.6, 580.95, NVIDIA GeForce RTX 3090';
    const said = await doctorWith(`echo '${line}'; exec sleep 60`);
    expect(said).toContain(
      'true Graphics driver: NVIDIA GeForce RTX 3090: 24 GB, Ampere (compute capability 8.6). Calculates in fp16 and bf16; holds fp8 models, which saves memory but no time.',
    );
  });

  it.each([
    ['prints nonsense', "echo '<html>'; exit 1", 'has stopped answering'],
    [
      'was updated under the driver',
      "echo 'Driver/library version mismatch'; exit 18",
      'Restart the machine.',
    ],
    ['finds no card', "echo 'No devices were found'; exit 6", 'finds no graphics card'],
  ])(
    'says what is wrong and what to do when nvidia-smi %s, and the rest works',
    async (_, script, words) => {
      const said = await doctorWith(script);
      expect(said.find((line) => line.includes('Graphics driver'))).toContain(words);
      expect(said.find((line) => /^\w+ ComfyUI:/.test(line))).toContain('built-in practice');
    },
  );
});
