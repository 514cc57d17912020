import { describe, expect, it } from 'vitest';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { type JsonValue } from '../../../base/json.ts';
import { type InputSpec } from '../catalog.ts';
import { checkValue } from './check-value.ts';

const catalog = coreCatalog();

function spec(classType: string, name: string): InputSpec {
  const found = catalog.get(classType)?.inputs.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${classType} has no ${name}`);
  return found;
}

const plain = (type: string): InputSpec => ({
  name: 'x',
  type,
  required: true,
  isWidget: true,
  options: {},
});

describe('checkValue takes', () => {
  it.each<[string, string, JsonValue, JsonValue]>([
    ['KSampler', 'steps', 30, 30],
    ['KSampler', 'steps', '30', 30],
    ['KSampler', 'steps', 30n, 30],
    ['KSampler', 'seed', 18446744073709551615n, 18446744073709551615n],
    ['KSampler', 'seed', '18446744073709551615', 18446744073709551615n],
    ['KSampler', 'cfg', 7.5, 7.5],
    ['KSampler', 'cfg', '7.5', 7.5],
    ['KSampler', 'cfg', 7, 7],
    ['KSampler', 'sampler_name', 'euler', 'euler'],
    ['CLIPTextEncode', 'text', 'a fox', 'a fox'],
    ['CLIPTextEncode', 'text', 12, '12'],
    ['LoadImage', 'image', 'plates/sh010.png', 'plates/sh010.png'],
  ])('for %s %s the value %s as %s', (classType, name, value, expected) => {
    expect(checkValue(spec(classType, name), value)).toEqual({ ok: true, value: expected });
  });

  it('a switch, and the words true and false', () => {
    expect(checkValue(plain('BOOLEAN'), 'false')).toEqual({ ok: true, value: false });
    expect(checkValue(plain('BOOLEAN'), 'yes').ok).toBe(false);
  });

  it('a file with the slashes of the other system', () => {
    const choices = { ...plain('COMBO'), choices: ['SDXL\\base.safetensors'] };
    expect(checkValue(choices, 'SDXL/base.safetensors')).toEqual({
      ok: true,
      value: 'SDXL\\base.safetensors',
    });
  });
});

describe('checkValue refuses', () => {
  it.each<[string, string, JsonValue, string]>([
    ['KSampler', 'steps', 30.5, 'a whole number from 1 to 10000'],
    ['KSampler', 'steps', 0, 'a whole number from 1 to 10000'],
    ['KSampler', 'steps', '30 steps', 'a whole number from 1 to 10000'],
    ['KSampler', 'steps', true, 'a whole number from 1 to 10000'],
    ['KSampler', 'steps', null, 'a whole number from 1 to 10000'],
    ['KSampler', 'seed', 18446744073709551616n, 'a whole number from 0 to 18446744073709551615'],
    ['KSampler', 'denoise', 1.2, 'a number from 0 to 1'],
    ['KSampler', 'denoise', Number.NaN, 'a number from 0 to 1'],
    ['CLIPTextEncode', 'text', ['a'], 'a text'],
  ])('for %s %s the value %s: %s', (classType, name, value, expected) => {
    expect(checkValue(spec(classType, name), value)).toMatchObject({
      ok: false,
      error: { expected },
    });
  });

  it('a choice that is not there, with the nearest that are', () => {
    const checked = checkValue(spec('KSampler', 'sampler_name'), 'dpmpp2m');
    expect(checked.ok).toBe(false);
    expect(!checked.ok && checked.error.allowed).toContain('dpmpp_2m');
  });

  it('any choice when the server lists none', () => {
    expect(checkValue({ ...plain('COMBO'), choices: [] }, 'a').ok).toBe(false);
  });
});
