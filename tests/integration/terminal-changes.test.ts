import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/base/json.ts';
import { stringifyExactJson } from '../../core/base/exact-json.ts';
import { readJson, template, useTerminal } from '../fakes/programs/terminal.ts';

const { folder, put, secondUnit, variant } = useTerminal();

describe('second-unit diff', () => {
  it('says what differs in words and as data', async () => {
    const path = await variant('other.json', (text) => text.replace('"euler"', '"heun"'));
    const words = await secondUnit('diff', template, path);
    expect(words.stdout).toContain('Sampler euler → heun');
    const data = readJson((await secondUnit('diff', template, path, '--json')).stdout);
    expect(data['diff']).toMatchObject([{ kind: 'widget-changed', from: 'euler', to: 'heun' }]);
  });
});

describe('second-unit diff, for other places', () => {
  it.each([
    ['--markdown', '- Sampler euler → heun on KSampler'],
    ['--mermaid', 'flowchart LR'],
  ])('%s', async (option, expected) => {
    const path = await variant('other.json', (text) => text.replace('"euler"', '"heun"'));
    const ended = await secondUnit('diff', template, path, option);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(expected);
  });
});

describe('second-unit apply', () => {
  const edits =
    '{"intent": "more", "ops": [{"op": "set_widget", "nodeId": "ID", "widget": "steps", "formula": "old * 2"}]}';
  const sampler = async (): Promise<string> => {
    const view = readJson(await readFile(template, 'utf8'));
    const nodes = view['nodes'] as readonly JsonObject[];
    return stringifyExactJson(nodes.find((node) => node['type'] === 'KSampler')?.['id'] ?? null);
  };

  it('writes what a formula came to, and says so', async () => {
    const ops = await put('ops.json', edits.replace('ID', await sampler()));
    const out = join(folder, 'applied.json');
    const ended = await secondUnit('apply', ops, '--workflow', template, '--out', out);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^Steps (\d+) → (\d+) on KSampler/);
    expect((await secondUnit('diff', template, out)).stdout).toBe(ended.stdout);
  });

  it('changes nothing when one edit cannot be done, names what could, and ends with 2', async () => {
    const wrong = edits.replace('ID', await sampler()).replace('"steps"', '"stepz"');
    const out = join(folder, 'refused.json');
    const ops = await put('wrong-ops.json', wrong);
    const ended = await secondUnit('apply', ops, '--workflow', template, '--out', out);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('“steps”');
    expect(await readdir(folder)).not.toContain('refused.json');
  });

  it('follows the script that diff prints, to the same bytes, and no other workflow’s', async () => {
    const other = await variant('scripted.json', (text) => text.replace('"euler"', '"heun"'));
    const script = await secondUnit('diff', template, other, '--script');
    const path = await put('script.json', script.stdout);
    const out = join(folder, 'followed.json');
    const ended = await secondUnit('apply', path, '--workflow', template, '--out', out);
    expect(ended.stdout).toContain('Sampler euler → heun');
    expect(await readFile(out, 'utf8')).toBe(await readFile(other, 'utf8'));
    const again = await secondUnit('apply', path, '--workflow', other, '--out', out);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('not as it was');
  });

  it('says what is wrong with edits that are none, and ends with 2', async () => {
    const ops = await put(
      'no-ops.json',
      '[{"op": "set_widget", "nodeId": "3", "widget": "steps"}]',
    );
    const ended = await secondUnit('apply', ops, '--workflow', template);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('give a value or a formula');
  });
});

describe('second-unit merge', () => {
  it('joins what two changed', async () => {
    const ours = await variant('ours.json', (text) => text.replace('"euler"', '"heun"'));
    const theirs = await variant('theirs.json', (text) => text.replace('"normal"', '"karras"'));
    const out = join(folder, 'merged.json');
    const ended = await secondUnit('merge', template, ours, theirs, '--out', out);
    expect(ended.code).toBe(0);
    expect((await secondUnit('diff', template, out)).stdout).toMatch(/heun[^]*karras/);
  });

  it('says both sides of what clashes, keeps ours, and ends with 2', async () => {
    const ours = await variant('ours.json', (text) => text.replace('"euler"', '"heun"'));
    const theirs = await variant('theirs.json', (text) => text.replace('"euler"', '"lcm"'));
    const ended = await secondUnit('merge', template, ours, theirs, '--json');
    expect(ended.code).toBe(2);
    expect(readJson(ended.stdout)).toMatchObject({
      conflicts: [{ what: 'Sampler on KSampler', message: expect.stringMatching(/heun.*lcm/) }],
      changes: ['Sampler euler → heun on KSampler'],
    });
  });
});
