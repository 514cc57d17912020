import { describe, expect, it } from 'vitest';
import { type InputSpec } from '../../catalog.ts';
import { valueLimits } from './value-limits.ts';

const spec = (type: string, more: Partial<InputSpec> = {}): InputSpec => ({
  name: 'x',
  type,
  required: true,
  isWidget: true,
  options: {},
  ...more,
});

describe('valueLimits', () => {
  it.each<[string, InputSpec, unknown]>([
    ['a text has none', spec('STRING'), {}],
    ['a text has none even with a step', spec('STRING', { step: 2 }), {}],
    ['a whole number lies on whole numbers', spec('INT'), { grid: { step: 1, offset: 0 } }],
    [
      'a whole number with limits keeps each of them',
      spec('INT', { min: 16, max: 8192, step: 8 }),
      { min: 16, max: 8192, grid: { step: 8, offset: 0 } },
    ],
    ['only a lower limit', spec('INT', { min: 0 }), { min: 0, grid: { step: 1, offset: 0 } }],
    ['only an upper limit', spec('INT', { max: 9 }), { max: 9, grid: { step: 1, offset: 0 } }],
    [
      'its grid begins at the lower limit',
      spec('INT', { min: 17, step: 8 }),
      { min: 17, grid: { step: 8, offset: 1 } },
    ],
    [
      'and stays exact for a limit beyond the safe whole numbers',
      spec('INT', { min: 9007199254740995n, step: 4 }),
      { min: 9007199254740995n, grid: { step: 4, offset: 3n } },
    ],
    [
      'a step that is no whole number',
      spec('INT', { step: 0.5 }),
      { grid: { step: 1, offset: 0 } },
    ],
    ['a step of nothing', spec('INT', { step: 0 }), { grid: { step: 1, offset: 0 } }],
    ['a step backwards', spec('INT', { step: -8 }), { grid: { step: 1, offset: 0 } }],
    ['a number without a step has no grid', spec('FLOAT', { min: 0, max: 1 }), { min: 0, max: 1 }],
    [
      'a number is rounded as it says',
      spec('FLOAT', { step: 0.1, options: { round: 0.25 } }),
      { grid: { step: 0.25, offset: 0 } },
    ],
    ['or not at all', spec('FLOAT', { step: 0.1, options: { round: false } }), {}],
    [
      'rounding to nothing is no rounding',
      spec('FLOAT', { step: 0.1, options: { round: 0 } }),
      { grid: { step: 0.1, offset: 0 } },
    ],
    [
      'rounding to a word is no rounding',
      spec('FLOAT', { step: 0.1, options: { round: 'yes' } }),
      { grid: { step: 0.1, offset: 0 } },
    ],
    [
      'rounding that is only switched on is no rounding',
      spec('FLOAT', { step: 0.1, options: { round: true } }),
      { grid: { step: 0.1, offset: 0 } },
    ],
    [
      'a number has the decimals of its step',
      spec('FLOAT', { step: 0.05 }),
      { grid: { step: 0.01, offset: 0 } },
    ],
    [
      'a large step leaves whole ones',
      spec('FLOAT', { step: 25 }),
      { grid: { step: 1, offset: 0 } },
    ],
    ['a step of one too', spec('FLOAT', { step: 1 }), { grid: { step: 1, offset: 0 } }],
    ['a step of nothing for a number', spec('FLOAT', { step: 0 }), {}],
    ['a step backwards for a number', spec('FLOAT', { step: -0.1 }), {}],
  ])('%s', (_, setting, expected) => {
    expect(valueLimits(setting)).toStrictEqual(expected);
  });
});
