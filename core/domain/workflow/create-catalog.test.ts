import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../base/exact-json.ts';
import { isJsonObject } from '../../base/json.ts';
import { coreCatalog } from '../../../tests/fixtures/edit-workflows.ts';
import { createNodeCatalog } from './create-catalog.ts';
import { sharedFolder as shared } from '../../../tests/fixtures/shared-folder.ts';

describe('createNodeCatalog', () => {
  const catalog = coreCatalog();

  it('reads both shapes of a list of choices', () => {
    const made = createNodeCatalog({
      Old: { input: { required: { a: [['x', 'y'], { default: 'y' }] } } },
      New: { input: { required: { a: ['COMBO', { options: ['x', 'y'] }] } } },
      Remote: { input: { required: { a: ['COMBO', { remote: { route: '/x' } }] } } },
    });
    expect(made.get('Old')?.inputs[0]).toMatchObject({ type: 'COMBO', choices: ['x', 'y'] });
    expect(made.get('New')?.inputs[0]).toMatchObject({ type: 'COMBO', choices: ['x', 'y'] });
    expect(made.get('Remote')?.inputs[0]).toMatchObject({ type: 'COMBO', isWidget: true });
    expect(made.get('Remote')?.inputs[0]).not.toHaveProperty('choices');
  });

  it('tells settings from sockets, and where the page adds a control or an upload button', () => {
    const sampler = catalog.get('KSampler');
    expect(sampler?.inputs.filter((spec) => spec.isWidget).map((spec) => spec.name)).toEqual([
      'seed',
      'steps',
      'cfg',
      'sampler_name',
      'scheduler',
      'denoise',
    ]);
    expect(sampler?.inputs.find((spec) => spec.name === 'seed')).toMatchObject({
      hasControl: true,
      max: 18446744073709551615n,
    });
    expect(catalog.get('LoadImage')?.inputs[0]).toMatchObject({ hasUpload: true });
  });

  it('adds a control to an integer called seed unless the server says no', () => {
    const made = createNodeCatalog({
      A: {
        input: {
          required: {
            seed: ['INT'],
            noise_seed: ['INT', { control_after_generate: false }],
            steps: ['INT', { forceInput: true }],
          },
        },
      },
    });
    const inputs = made.get('A')?.inputs.map((spec) => [spec.hasControl, spec.isWidget]);
    expect(inputs).toEqual([
      [true, true],
      [undefined, true],
      [undefined, false],
    ]);
  });

  it('keeps the server’s order where JSON would put number-like names first', () => {
    const made = createNodeCatalog({
      A: {
        input: { required: { b: ['INT'], '2': ['INT'], a: ['INT'] } },
        input_order: { required: ['b', 'a', '2'] },
      },
    });
    expect(made.get('A')?.inputs.map((spec) => spec.name)).toEqual(['b', 'a', '2']);
  });

  it('reads entries with missing, null and odd parts as far as they go', () => {
    const made = createNodeCatalog({
      Bare: {},
      Odd: {
        input: { required: null, optional: { x: null, y: 'IMAGE', z: ['A,B', null] } },
        output: ['IMAGE', ['a', 'b']],
        output_name: null,
        display_name: null,
        deprecated: null,
      },
      NotAnEntry: 7,
    });
    expect(made.size).toBe(2);
    expect(made.get('Bare')).toMatchObject({ displayName: 'Bare', inputs: [], outputs: [] });
    expect(made.get('Odd')?.inputs.map((spec) => spec.type)).toEqual(['*', 'IMAGE', 'A,B']);
    expect(made.get('Odd')?.outputs.map((output) => output.name)).toEqual(['IMAGE', 'a,b']);
    expect(made.get('NotAnEntry')).toBeUndefined();
    expect(made.get('constructor')).toBeUndefined();
  });

  it('reads a class once', () => {
    expect(catalog.get('KSampler')).toBe(catalog.get('KSampler'));
  });

  it.skipIf(shared === undefined)(
    'reads all of a real server’s classes (needs SECOND_UNIT_SHARED)',
    () => {
      const file = `${shared ?? ''}/comfyui-recordings/http/a02-object_info.resp.body.json`;
      const info = parseExactJson(readFileSync(file, 'utf8'));
      const real = createNodeCatalog(info.ok && isJsonObject(info.value) ? info.value : {});
      expect(real.size).toBe(496);
      const inputs = real.classTypes.flatMap((name) => real.get(name)?.inputs ?? []);
      const combos = inputs.filter((spec) => spec.type === 'COMBO');
      expect(combos).toHaveLength(113 + 212);
      expect(combos.filter((spec) => spec.choices === undefined).length).toBeLessThan(3);
      expect(
        inputs.filter((spec) => spec.type === 'STRING' && spec.isWidget).length,
      ).toBeGreaterThan(150);
    },
  );
});
