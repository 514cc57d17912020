import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isJsonObject } from '../../core/base/json.ts';
import { parseExactJson } from '../../core/base/exact-json.ts';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
}

const recordings = 'tests/fixtures/recordings';
const template = 'resources/templates/sdxl-text-to-image.json';

function explain(args: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['core/host/cli/second-unit.ts', 'explain', ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout }));
    child.stdin.end(input);
  });
}

describe('second-unit explain', () => {
  it('explains an answer with the names of the nodes, exit 0', async () => {
    const ended = await explain([
      `${recordings}/client-v22-many-errors.json`,
      '--workflow',
      template,
    ]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^ComfyUI did not take this workflow\n/);
    expect(ended.stdout).toContain('KSampler (3): Steps is 0');
  });

  it('reads standard input and answers as data, the raw text without folders', async () => {
    const log = 'ERROR: VAE is invalid: None\nFile "/media/anna/ComfyUI/nodes.py"';
    const ended = await explain(['-', '--json'], log);
    const parsed = parseExactJson(ended.stdout);
    expect(parsed.ok && isJsonObject(parsed.value) && parsed.value).toMatchObject({
      source: 'log',
      explanations: [{ causes: ['vae-none'], title: 'This checkpoint holds no VAE' }],
    });
    expect(ended.stdout).not.toContain('anna');
    expect(ended.code).toBe(0);
  });

  it('says that nothing went wrong in a run that ended well', async () => {
    const ended = await explain([`${recordings}/client-c12-history.json`]);
    expect(ended).toEqual({ code: 0, stdout: 'Nothing went wrong in it.\n' });
  });

  it('ends with 2 for a file that is not there or says nothing', async () => {
    expect((await explain(['not-there.log'])).code).toBe(2);
    expect(await explain(['-'], 'got prompt\n')).toEqual({
      code: 2,
      stdout: 'Nothing in it looks like a failure.\n',
    });
  });
});
