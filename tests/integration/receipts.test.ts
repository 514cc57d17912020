import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../core/contract/run/receipt.schema.ts';
import type { SessionState } from '../../core/contract/session.schema.ts';
import { EXIT, toExitCode } from '../../core/domain/errors/exit-codes.ts';
import { receiptText } from '../../core/domain/run/receipt/describe-receipt.ts';
import { parseReceipt, serializeReceipt } from '../../core/domain/run/receipt/read-receipt.ts';
import { verifyReceipt } from '../../core/host/cli/commands/receipt.ts';
import type { Terminal } from '../../core/host/cli/terminal.ts';
import { createReceiptRepository } from '../../core/shell/store/create-receipt-repository.ts';
import { createFiles } from '../../core/shell/system/create-files.ts';
import { useStudio } from '../fakes/programs/studio.ts';

const CHECKPOINT = 'sd_xl_base_1.0.safetensors';

const studio = useStudio({
  practice: { stepMs: 1, flags: ['--lowvram', '--api-key', 'hunter2'] },
  template: 'sdxl-text-to-image',
  prepare: async (server) => {
    const models = join(server.folder, 'models', 'checkpoints');
    await mkdir(models, { recursive: true });
    await writeFile(join(models, CHECKPOINT), safetensors());
  },
});

/** A checkpoint whose head says half precision. */
function safetensors(): Buffer {
  const header = Buffer.from(
    JSON.stringify({
      __metadata__: { 'modelspec.architecture': 'stable-diffusion-xl-v1-base' },
      'model.weight': { dtype: 'F16', shape: [2048], data_offsets: [0, 4096] },
    }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.byteLength));
  return Buffer.concat([length, header, Buffer.alloc(4096, 3)]);
}

const isOver = ({ runs }: SessionState): boolean =>
  runs.length > 0 &&
  runs.every(({ endedAt, status }) => endedAt !== undefined && status !== 'succeeded');

/** Says it, accepts what is proposed, and waits until all runs are over; returns the last one's id. */
async function render(message: string): Promise<string> {
  const { client, sessionId } = studio.artist;
  const before = studio.artist.state.runs.length;
  await client.call('turn/send', { sessionId, message });
  const state = await studio.artist.until(({ changeSets }) =>
    changeSets.some(({ status }) => status === 'proposed'),
  );
  const changeSet = state.changeSets.find(({ status }) => status === 'proposed');
  if (changeSet === undefined) throw new Error('nothing was proposed');
  const { changeSetId, digest, baseRevision } = changeSet;
  const answer = { sessionId, changeSetId, digest, baseRevision, decision: 'accept' } as const;
  await client.call('changeset/respond', { ...answer, release: true });
  await studio.artist.until(({ runs }) => runs.length > before);
  const { runs } = await studio.artist.until(isOver);
  return runs.at(-1)?.promptId ?? '';
}

async function receiptOf(promptId: string, isWhole = true): Promise<Receipt> {
  const { client, sessionId } = studio.artist;
  const answer = await client.call('run/receipt', { sessionId, promptId, isWhole });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.receipt;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the receipt of a run', () => {
  it('says who asked, what was changed, sent, loaded and made', async () => {
    const promptId = await render('set the seed to 18446744073709551615 and 6 steps');
    const receipt = await receiptOf(promptId);
    expect(receipt).toMatchObject({
      state: 'complete',
      appVersion: '1.2.3',
      status: 'verified',
      isConfirmed: true,
      gaps: [],
      asked: {
        by: { role: 'artist', name: 'terminal' },
        message: 'set the seed to 18446744073709551615 and 6 steps',
      },
      workflow: { revision: 1 },
      seeds: [{ setting: 'seed', value: 18446744073709551615n }],
      server: { comfyVersion: '0.3.64', devices: [{ name: expect.stringContaining('Practice') }] },
      verdict: { outcome: 'as-asked' },
    });
    expect(receipt.changes).toHaveLength(1);
    expect(receipt.changes[0]?.words.join(' ')).toMatch(/Steps 20 → 6/);
    expect(receipt.since.join(' ')).toMatch(/Steps 20 → 6/);
    expect(receipt.server.flags?.join(' ')).toContain('--lowvram --api-key [hidden]');
    expect(JSON.stringify(receipt, noBigInts)).not.toContain('hunter2');
    expect(receipt.models).toEqual([
      {
        name: CHECKPOINT,
        folder: 'checkpoints',
        nodeTitles: [expect.any(String)],
        bytes: safetensors().byteLength,
        modifiedAt: expect.any(Number),
        sha256: sha256(safetensors()),
        hash: 'known',
        family: 'stable-diffusion-xl-v1-base',
        precision: 'fp16',
      },
    ]);
    const [output] = receipt.outputs;
    const bytes = await readFile(
      join(studio.server.folder, 'output', output?.subfolder ?? '', output?.filename ?? ''),
    );
    expect(output).toMatchObject({ sha256: sha256(bytes), bytes: bytes.byteLength, width: 1024 });
    expect(receipt.timings.nodes.length).toBeGreaterThan(2);
    expect(receipt.machineLine).toMatch(/^Rendered in .* VRAM/);
    expect(receipt.classes.every(({ digest }) => digest !== undefined)).toBe(true);
  });

  it('is one file beside the session, and goes with it', async () => {
    const promptId = await render('6 steps');
    await receiptOf(promptId);
    const { client, sessionId } = studio.artist;
    const own = join(studio.dataFolder, 'sessions', `${sessionId}.receipts`);
    expect(await readdir(own)).toEqual([`${promptId}.json`]);
    await client.call('session/delete', { sessionId });
    for (;;) {
      const left = await readdir(own).catch(() => undefined);
      if (left === undefined) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await readdir(join(studio.dataFolder, 'sessions'))).toEqual([]);
  });
});

describe('the receipt of a run that came to nothing', () => {
  it('says of a failed run where and why, and what was sent', async () => {
    const promptId = await render('set the width to 16384 and the height to 16384');
    const receipt = await receiptOf(promptId);
    expect(receipt).toMatchObject({
      state: 'complete',
      status: 'failed',
      isConfirmed: true,
      outputs: [],
      failure: { code: 'run/out-of-memory', data: { nodeTitle: expect.any(String) } },
      asked: { message: 'set the width to 16384 and the height to 16384' },
      models: [{ name: CHECKPOINT, sha256: sha256(safetensors()) }],
    });
    expect(receipt.verdict).toBeUndefined();
    expect(JSON.stringify(receipt.payload, noBigInts)).toContain('"width":16384');
    expect(receiptText(receipt)).toContain('The graphics card ran out of memory');
  });

  it('says of a cancelled run that it was stopped, and confirms that with ComfyUI', async () => {
    const { client, sessionId } = studio.artist;
    const over = render('set the steps to 10000');
    const { runs } = await studio.artist.until((state) =>
      state.runs.some(
        ({ status, progress }) => status === 'running' && progress?.step !== undefined,
      ),
    );
    const promptId = runs[0]?.promptId ?? '';
    expect(await client.call('run/cancel', { sessionId, promptId })).toMatchObject({
      ok: true,
      value: { run: { status: 'cancelled' } },
    });
    expect(await over).toBe(promptId);
    const receipt = await receiptOf(promptId);
    expect(receipt).toMatchObject({
      state: 'complete',
      status: 'cancelled',
      isConfirmed: true,
      outputs: [],
      seeds: [{ setting: 'seed' }],
    });
    expect(receipt.verdict).toBeUndefined();
    expect(receiptText(receipt)).toMatch(/cancelled|stopped/i);
  });
});

describe('what has drifted since', () => {
  async function written(): Promise<string> {
    const promptId = await render('6 steps');
    const path = join(studio.folder, 'shot.receipt.json');
    const { client, sessionId } = studio.artist;
    const saved = await client.call('run/save-receipt', { sessionId, promptId, path });
    expect(saved).toEqual({ ok: true, value: { path } });
    return path;
  }

  async function verify(path: string): Promise<{ code: number; lines: readonly string[] }> {
    const { lines, terminal } = keptTerminal();
    const receipts = createReceiptRepository(join(studio.dataFolder, 'sessions'));
    const parts = { terminal, files: createFiles(studio.folder), receipts, host: studio.host };
    const code = await verifyReceipt(path, { comfy: studio.server.url }, parts);
    return { code, lines };
  }

  it('is nothing right after the run; then a model that was renamed, swapped or moved away', async () => {
    const path = await written();
    expect(await verify(path)).toMatchObject({
      code: EXIT.ok,
      lines: [expect.stringMatching(/^Nothing has changed; \d+ things/)],
    });
    const models = join(studio.server.folder, 'models', 'checkpoints');
    const other = safetensors();
    other[other.byteLength - 1] = 9;
    await writeFile(join(models, CHECKPOINT), other);
    const swapped = await verify(path);
    expect(swapped.code).toBe(EXIT.drifted);
    expect(swapped.lines.join('\n')).toContain('same name and size, but other contents');
    await rename(join(models, CHECKPOINT), join(studio.folder, 'elsewhere'));
    expect((await verify(path)).lines.join('\n')).toContain('is not in checkpoints any more');
    await writeFile(join(models, 'sd_xl_refiner_1.0.safetensors'), safetensors());
    const renamed = await verify(path);
    expect(renamed.lines.join('\n')).toContain('is called “sd_xl_refiner_1.0.safetensors” now');
  });

  it('is another version of ComfyUI, a result that is gone, and a receipt that was edited', async () => {
    const path = await written();
    await studio.replaceServer({ version: '0.4.0' });
    await rm(join(studio.server.folder, 'output'), { recursive: true });
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replaceAll('"steps": 6', '"steps": 7'));
    const { code, lines } = await verify(path);
    expect(code).toBe(EXIT.drifted);
    const all = lines.join('\n');
    expect(all).toContain('ComfyUI was 0.3.64, it is 0.4.0 now.');
    expect(all).toContain('without --lowvram, --api-key [hidden] now.');
    expect(all).toMatch(/The result “.*” is gone/);
    expect(all).toContain('the receipt was edited');
  });

  it('is not told from a file of the same name that happens to lie here, when the run is named by its id', async () => {
    const promptId = await render('6 steps');
    const { outputs } = await receiptOf(promptId);
    await writeFile(join(studio.folder, outputs[0]?.filename ?? ''), 'another picture');
    expect(await verify(promptId)).toMatchObject({
      code: EXIT.ok,
      lines: [expect.stringMatching(/^Nothing has changed/)],
    });
  });

  it('cannot be told without ComfyUI, except what the receipt holds itself', async () => {
    const path = await written();
    await studio.server.close();
    const { code, lines } = await verify(path);
    expect(code).toBe(EXIT.comfy);
    expect(lines.join('\n')).toContain('No ComfyUI could be asked');
    expect(await verify(join(studio.folder, 'nowhere.json'))).toMatchObject({
      code: EXIT.badInput,
    });
  });
});

describe('a core that stopped in between', () => {
  it('makes the receipt good when the session is opened again', async () => {
    const promptId = await render('6 steps');
    const whole = await receiptOf(promptId);
    const { sessionId } = studio.artist;
    const own = join(studio.dataFolder, 'sessions', `${sessionId}.receipts`);
    studio.artist.dispose();
    await studio.host.close();
    // As it was when the run had been handed over and nothing else was written.
    const open = { ...whole, state: 'open' as const, outputs: [], isConfirmed: false };
    await rm(join(own, `${promptId}.json`));
    await writeFile(join(own, `${promptId}.unfinished.json`), serializeReceipt(open));
    await studio.startCore();
    await studio.host.connect({ url: studio.server.url });
    await studio.host.agent.sessions.open(sessionId);
    while (!(await readdir(own)).includes(`${promptId}.json`)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const again = parseReceipt(await readFile(join(own, `${promptId}.json`), 'utf8'), 'again');
    expect(again).toMatchObject({
      ok: true,
      value: { state: 'complete', isConfirmed: true, outputs: whole.outputs, models: whole.models },
    });
  });
});

function keptTerminal(): { readonly lines: string[]; readonly terminal: Terminal } {
  const lines: string[] = [];
  const terminal: Terminal = {
    isInteractive: false,
    print: (line) => lines.push(line),
    printJson: (value) => lines.push(JSON.stringify(value, noBigInts)),
    note: () => undefined,
    ask: async () => '',
    fail: (error) => toExitCode(error),
  };
  return { lines, terminal };
}

function noBigInts(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
