import { spawn } from 'node:child_process';
import { open, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../core/base/json.ts';
import { parseExactJson, stringifyExactJson } from '../../core/base/exact-json.ts';
import { readPictureMetadata } from '../../core/domain/workflow/metadata/read-picture-metadata.ts';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const template = 'resources/templates/sdxl-text-to-image.json';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-terminal-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function secondUnit(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['core/host/cli/second-unit.ts', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, SECOND_UNIT_DATA: join(folder, 'data'), COMFYUI_URL: '' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function put(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

function readJson(text: string): JsonObject {
  const parsed = parseExactJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(`not JSON: ${text}`);
  return parsed.value;
}

/** The template with one value of a node's settings, or one input link, different. */
async function variant(name: string, change: (text: string) => string): Promise<string> {
  return put(name, change(await readFile(template, 'utf8')));
}

describe('second-unit ask', () => {
  it('changes, renders, saves and reports, exit 0', async () => {
    const out = join(folder, 'pictures');
    const message = '30 steps and make it 16:9';
    const ended = await secondUnit(
      ...['ask', message, '--workflow', template, '--comfy', 'practice'],
      ...['--yes', '--json', '--out', out, '--step-ms', '1'],
    );
    expect(ended.stderr).not.toContain('went wrong');
    expect(ended.code).toBe(0);
    const report = readJson(ended.stdout);
    expect(report).toMatchObject({
      run: { status: 'verified' },
      verdict: { outcome: 'as-asked' },
      outputs: [{ width: 1344, height: 768 }],
    });
    const [file] = await readdir(out);
    const bytes = new Uint8Array(await readFile(join(out, file!)));
    const record = readPictureMetadata(bytes)?.prompt ?? '';
    expect(record).toMatch(/"steps": ?30/);
    expect(record).toMatch(/"width": ?1344/);
  });

  it('queues nothing without --yes where nobody can be asked, exit 3', async () => {
    const ended = await secondUnit(
      ...['ask', '30 steps', '--workflow', template, '--comfy', 'practice', '--json'],
    );
    expect(ended.code).toBe(3);
    expect(readJson(ended.stdout)).toMatchObject({ run: null, outputs: [] });
    expect(ended.stderr).toContain('--yes');
  });

  it('queues no run without --yes either, exit 3', async () => {
    const ended = await secondUnit(
      ...['ask', 'render 2 variations', '--workflow', template, '--comfy', 'practice', '--json'],
    );
    expect(ended.code).toBe(3);
    expect(readJson(ended.stdout)).toMatchObject({ run: null, outputs: [] });
  });

  it('says that nothing answers at an address, exit 4', async () => {
    const ended = await secondUnit(
      ...['ask', '30 steps', '--workflow', template, '--comfy', 'http://127.0.0.1:9', '--yes'],
    );
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain('127.0.0.1:9');
  });

  it('names the model that is missing, exit 2', async () => {
    const path = await variant('missing-model.json', (text) =>
      text.replaceAll('sd_xl_base_1.0.safetensors', 'nope.safetensors'),
    );
    const ended = await secondUnit(
      ...['ask', '30 steps', '--workflow', path, '--comfy', 'practice', '--yes'],
    );
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('nope.safetensors');
  });
});

describe('second-unit receipt', () => {
  it('is written beside the pictures by ask --receipt, shown in words and as data, and verified, exit 0 and 8', async () => {
    const out = join(folder, 'with-receipt');
    // Without it, ask keeps no session, and the receipt beside the pictures is the only one.
    const kept = ['--data', join(folder, 'kept')];
    const asked = await secondUnit(
      ...['ask', '7 steps', '--workflow', template, '--comfy', 'practice', '--yes', '--json'],
      ...['--receipt', '--out', out, '--step-ms', '1', ...kept],
    );
    expect(asked.code).toBe(0);
    const { receipts } = readJson(asked.stdout);
    const [path] = receipts as readonly string[];
    const names = await readdir(out);
    expect(names).toHaveLength(2);
    expect(names.map((name) => join(out, name))).toContain(path);
    const shown = await secondUnit('receipt', 'show', path!);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('7 steps');
    const data = readJson((await secondUnit('receipt', 'show', path!, '--json')).stdout);
    expect(data).toMatchObject({ status: 'verified', asked: { message: '7 steps' } });
    const promptId = data['promptId'] as string;
    const again = await secondUnit('receipt', 'show', promptId, '--json', ...kept);
    expect(readJson(again.stdout)['payload']).toEqual(data['payload']);

    const same = await secondUnit('receipt', 'verify', path!, '--comfy', 'practice', '--json');
    expect(readJson(same.stdout)).toMatchObject({ promptId, drift: [] });
    expect(same.code).toBe(0);
    const text = await readFile(path!, 'utf8');
    await writeFile(path!, text.replaceAll('"steps": 7', '"steps": 9'));
    const edited = await secondUnit('receipt', 'verify', path!, '--comfy', 'practice');
    expect(edited.code).toBe(8);
    expect(edited.stdout).toContain('the receipt was edited');
  });

  it('refuses what is no receipt and a run that nobody knows, exit 2', async () => {
    const none = await secondUnit('receipt', 'show', await put('no-receipt.json', '{}'));
    expect(none.code).toBe(2);
    expect(none.stderr.trim().split('\n')).toHaveLength(1);
    const unknown = await secondUnit('receipt', 'verify', 'nobody-knows-me');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('nobody-knows-me');
  });
});

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
