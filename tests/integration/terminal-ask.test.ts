import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPictureMetadata } from '../../core/domain/workflow/metadata/read-picture-metadata.ts';
import { readJson, template, useTerminal } from '../fakes/programs/terminal.ts';

const { folder, put, secondUnit, variant } = useTerminal();

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
    // The same when nothing but the render was asked for.
    const render = ['ask', 'render', '--workflow', path, '--comfy', 'practice', '--yes', '--json'];
    const refused = await secondUnit(...render);
    expect(refused.code).toBe(2);
    expect(readJson(refused.stdout)).toMatchObject({
      run: null,
      error: { code: 'workflow/invalid' },
    });
  });

  it('tells the text that a node showed, as data and in words', async () => {
    const node = { class_type: 'PreviewAny', inputs: { source: 'a lighthouse' } };
    const path = await put('text.json', JSON.stringify({ 1: node }));
    const render = ['ask', 'render', '--workflow', path, '--comfy', 'practice', '--yes'];
    const data = await secondUnit(...render, '--json');
    const texts = [{ nodeTitle: 'Preview Any', text: 'a lighthouse' }];
    expect(readJson(data.stdout)).toMatchObject({ texts, outputs: [] });
    expect((await secondUnit(...render)).stdout).toContain('Preview Any: a lighthouse');
  });

  it('takes a wish that is met already for done, exit 0', async () => {
    const ended = await secondUnit(
      ...['ask', '20 steps', '--workflow', template, '--comfy', 'practice', '--yes', '--no-run'],
    );
    expect([ended.code, ended.stdout]).toEqual([0, expect.stringMatching(/already/i)]);
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
