import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { template, useTerminal } from '../fakes/programs/terminal.ts';

const { folder, put, secondUnit, variant } = useTerminal();

describe('bad input gets one clear sentence and exit 2', () => {
  it.each([
    ['broken JSON', 'broken.json', '{"nodes": [', /damaged/i],
    ['JSON that is no workflow', 'other.json', '{"hello": 1}', /workflow/i],
    ['an empty file', 'empty.json', '', /damaged/i],
  ])('%s', async (_what, name, text, sentence) => {
    const ended = await secondUnit('validate', await put(name, text));
    expect(ended.code).toBe(2);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).toMatch(sentence);
  });

  it('a file of 50 MB', async () => {
    const path = join(folder, 'huge.json');
    const file = await open(path, 'w');
    await file.truncate(50 * 1024 * 1024);
    await file.close();
    const ended = await secondUnit('validate', path);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/too large|larger|too big/i);
  });

  it('a file that is not there', async () => {
    const ended = await secondUnit('validate', join(folder, 'nowhere.json'));
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('nowhere.json');
  });

  it('a node class that nobody has', async () => {
    const path = await variant('unknown.json', (text) =>
      text.replaceAll('"KSampler"', '"KSampIer9"'),
    );
    const ended = await secondUnit('validate', path);
    expect(ended.code).toBe(2);
    expect(ended.stdout).toContain('KSampIer9');
  });

  it('an option that does not exist', async () => {
    const ended = await secondUnit('validate', template, '--bogus');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('--bogus');
  });
});

describe('a disk that takes nothing', () => {
  it('is named, and the exit code says so', async () => {
    // A file where a folder is needed: nothing can be written there, whoever asks.
    const blocked = await put('not-a-folder', 'x');
    const ended = await secondUnit('convert', template, '--out-dir', join(blocked, 'out'));
    expect(ended.code).toBe(6);
    expect(ended.stderr).toContain('not-a-folder');
  });
});

describe('second-unit --help', () => {
  it.each([
    'serve',
    'ask',
    'convert',
    'diff',
    'merge',
    'apply',
    'validate',
    'ready',
    'explain',
    'receipt',
    'servers',
    'comfy',
    'practice',
    'doctor',
    'mcp',
  ])('explains %s', async (command) => {
    const ended = await secondUnit(command, '--help');
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(`second-unit ${command}`);
  });

  it('lists the exit codes', async () => {
    expect((await secondUnit('--help')).stdout).toContain('Exit codes');
  });
});
