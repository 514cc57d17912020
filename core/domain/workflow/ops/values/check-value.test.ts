import { describe, expect, it } from 'vitest';
import { coreCatalog } from '../../../../../tests/fixtures/edit-workflows.ts';
import { type JsonValue } from '../../../../base/json.ts';
import { type InputSpec } from '../../catalog.ts';
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

describe('checkValue for settings of every kind', () => {
  const misfit = (expected: string, ...allowed: readonly JsonValue[]) => ({
    ok: false,
    error: { expected, ...(allowed.length === 0 ? {} : { allowed }) },
  });
  const onOrOff = misfit('on or off (true or false)', true, false);
  const limited = (type: string, min?: number, max?: number): InputSpec => ({
    ...plain(type),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  });

  it.each<[InputSpec, JsonValue, unknown]>([
    [plain('BOOLEAN'), true, { ok: true, value: true }],
    [plain('BOOLEAN'), false, { ok: true, value: false }],
    [plain('BOOLEAN'), 'true', { ok: true, value: true }],
    [plain('BOOLEAN'), 'True', onOrOff],
    [plain('BOOLEAN'), 1, onOrOff],
    [plain('BOOLEAN'), null, onOrOff],
    [plain('STRING'), '', { ok: true, value: '' }],
    [plain('STRING'), 12n, { ok: true, value: '12' }],
    [plain('STRING'), 1.5, { ok: true, value: '1.5' }],
    [plain('STRING'), true, misfit('a text')],
    [plain('STRING'), null, misfit('a text')],
    [plain('COMBO'), 'euler', { ok: true, value: 'euler' }],
    [plain('COMBO'), 3, { ok: true, value: 3 }],
    [plain('COMBO'), true, { ok: true, value: true }],
    [plain('COMBO'), null, misfit('one of the choices of this setting')],
    [plain('COMBO'), ['euler'], misfit('one of the choices of this setting')],
    [plain('COMBO'), { a: 1 }, misfit('one of the choices of this setting')],
    [plain('MASK_EDITOR'), { a: [1] }, { ok: true, value: { a: [1] } }],
    [plain('MASK_EDITOR'), null, { ok: true, value: null }],
  ])('case %#', (setting, value, expected) => {
    expect(checkValue(setting, value)).toEqual(expected);
  });

  it.each<[string, JsonValue, JsonValue | undefined]>([
    ['INT', '+5', 5],
    ['INT', '-5', -5],
    ['INT', '  12 ', 12],
    ['INT', '9007199254740993', 9007199254740993n],
    ['INT', '-9007199254740993', -9007199254740993n],
    ['INT', 5n, 5],
    ['INT', '', undefined],
    ['INT', 'a1', undefined],
    ['INT', '1a', undefined],
    ['INT', '1+1', undefined],
    ['INT', '1.0', undefined],
    ['INT', [5], undefined],
    ['INT', Infinity, undefined],
    ['FLOAT', '+.5', 0.5],
    ['FLOAT', '-12.25', -12.25],
    ['FLOAT', '12.', 12],
    ['FLOAT', '.25', 0.25],
    ['FLOAT', ' 1.5 ', 1.5],
    ['FLOAT', '1e3', 1000],
    ['FLOAT', '1E-12', 1e-12],
    ['FLOAT', '2.5e+10', 2.5e10],
    ['FLOAT', 3n, 3],
    ['FLOAT', '', undefined],
    ['FLOAT', '.', undefined],
    ['FLOAT', '1.5x', undefined],
    ['FLOAT', 'x1.5', undefined],
    ['FLOAT', '0x10', undefined],
    ['FLOAT', '.x', undefined],
    ['FLOAT', '1e', undefined],
    ['FLOAT', 'Infinity', undefined],
    ['FLOAT', '1e999', undefined],
    ['FLOAT', true, undefined],
    ['FLOAT', null, undefined],
  ])('numbers as %s, case %#', (type, value, expected) => {
    const checked = checkValue(plain(type), value);
    expect(checked.ok ? checked.value : undefined).toBe(expected);
    expect(checked.ok).toBe(expected !== undefined);
  });

  it.each<[InputSpec, JsonValue, string | undefined]>([
    [limited('INT', 1, 8), 1, undefined],
    [limited('INT', 1, 8), 8, undefined],
    [limited('INT', 1, 8), 9, 'a whole number from 1 to 8'],
    [limited('INT', 1), 1_000_000, undefined],
    [limited('INT', 1), 0, 'a whole number, 1 or more'],
    [limited('INT', undefined, 8), -1_000_000, undefined],
    [limited('FLOAT', undefined, 8), 9, 'a number, at most 8'],
    [limited('FLOAT', 0, 1), 0, undefined],
    [limited('FLOAT', 0, 1), 1, undefined],
    [limited('FLOAT'), 'x', 'a number'],
    [limited('INT'), 'x', 'a whole number'],
  ])('names the limits that there are, case %#', (setting, value, expected) => {
    const checked = checkValue(setting, value);
    expect(checked.ok ? undefined : checked.error).toEqual(
      expected === undefined ? undefined : { expected },
    );
  });

  const choosing = (...choices: readonly JsonValue[]): InputSpec => ({
    ...plain('COMBO'),
    choices,
  });

  it.each<[InputSpec, JsonValue, unknown]>([
    [choosing('a', { x: 1 }), { x: 1 }, { ok: true, value: { x: 1 } }],
    [choosing(1, 2), 2, { ok: true, value: 2 }],
    [choosing(1, 2), '2', { ok: true, value: 2 }],
    [choosing(true, false), 'true', { ok: true, value: true }],
    [choosing('a/b'), 'a\\b', { ok: true, value: 'a/b' }],
    [choosing(), 'a', misfit('a choice that ComfyUI lists, and it lists none at the moment')],
    [choosing('only'), 'zzz', misfit('the one choice there is', 'only')],
    [choosing('left', 'right'), 'zzz', misfit('one of 2 choices', 'left', 'right')],
    [choosing('left', 'right', null), 'rihgt', misfit('one of 3 choices', 'right')],
    [choosing('left', { a: 1 }), ['left'], misfit('one of 2 choices', 'left', { a: 1 })],
    [choosing('null', 'b'), null, misfit('one of 2 choices', 'null', 'b')],
    [{ ...choosing('a.png'), hasUpload: true }, 'shots/b.png', { ok: true, value: 'shots/b.png' }],
    [{ ...choosing('a.png'), hasUpload: true }, '', misfit('the one choice there is', 'a.png')],
    [{ ...choosing('a.png'), hasUpload: true }, 7, misfit('the one choice there is', 'a.png')],
    [{ ...choosing('a.png'), hasUpload: false }, 'zz', misfit('the one choice there is', 'a.png')],
  ])('case %#', (setting, value, expected) => {
    expect(checkValue(setting, value)).toEqual(expected);
  });

  it('shows eight choices at most when none comes near', () => {
    const many = Array.from({ length: 20 }, (_, index) => `model-${String(index)}.safetensors`);
    const checked = checkValue(choosing(...many), 'q');
    expect(checked).toMatchObject({ error: { expected: 'one of 20 choices' } });
    expect(!checked.ok && checked.error.allowed).toEqual(many.slice(0, 8));
  });
});
