import { describe, expect, it } from 'vitest';
import { appError } from '../../contract/errors.ts';
import { sampleErrors } from './error-samples.ts';
import { artistMessage } from './artist-message.ts';
import { oneLine, restOf } from './plain-error.ts';

describe('oneLine', () => {
  it('gives title, body and the advice that needs no button', () => {
    expect(oneLine(appError('host/port-in-use', { port: 8199 }))).toBe(
      'Something else uses that port. Port 8199 is taken, perhaps by a Second Unit that is already running. Nothing was changed. Choose another port, or close the other program.',
    );
  });

  it('is one line that ends properly for every code', () => {
    for (const sample of sampleErrors()) expect(oneLine(sample)).toMatch(/^[^\n]+[.?!]$/);
  });
});

describe('restOf', () => {
  it('gives only the advice where the rest was said, else everything', () => {
    const error = appError('host/port-in-use', { port: 8199 });
    const said = `Oh. ${artistMessage(error).body}`;
    expect(restOf(error, said)).toBe('Choose another port, or close the other program.');
    expect(restOf(error, '')).toBe(oneLine(error));
  });
});
