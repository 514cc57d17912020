import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../base/json.ts';
import type { Output } from '../../contract/run/run.schema.ts';
import type { DiffEntry } from '../../contract/workflow.schema.ts';
import { createNodeCatalog } from '../workflow/create-catalog.ts';
import { viewWorkflow } from '../workflow/view/view-workflow.ts';
import type { InspectedOutput } from './check-pictures.ts';
import { readKeyValues } from './key-values.ts';
import { type VerifyRunInput, verifyRun } from './verify-run.ts';

const catalog = createNodeCatalog(
  read(new URL('../../../tests/fixtures/object-info.core.json', import.meta.url)),
);

function read(file: URL): JsonObject {
  const parsed = parseExactJson(readFileSync(file, 'utf8'));
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(String(file));
  return parsed.value;
}

function payloadWith(steps: number, size = { width: 1344, height: 768 }): JsonObject {
  return {
    4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'a.safetensors' } },
    5: { class_type: 'EmptyLatentImage', inputs: { ...size, batch_size: 1 } },
    3: {
      class_type: 'KSampler',
      inputs: {
        seed: 18446744073709551615n,
        steps,
        cfg: 7,
        sampler_name: 'euler',
        scheduler: 'normal',
        denoise: 1,
        model: ['4', 0],
        latent_image: ['5', 0],
      },
    },
    8: { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    9: { class_type: 'SaveImage', inputs: { images: ['8', 0], filename_prefix: 'x' } },
  };
}

const steps30: DiffEntry = {
  kind: 'widget-changed',
  nodeId: '3',
  nodeTitle: 'KSampler',
  widget: 'steps',
  from: 20,
  to: 30,
};

const saved: Output = {
  assetId: 'a',
  nodeId: '9',
  nodeTitle: 'Save Image',
  kind: 'image',
  filename: 'x_00001_.png',
  subfolder: '',
  folder: 'output',
};

function input(
  over: Partial<VerifyRunInput> = {},
  picture: Partial<InspectedOutput> = {},
): VerifyRunInput {
  const payload = payloadWith(30);
  const facts = { width: 1344, height: 768, contrast: 0.4 };
  return {
    view: viewWorkflow({ format: 'api', root: payload }, catalog),
    payload,
    acceptedDiff: [steps30],
    outputs: [{ output: saved, facts, prompt: payload, ...picture }],
    fromCache: false,
    warnings: [],
    ...over,
  };
}

describe('verifyRun', () => {
  it('says in one sentence that everything is as asked', () => {
    const verdict = verifyRun(input());
    expect(verdict).toMatchObject({
      outcome: 'as-asked',
      summary: 'Rendered 1 picture at 1344×768 with 30 steps, as asked.',
    });
    expect(verdict.checks.map(({ outcome }) => outcome)).toEqual(['met', 'met', 'met', 'met']);
  });

  it('believes the picture more than what was sent', () => {
    const verdict = verifyRun(input({}, { prompt: payloadWith(20) }));
    expect(verdict.outcome).toBe('needs-attention');
    expect(verdict.checks[0]).toMatchObject({
      outcome: 'not-met',
      detail: expect.stringContaining('20'),
    });
  });

  it('falls back to what was sent where a picture tells nothing', () => {
    const { output, facts } = input().outputs[0]!;
    const verdict = verifyRun(input({ outputs: [{ output, facts: facts! }] }));
    expect(verdict.outcome).toBe('as-asked');
  });

  it('notices a picture of another size', () => {
    const verdict = verifyRun(input({}, { facts: { width: 1024, height: 1024, contrast: 0.4 } }));
    expect(verdict.outcome).toBe('needs-attention');
    expect(verdict.summary).toContain('1024×1024');
  });

  it('notices a blank picture of a sampler', () => {
    const verdict = verifyRun(input({}, { facts: { width: 1344, height: 768, contrast: 0 } }));
    expect(verdict.summary).toContain('one flat colour');
  });

  it('notices a missing picture of a batch, and no result at all', () => {
    const payload = payloadWith(30);
    const latent = {
      class_type: 'EmptyLatentImage',
      inputs: { width: 1344, height: 768, batch_size: 4 },
    };
    expect(verifyRun(input({ payload: { ...payload, 5: latent } })).summary).toContain(
      '1 picture instead',
    );
    expect(verifyRun(input({ outputs: [] })).outcome).toBe('needs-attention');
  });

  it('names a picture that a node before it let not pass, which ComfyUI does not count as a fault', () => {
    const second = { class_type: 'PreviewImage', inputs: { images: ['8', 0] } };
    const payload = { ...payloadWith(30), 10: second };
    const view = viewWorkflow({ format: 'api', root: payload }, catalog);
    const verdict = verifyRun(input({ payload, view }));
    expect(verdict.outcome).toBe('as-asked');
    expect(verdict.checks).toContainEqual({
      what: 'Preview Image has a picture',
      outcome: 'unknown',
      detail: expect.stringContaining('was left out'),
    });
  });

  it('does not miss what only the live connection gets, and says how to keep it', () => {
    const live = { class_type: 'SaveImageWebsocket', inputs: { images: ['8', 0] } };
    const payload = { ...payloadWith(30), 9: live };
    const view = viewWorkflow({ format: 'api', root: payload }, catalog);
    const verdict = verifyRun(input({ payload, view, outputs: [], acceptedDiff: [] }));
    expect(verdict).toMatchObject({ outcome: 'as-asked', summary: 'Finished, as asked.' });
    expect(verdict.checks[0]?.detail).toContain('A Save Image node keeps one.');
  });

  it('says that the cache answered, which is wrong only when something was changed', () => {
    expect(verifyRun(input({ fromCache: true })).outcome).toBe('needs-attention');
    expect(verifyRun(input({ fromCache: true, acceptedDiff: [] }))).toMatchObject({
      outcome: 'as-asked',
      summary: 'Handed back 1 picture at 1344×768, as asked.',
    });
  });

  it('counts an output that the server dropped', () => {
    const warning = {
      type: 'required_input_missing',
      severity: 'warning',
      nodeId: '7',
      message: 'Nothing is connected.',
    } as const;
    expect(verifyRun(input({ warnings: [warning] })).outcome).toBe('needs-attention');
  });

  it('cannot be met by a value that a link decides, or a node that took no part', () => {
    const linked = payloadWith(30);
    const sampler = linked['3'] as { readonly inputs: JsonObject };
    const prompt = { ...linked, 3: { ...sampler, inputs: { ...sampler.inputs, steps: ['7', 0] } } };
    expect(verifyRun(input({}, { prompt })).summary).toContain('Another node decides');
    expect(verifyRun(input({}, { prompt: { 9: linked['9']! } })).summary).toContain('took no part');
  });

  it('compares seeds to the last digit', () => {
    const seed = (to: bigint): DiffEntry => ({
      kind: 'widget-changed',
      nodeId: '3',
      nodeTitle: 'KSampler',
      widget: 'seed',
      to,
    });
    expect(verifyRun(input({ acceptedDiff: [seed(18446744073709551615n)] })).outcome).toBe(
      'as-asked',
    );
    expect(verifyRun(input({ acceptedDiff: [seed(18446744073709551614n)] })).outcome).toBe(
      'needs-attention',
    );
  });

  it('checks nodes that were added, removed and switched off', () => {
    const ends = { nodeTitle: 'LoRA', classType: 'LoraLoader' };
    const verdict = verifyRun(
      input({
        acceptedDiff: [
          { kind: 'node-removed', nodeId: '12', ...ends },
          { kind: 'node-added', nodeId: '8', nodeTitle: 'VAE Decode', classType: 'VAEDecode' },
          {
            kind: 'mode-changed',
            nodeId: '9',
            nodeTitle: 'Save Image',
            from: 'active',
            to: 'muted',
          },
          { kind: 'node-moved', nodeId: '9', nodeTitle: 'Save Image', from: [0, 0], to: [1, 1] },
        ],
      }),
    );
    expect(verdict.checks.slice(0, 3).map(({ outcome }) => outcome)).toEqual([
      'met',
      'met',
      'not-met',
    ]);
  });
});

describe('readKeyValues', () => {
  it('names what tells runs apart, exactly', () => {
    const values = readKeyValues(input().view);
    expect(values['KSampler seed']).toBe(18446744073709551615n);
    expect(values).toMatchObject({ 'KSampler steps': 30, 'KSampler sampler': 'euler' });
    expect(Object.keys(values).some((name) => name.endsWith('checkpoint'))).toBe(true);
  });

  it('tells nodes of the same title apart', () => {
    const payload = payloadWith(30);
    const view = viewWorkflow({ format: 'api', root: { ...payload, 13: payload['3']! } }, catalog);
    expect(Object.keys(readKeyValues(view))).toEqual(
      expect.arrayContaining(['KSampler #3 seed', 'KSampler #13 seed']),
    );
  });
});
