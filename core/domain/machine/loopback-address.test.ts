import { describe, expect, it } from 'vitest';
import { isLoopbackAddress } from './loopback-address.ts';

describe('which addresses are this machine itself', () => {
  it.each([
    'http://127.0.0.1:8188',
    'https://localhost',
    'http://localhost:8000/x',
    'http://[::1]:8188',
  ])('%s is', (url) => expect(isLoopbackAddress(url)).toBe(true));

  it.each(['http://10.0.0.7:8188', 'http://localhost.evil.example', 'http://render-127.0.0.1', ''])(
    '%j is not',
    (url) => expect(isLoopbackAddress(url)).toBe(false),
  );
});
