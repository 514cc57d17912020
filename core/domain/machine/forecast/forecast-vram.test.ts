import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../base/exact-json.ts';
import type { SystemStats } from '../../../contract/machine/machine.schema.ts';
import type { RunMeasurement } from '../../../contract/machine/measurement.schema.ts';
import { coreCatalog } from '../../../../tests/fakes/tool-context.ts';
import { workflowFromJson } from '../../workflow/parse-workflow.ts';
import { viewWorkflow } from '../../workflow/view/view-workflow.ts';
import { describeAddition, describeForecast, describeHolders } from './describe-forecast.ts';
import { describeMeasurement } from '../describe-measurement.ts';
import { describeRunLine } from '../describe-run-line.ts';
import { forecastVram } from './forecast-vram.ts';
import type { KnownModels } from './known-models.ts';
import { partialWeights, reservedBytes, wantedBytes } from './loading-policy.ts';
import { readWorkload } from '../read-workload.ts';
import { parseSafetensorsHeader } from '../safetensors-header.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

function workloadOf(name: string) {
  const file = new URL(`../../../../tests/fixtures/workflows/${name}.json`, import.meta.url);
  const parsed = parseExactJson(readFileSync(file, 'utf8'));
  const document = parsed.ok ? workflowFromJson(parsed.value) : parsed;
  if (!document.ok) throw new Error(name);
  return readWorkload(viewWorkflow(document.value, coreCatalog()));
}

/** A card with `total` GiB, of which ComfyUI holds `comfy` and others `others`. */
function machine(total: number, comfy = 0, others = 0, type = 'cuda'): SystemStats {
  return {
    os: 'posix',
    comfyVersion: '0.3.64',
    pythonVersion: '3.11',
    torchVersion: '2.8',
    ramTotal: 64 * GIB,
    ramFree: 48 * GIB,
    devices: [
      {
        name: 'card',
        type,
        vramTotal: total * GIB,
        vramFree: (total - comfy - others) * GIB,
        torchVramTotal: comfy * GIB,
        torchVramFree: 0,
      },
    ],
    arguments: [],
  };
}

const FLUX_SIZES: KnownModels = new Map([
  ['diffusion_models/flux1-dev.safetensors', { bytes: 22 * GIB }],
  ['text_encoders/t5xxl_fp8_e4m3fn.safetensors', { bytes: 5 * GIB }],
  ['text_encoders/clip_l.safetensors', { bytes: 0.25 * GIB }],
  ['vae/ae.safetensors', { bytes: 0.3 * GIB }],
]);

describe('what a workflow asks of the machine', () => {
  it('is read from its loaders and its empty latent', () => {
    expect(workloadOf('flux-separate-loaders')).toMatchObject({
      family: { id: 'flux' },
      size: { width: 1024, height: 1024, frames: 1, batch: 1 },
      isSizeKnown: true,
      models: [
        { folder: 'diffusion_models', name: 'flux1-dev.safetensors', part: 'model' },
        { folder: 'text_encoders' },
        { folder: 'text_encoders' },
        { folder: 'vae', name: 'ae.safetensors' },
      ],
    });
  });

  it('counts the larger latent of a second pass', () => {
    expect(workloadOf('two-pass').size).toMatchObject({ width: 2016, height: 1152 });
  });

  it('says so when the workflow does not tell the size', () => {
    const forecast = forecastVram(workloadOf('image-only'), new Map(), machine(24));
    expect(forecast.assumptions.join()).toContain('does not say the size');
  });
});

describe('the forecast', () => {
  it('is a band from ComfyUI’s own arithmetic', () => {
    const forecast = forecastVram(workloadOf('flux-separate-loaders'), FLUX_SIZES, machine(48));
    expect(forecast.comfortable / GIB).toBeCloseTo(1.1 * 22 + (2032 + 400) / 1024, 1);
    expect(forecast.minimum / GIB).toBeCloseTo(1 + 1016 / 1024, 1);
    expect(forecast).toMatchObject({ outcome: 'fits', decodesWhole: true });
    expect(forecast.ram / GIB).toBeCloseTo(5.25);
  });

  it('hands the weights over in pieces when the card is too small for all of them', () => {
    const forecast = forecastVram(
      workloadOf('flux-separate-loaders'),
      FLUX_SIZES,
      machine(12, 3, 1),
    );
    expect(forecast.outcome).toBe('slow');
    expect(forecast.ram / GIB).toBeGreaterThan(15);
    expect(describeForecast(forecast)).toEqual([
      'This needs about 2.0 to 26.6 GB of graphics memory.',
      'It does not fit in 12.0 GB all at once: ComfyUI will hand the model over in pieces, which is slow.',
      'Right now ComfyUI holds 3.0 GB of it and other programs 1.0 GB.',
      'The machine itself holds about 18.0 GB meanwhile.'.replace(
        '18.0',
        (forecast.ram / GIB).toFixed(1),
      ),
      'Reckoned for Flux, 1024 × 1024, 16-bit numbers and fast attention, with model files known by their size only.',
    ]);
  });

  it('does not fit when others hold the card', () => {
    const forecast = forecastVram(
      workloadOf('flux-separate-loaders'),
      FLUX_SIZES,
      machine(8, 0, 7),
    );
    expect(forecast).toMatchObject({ outcome: 'does-not-fit', decodesWhole: false });
  });

  it('does not judge a machine without a graphics card, nor sizes that it does not know', () => {
    const forecast = forecastVram(
      workloadOf('flux-separate-loaders'),
      new Map(),
      machine(24, 0, 0, 'cpu'),
    );
    expect(forecast.outcome).toBe('unknown');
    expect(forecast.assumptions.at(-1)).toContain('flux1-dev.safetensors');
    expect(forecastVram(workloadOf('two-pass'), new Map(), undefined).card).toBeUndefined();
  });

  it('tells what a change adds, and by what', () => {
    const was = workloadOf('flux-separate-loaders');
    const before = forecastVram(was, FLUX_SIZES, machine(48));
    const size = { ...was.size, width: 2048, height: 2048, batch: 2 };
    const is = { ...was, size };
    const after = forecastVram(is, FLUX_SIZES, machine(48));
    expect(describeAddition(before, after, was, is)).toBe('+13.9 GB for 2048 × 2048, 2 at once');
    expect(describeAddition(after, before, is, was)).toBe('−13.9 GB for 1024 × 1024, 1 at once');
    expect(describeAddition(before, before, was, was)).toBeUndefined();
  });

  it('names who else is on the card', () => {
    const holders = [
      { name: 'python', pid: 1, isComfy: true, bytes: 9 * GIB },
      { name: 'blender', pid: 2, isComfy: false, bytes: 2 * GIB },
      { name: 'Nuke', pid: 3, isComfy: false },
    ];
    expect(describeHolders(holders)).toEqual([
      'Other programs on the card: blender (2.0 GB), Nuke.',
    ]);
    expect(describeHolders([])).toEqual([]);
  });
});

describe('ComfyUI’s loading policy', () => {
  const facts = { os: 'posix', arguments: [], vramTotal: 24 * GIB };

  it('reserves more on Windows, and what the start option says instead', () => {
    expect(reservedBytes(facts) / MIB).toBe(400);
    expect(reservedBytes({ ...facts, os: 'nt' }) / MIB).toBe(700);
    expect(reservedBytes({ ...facts, os: 'nt', vramTotal: 8 * GIB }) / MIB).toBe(600);
    expect(reservedBytes({ ...facts, arguments: ['main.py', '--reserve-vram', '2'] }) / GIB).toBe(
      2,
    );
    expect(reservedBytes({ ...facts, arguments: ['--reserve-vram=1.5'] }) / GIB).toBe(1.5);
  });

  it('asks for a tenth more than the weights and at least the minimum for calculating', () => {
    expect(wantedBytes(10 * GIB, 0, facts) / GIB).toBeCloseTo(11 + 0.8 + 400 / 1024);
    expect(wantedBytes(10 * GIB, 4 * GIB, facts) / GIB).toBeCloseTo(11 + 4 + 400 / 1024);
  });

  it('puts a part of the weights on the card, and never less than a little', () => {
    expect(partialWeights(12 * GIB, 2 * GIB, facts) / GIB).toBe(10);
    expect(partialWeights(1 * GIB, 2 * GIB, facts) / MIB).toBe(128);
  });
});

describe('the head of a safetensors file', () => {
  const head = (json: string, rest = 0): Uint8Array => {
    const text = new TextEncoder().encode(json);
    const bytes = new Uint8Array(8 + text.length + rest);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    return bytes;
  };

  it('tells the parts of a checkpoint, its number formats and what it says of itself', () => {
    const json = JSON.stringify({
      __metadata__: { 'modelspec.title': 'Shot model' },
      'model.diffusion_model.a': { dtype: 'F16', shape: [4], data_offsets: [0, 800] },
      'first_stage_model.b': { dtype: 'F32', shape: [4], data_offsets: [800, 900] },
      'cond_stage_model.c': { dtype: 'F16', shape: [4], data_offsets: [900, 1000] },
    });
    expect(parseSafetensorsHeader(head(json, 1000))).toEqual({
      fileBytes: 8 + json.length + 1000,
      weightBytes: 1000,
      formats: { F16: 900, F32: 100 },
      parts: { model: 800, vae: 100, textEncoder: 100 },
      isLora: false,
      metadata: { 'modelspec.title': 'Shot model' },
    });
  });

  it('knows a LoRA', () => {
    const json = '{"x.lora_up.weight":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}';
    expect(parseSafetensorsHeader(head(json))).toMatchObject({ isLora: true });
  });

  it('does not take a web page, a pointer or half a file for one', () => {
    expect(parseSafetensorsHeader(new Uint8Array(3))).toBe('too-short');
    const page = new TextEncoder().encode('<!DOCTYPE html><html>');
    expect(parseSafetensorsHeader(page)).toBe('not-safetensors');
    expect(parseSafetensorsHeader(head('{"a":{}}').subarray(0, 12))).toBe('too-short');
    expect(parseSafetensorsHeader(head('no json'))).toBe('not-safetensors');
  });
});

describe('the line after a run', () => {
  const run = { queuedAt: 500, startedAt: 1000, endedAt: 5200 };

  const measured = {
    source: 'driver',
    gpu: 'NVIDIA GeForce RTX 4090',
    samples: 8,
    intervalMs: 500,
    gpuPercent: 97.6,
    vramPeak: 12.4 * GIB,
    vramTotal: 23.99 * GIB,
    nodes: [],
  } satisfies RunMeasurement;

  it('tells the time, the load and the memory', () => {
    expect(describeRunLine({ ...run, measured })).toBe(
      'Rendered in 4.2 s · GPU 98 % · VRAM 12.4/24 GB',
    );
  });

  it('tells the memory alone where only ComfyUI was asked, and shared memory by its name', () => {
    const { gpu, samples, intervalMs, vramPeak, vramTotal, nodes } = measured;
    const basic = { source: 'comfyui', gpu, samples, intervalMs, nodes } as const;
    const told = { ...basic, vramPeak, vramTotal };
    expect(describeRunLine({ ...run, measured: told })).toBe('Rendered in 4.2 s · VRAM 12.4/24 GB');
    expect(describeRunLine({ ...run, measured: { ...told, isUnified: true } })).toContain('Memory');
    expect(describeRunLine({ ...run, measured: { ...basic, gpuPercent: 97.6 } })).toBe(
      'Rendered in 4.2 s · GPU 98 %',
    );
  });

  it('says how it was measured', () => {
    expect(describeMeasurement(measured)).toMatch(
      /8 times, about every 0\.5 s, at the graphics driver/,
    );
    const once = { ...measured, samples: 1, source: 'comfyui' as const };
    expect(describeMeasurement(once)).toMatch(/^Measured once, by asking ComfyUI\./);
  });

  it('leaves out what is not known', () => {
    expect(describeRunLine(run, machine(24, 8, 1))).toBe('Rendered in 4.2 s · VRAM 9.0/24 GB');
    expect(describeRunLine(run, machine(24, 0, 0, 'cpu'))).toBe('Rendered in 4.2 s');
    expect(describeRunLine(run)).toBe('Rendered in 4.2 s');
    expect(describeRunLine({ queuedAt: 0, endedAt: 125_000 })).toBe('Rendered in 2 min 5 s');
    expect(describeRunLine({ startedAt: 1 })).toBeUndefined();
    expect(describeRunLine({ startedAt: 0, endedAt: 12 })).toBe('Rendered in under 0.1 s');
    // Nothing was rendered.
    expect(describeRunLine({ ...run, fromCache: true })).toBeUndefined();
  });
});
