import { describe, expect, it } from 'vitest';
import { parseComfyAddress } from '../address.ts';
import { followRedirect } from './follow-redirect.ts';

const follow = (
  from: string,
  path: string,
  to: string,
  headers: Readonly<Record<string, string>> = {},
) => {
  const address = parseComfyAddress(from, { headers });
  if (!address.ok) throw new Error('address');
  return followRedirect(to, { method: 'GET', path }, address.value, from);
};
const secret = { authorization: 'Bearer x' };

describe('a redirect', () => {
  it.each([
    ['http://box', '/queue', 'https://box/queue', 'https://box'],
    ['http://box:8188', '/queue', '/comfy/queue', 'http://box:8188/comfy'],
    ['https://box/a', '/history/1', 'https://box/b/history/1', 'https://box/b'],
  ])('%s%s → %s moves the whole server', (from, path, to, url) => {
    expect(follow(from, path, to, secret)).toMatchObject({
      ok: true,
      value: { kind: 'moved', address: { url, headers: secret } },
    });
  });

  it.each([
    ['another computer', 'http://box', 'http://other/queue'],
    ['a connection that is not encrypted any more', 'https://box', 'http://box/queue'],
    ['another port, where what lets us in is not for', 'http://box:1', 'http://box:2/queue'],
  ])('to %s is not followed', (_what, from, to) => {
    expect(follow(from, '/queue', to, secret)).toMatchObject({
      error: { code: 'comfy/moved', data: { url: from } },
    });
  });

  it('to the same place again, or to a page, is taken for a refusal', () => {
    for (const to of ['http://box/queue', '/login?next=%2Fqueue', 'mailto:anna@box']) {
      expect(follow('http://box', '/queue', to)).toMatchObject({
        error: { code: 'comfy/refused' },
      });
    }
  });

  it('of a picture to where the server keeps it is followed for that picture alone', () => {
    expect(follow('http://box', '/view?filename=a.png', '/files/a.png?s=1')).toEqual({
      ok: true,
      value: { kind: 'elsewhere', path: '/files/a.png?s=1' },
    });
  });
});
