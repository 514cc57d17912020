import { describe, expect, it } from 'vitest';
import { toServerRows } from './describe-server.ts';
import { startForm, toFingerprintLines, toServerForm } from './server-form.ts';

const url = 'https://render-box/comfy';
const box = {
  name: 'Render box',
  url,
  signIn: 'basic',
  userName: 'anna',
  headers: ['X-Key'],
} as const;

describe('the list of servers', () => {
  it('has the artist’s own first, says what each is doing, and what is wrong with the silent ones', () => {
    const desk = { name: 'Desk', url: 'http://127.0.0.1:8188' };
    const rows = toServerRows(
      [box, desk],
      {
        servers: [
          { url: 'http://127.0.0.1:8000', version: '', source: 'port', queueLength: 0 },
          {
            ...desk,
            version: '0.3.64',
            gpu: 'cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync',
            queueLength: 2,
            pingMs: 0.4,
            source: 'configured',
          },
        ],
        silent: [
          { name: box.name, url, error: { code: 'comfy/refused', data: { url, status: 401 } } },
        ],
      },
      desk.url,
    );
    expect(
      rows.map(({ name, about, isCurrent, isNamed }) => [name, about, isCurrent, isNamed]),
    ).toEqual([
      ['Render box', 'This ComfyUI wants a sign-in', false, true],
      [
        'Desk',
        'ComfyUI 0.3.64 · NVIDIA GeForce RTX 4090 · 2 in the queue · answers in 1 ms',
        true,
        true,
      ],
      [undefined, 'ComfyUI · nothing in the queue', false, false],
    ]);
  });
});

describe('the form of a server', () => {
  it('leaves saved secrets out, so that they stay as they were', () => {
    const typed = startForm(box, '');
    expect(toServerForm(typed)).toEqual({
      name: 'Render box',
      url,
      signIn: 'basic',
      userName: 'anna',
      headers: [{ name: 'X-Key' }],
    });
    expect(toServerForm({ ...typed, secret: 'new' })).toMatchObject({ secret: 'new' });
    expect(toServerForm({ ...typed, signIn: 'none', secret: 'new' })).not.toHaveProperty('secret');
  });

  it('takes the address as the name when there is none, without its password', () => {
    const typed = {
      ...startForm(undefined, 'http://anna:pw@box:8188'),
      headers: [{ name: ' ', value: '' }],
    };
    expect(toServerForm(typed)).toMatchObject({ name: 'box:8188', headers: [] });
  });

  it('shows a fingerprint in lines that can be read out', () => {
    const lines = toFingerprintLines(Array.from({ length: 32 }, () => 'AB').join(':'));
    expect(lines).toEqual(Array.from({ length: 4 }, () => 'AB AB AB AB AB AB AB AB'));
  });
});
