import { expect, it } from 'vitest';
import { parseComfyAddress, socketUrl } from './address.ts';

it.each([
  ['127.0.0.1:8188', 'http://127.0.0.1:8188'],
  ['localhost:8000/', 'http://localhost:8000'],
  [' https://render.box/comfy/?x=1#y ', 'https://render.box/comfy'],
  ['http://[::1]:8188', 'http://[::1]:8188'],
  ['http://anna:pw@host:1', 'http://host:1'],
])('reads %j as %s', (typed, url) => {
  expect(parseComfyAddress(typed)).toMatchObject({ ok: true, value: { url } });
});

it.each(['', 'http://', 'ftp://host', 'not an address', 'http://host:99999'])(
  'refuses %j',
  (typed) => {
    expect(parseComfyAddress(typed)).toMatchObject({ error: { code: 'comfy/invalid-address' } });
  },
);

it('hides credentials also in an address that it refuses', () => {
  expect(JSON.stringify(parseComfyAddress('ftp://anna:pw@host'))).not.toContain('pw');
});

it('keeps the path and the security of an address for the live connection', () => {
  const address = parseComfyAddress('https://render.box/comfy');
  expect(address.ok && socketUrl(address.value, 'a b')).toBe(
    'wss://render.box/comfy/ws?clientId=a%20b',
  );
});
