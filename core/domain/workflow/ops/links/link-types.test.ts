import { expect, it } from 'vitest';
import { canConnect } from './link-types.ts';

it.each([
  ['IMAGE', 'IMAGE', true],
  ['image', 'IMAGE', true],
  ['IMAGE', 'MASK', false],
  ['*', 'IMAGE', true],
  ['IMAGE', '*', true],
  ['', 'IMAGE', true],
  ['-1', 'IMAGE', true],
  ['IMAGE', '0', true],
  ['1', 'IMAGE', false],
  ['MASK', 'IMAGE,MASK', true],
  ['IMAGE,LATENT', 'MASK, LATENT', true],
  ['IMAGE,LATENT', 'MASK', false],
  ['IMAGE,*', 'MASK', true],
  ['COMFY_MATCHTYPE_V3', 'MASK', true],
])('an output of type "%s" into an input of type "%s": %s', (from, to, expected) => {
  expect(canConnect(from, to)).toBe(expected);
});
