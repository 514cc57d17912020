import { describe, expect, it } from 'vitest';
import { stripFlags, toReceiptServer } from './server-facts.ts';

describe('the flags that ComfyUI was started with', () => {
  it.each([
    [
      ['main.py', '--lowvram', '--port', '8188'],
      ['--lowvram', '--port', '8188'],
    ],
    [['/srv/ComfyUI/main.py', '--cpu'], ['--cpu']],
    [
      ['main.py', '--output-directory', '/mnt/anna/out', '--front-end-root=C:\\Users\\anna\\fe'],
      ['--output-directory', 'out', '--front-end-root=fe'],
    ],
    [
      ['main.py', '--api-key', 'hunter2', '--auth-token=hunter2', '--lowvram'],
      ['--api-key', '[hidden]', '--auth-token=[hidden]', '--lowvram'],
    ],
    [['--cpu'], ['--cpu']],
    [[], []],
  ])('%j', (argv, flags) => {
    expect(stripFlags(argv)).toEqual(flags);
  });

  it('are not claimed for a server that was not asked', () => {
    expect(toReceiptServer('practice', undefined)).toEqual({ name: 'practice', devices: [] });
  });
});
