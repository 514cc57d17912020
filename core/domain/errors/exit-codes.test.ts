import { describe, expect, it } from 'vitest';
import { appError } from '../../contract/errors.ts';
import { sampleErrors } from './error-samples.ts';
import { exitMeanings, toExitCode } from './exit-codes.ts';

describe('toExitCode', () => {
  it('is never 0 for an error and always documented', () => {
    for (const sample of sampleErrors()) {
      const code = toExitCode(sample);
      expect(code).toBeGreaterThan(0);
      expect(exitMeanings[code]).toMatch(/\.$/);
    }
  });

  it.each([
    [appError('workflow/not-json', { reason: 'x', offset: 0 }), 2],
    [appError('tool/not-approved', { name: 'x' }), 3],
    [appError('comfy/unreachable', { url: 'x', reason: 'x' }), 4],
    [appError('run/out-of-memory', { nodeTitle: 'x', detail: '' }), 5],
    [appError('file/disk-full', { path: 'x' }), 6],
    [appError('cancelled', {}), 130],
    [appError('internal/unexpected', { correlationId: 'x' }), 1],
  ] as const)('gives $0.code the exit code $1', (error, expected) => {
    expect(toExitCode(error)).toBe(expected);
  });
});
