import { describe, expect, it } from 'vitest';
import { err, ok } from '../../base/result.ts';
import { type FormulaScope, evaluateFormula } from './evaluate-formula.ts';
import { type FormulaValue } from './expression.ts';

const settings: Readonly<Record<string, FormulaValue>> = {
  steps: 20,
  height: 1080,
  seed: 18446744073709551615n,
  tiled: true,
};
const scope: FormulaScope = {
  min: 16,
  max: 4096,
  grid: { step: 8, offset: 0 },
  settings: Object.keys(settings),
  old: () => ok(50),
  setting: (name) => {
    const value = Object.hasOwn(settings, name) ? settings[name] : undefined;
    return value === undefined ? undefined : ok(value);
  },
  settingOf: ({ by, text }, name) =>
    (by === 'id' ? text === '3' : text === 'My sampler') && name === 'steps'
      ? ok(12)
      : err({ expected: 'a node that is there' }),
};

describe('a formula comes to', () => {
  it.each<[string, FormulaValue]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ** 3 ** 2', 512],
    ['-2 ** 2', -4],
    ['2 ** -1', 0.5],
    ['7 / 2', 3.5],
    ['6 / 2', 3],
    ['-7 % 3', 2],
    ['7.5 % 2', 1.5],
    ['steps * 1.5', 30],
    ['old + 1', 51],
    ['height * 16/9', 1920],
    ['round_to(1000 * 16/9, 8)', 1776],
    ['round_to(0.32, 0.1)', 0.3],
    ['snap(1001)', 1000],
    ['snap(10, 4)', 12],
    ['clamp(9000)', 4096],
    ['clamp(3, 5, 7)', 5],
    ['round(2.5)', 3],
    ['round(-2.5)', -3],
    ['floor(-2.5) + ceil(2.1)', 0],
    ['abs(-3) + sqrt(16)', 7],
    ['min(4, 2, 9) + max(1, 8)', 10],
    ['2k', 2000],
    ['1.5k', 1500],
    ['512px * 2', 1024],
    ['old * 50%', 25],
    ['50% + 1', 1.5],
    ['10 % 4', 2],
    ['10%4', 2],
    ['steps > 10 ? 1 : 2', 1],
    ['steps > 30 ? 1 : steps == 20 ? 5 : 6', 5],
    ['tiled ? 2 : 1', 2],
    ['steps >= 20', true],
    ['seed - 1', 18446744073709551614n],
    ['seed == 18446744073709551615', true],
    ['9007199254740993 + 0', 9007199254740993n],
    ['2 ** 64', 18446744073709551616n],
    ['(-1) ** 100001', -1],
    ['"steps" * 2', 40],
    ['"My sampler".steps + #3.steps', 24],
    ['2 × 3 ÷ 2', 3],
    ['0 * -1', 0],
  ])('%s → %s', (text, value) => {
    expect(evaluateFormula(text, scope)).toEqual({ ok: true, value });
  });

  it('pi and e where no setting has that name', () => {
    expect(evaluateFormula('pi', scope)).toEqual({ ok: true, value: Math.PI });
    const named = { ...scope, setting: () => ok(7) };
    expect(evaluateFormula('e', named)).toEqual({ ok: true, value: 7 });
  });

  it('the side that is chosen, whatever the other one is', () => {
    expect(evaluateFormula('1 > 0 ? 5 : 1 / 0', scope)).toEqual({ ok: true, value: 5 });
  });
});

describe('a formula that cannot be worked out says where and what would be right', () => {
  it.each<[string, number, RegExp]>([
    ['', 0, /number or a setting/],
    ['steps *', 7, /number or a setting/],
    ['steps * * 2', 8, /number or a setting/],
    ['(1 + 2', 6, /“\)”/],
    ['1 2', 2, /operator/],
    ['stepz * 2', 0, /setting of this node/],
    ['1 / (2 - 2)', 2, /other than 0/],
    ['1 % 0', 2, /other than 0/],
    ['2 ** 9999999', 2, /not that large/],
    ['1e999', 0, /smaller number/],
    ['(-2) ** 0.5', 5, /not below 0/],
    ['sqrt(-1)', 0, /not below 0/],
    ['rond(1)', 0, /function/],
    ['round()', 0, /round\(number\)/],
    ['clamp(1, 2)', 0, /clamp/],
    ['clamp(1, 3, 2)', 0, /not above/],
    ['snap(1, 0)', 0, /above 0/],
    ['steps ? 1 : 2', 0, /comparison/],
    ['1 > 0 ? 1', 9, /“:”/],
    ['(1 < 2) + 1', 3, /number/],
    ['5 parsecs', 2, /operator/],
    ['5parsecs', 1, /unit/],
    ['"steps', 0, /behind the name/],
    ['#3', 2, /“\.”/],
    ['#9.steps', 0, /node/],
    ['1 ; 2', 2, /instead of “;”/],
    ['constructor', 0, /setting of this node/],
    ['__proto__(1)', 0, /function/],
  ])('%s', (text, at, expected) => {
    const result = evaluateFormula(text, scope);
    expect(result).toMatchObject({ ok: false, error: { at } });
    if (!result.ok) expect(result.error.expected).toMatch(expected);
  });

  it.each([
    ['too long', '1+'.repeat(600)],
    ['nested too deeply', `${'('.repeat(200)}1${')'.repeat(200)}`],
    ['signed too often', '-'.repeat(900) + '1'],
  ])('one that is %s', (_what, text) => {
    expect(evaluateFormula(text, scope).ok).toBe(false);
  });
});
