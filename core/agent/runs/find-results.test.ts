import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { err } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import { encodePngChunk } from '../../domain/workflow/metadata/png-chunks.ts';
import { coreCatalog } from '../../../tests/fakes/tool-context.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import { findResults } from './find-results.ts';

const catalog = coreCatalog();
const run = { promptId: 'mine', catalog, told: [], payload: saving('shot', 2) };

describe('findResults', () => {
  it('proves a success by all pictures that carry the id of the run', async () => {
    const found = await findResults(
      diskWith({ 'shot_00004_.png': 'mine', 'shot_00003_.png': 'mine' }),
      run,
    );
    expect(found).toMatchObject({ ok: true, value: { isProof: true, canTell: true } });
    const names = found.ok ? found.value.files.map(({ filename }) => filename) : [];
    expect(names).toEqual(['shot_00003_.png', 'shot_00004_.png']);
  });

  it('proves nothing by pictures of other runs', async () => {
    const found = await findResults(
      diskWith({ 'shot_00004_.png': 'other', 'shot_00003_.png': 'other' }),
      run,
    );
    expect(found).toMatchObject({ ok: true, value: { isProof: false, files: [] } });
  });

  it('proves nothing while one of the pictures is missing, but tells those that are there', async () => {
    const found = await findResults(diskWith({ 'shot_00003_.png': 'mine' }), run);
    expect(found).toMatchObject({
      ok: true,
      value: { isProof: false, files: [{ filename: 'shot_00003_.png', nodeId: '2' }] },
    });
  });

  it('proves nothing by a picture that breaks off', async () => {
    const whole = picture('mine');
    const comfy = createScriptedComfy();
    comfy.answer({ files: { 'shot_00001_.png': whole.subarray(0, whole.length - 3) } });
    const found = await findResults(comfy, { ...run, payload: saving('shot', 1) });
    expect(found).toMatchObject({ ok: true, value: { isProof: false, files: [{}] } });
  });

  it('finds the newest counter of a folder that ComfyUI does not list', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 37 }, (_, index) => [
        `b_${String(index + 1).padStart(5, '0')}_.png`,
        'other',
      ]),
    );
    const comfy = diskWith({ ...files, 'b_00038_.png': 'mine' });
    const found = await findResults(comfy, { ...run, payload: saving('shots/b', 1) });
    expect(found).toMatchObject({
      ok: true,
      value: { isProof: true, files: [{ filename: 'b_00038_.png', subfolder: 'shots' }] },
    });
  });

  it('says that it could not look instead of finding nothing', async () => {
    const comfy = createScriptedComfy();
    const unreachable = err(
      appError('comfy/unreachable', { url: 'http://127.0.0.1:1', reason: '' }),
    );
    const blind = {
      ...comfy,
      fileNames: async () => unreachable,
      fileHead: async () => unreachable,
    };
    expect(await findResults(blind, run)).toEqual(unreachable);
  });
});

function saving(prefix: string, count: number): JsonObject {
  const size = { width: 64, height: 64, batch_size: count, color: 0 };
  return {
    '1': { class_type: 'EmptyImage', inputs: size },
    '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: prefix } },
  };
}

function diskWith(
  runIds: Readonly<Record<string, string>>,
): ReturnType<typeof createScriptedComfy> {
  const comfy = createScriptedComfy();
  const files = Object.entries(runIds).map(([name, runId]) => [name, picture(runId)] as const);
  comfy.answer({ files: Object.fromEntries(files) });
  return comfy;
}

function picture(runId: string): Uint8Array {
  const text = new TextEncoder().encode(`second_unit\0{"run": "${runId}"}`);
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return Uint8Array.from([
    ...signature,
    ...encodePngChunk('tEXt', text),
    ...encodePngChunk('IDAT', new Uint8Array(4)),
    ...encodePngChunk('IEND', new Uint8Array()),
  ]);
}
