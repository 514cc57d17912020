import { describe, expect, it } from 'vitest';
import { isForeignOrigin } from './origin.ts';
import { parseForm } from './multipart.ts';

const type = 'multipart/form-data; boundary=xx';

describe('form bodies', () => {
  it('give fields and files with their exact bytes', () => {
    const body = Buffer.concat([
      Buffer.from('--xx\r\nContent-Disposition: form-data; name="type"\r\n\r\ninput\r\n'),
      Buffer.from(
        '--xx\r\nContent-Disposition: form-data; name="image"; filename="狐.png"\r\n' +
          'Content-Type: image/png\r\n\r\n',
      ),
      Buffer.from([0, 13, 10, 255]),
      Buffer.from('\r\n--xx--\r\n'),
    ]);
    expect(parseForm(type, body)).toEqual([
      { name: 'type', filename: undefined, bytes: Buffer.from('input') },
      { name: 'image', filename: '狐.png', bytes: Buffer.from([0, 13, 10, 255]) },
    ]);
  });

  it('have no fields when they are of another type or cut off', () => {
    expect(parseForm('application/json', Buffer.from('{}'))).toEqual([]);
    expect(parseForm(type, Buffer.from('--xx\r\nContent-Dis'))).toEqual([]);
  });
});

describe('origin rule', () => {
  it.each([
    ['127.0.0.1:8188', undefined, false],
    ['127.0.0.1:8188', 'null', false],
    ['127.0.0.1:8188', 'http://127.0.0.1:8188', false],
    ['127.0.0.1:8188', 'http://127.0.0.1', false],
    ['127.0.0.1:8188', 'http://127.0.0.1:9999', true],
    ['localhost:8188', 'http://evil.example', true],
    ['evil.example', 'http://other.example', false],
  ])('host %s, origin %s: refused %s', (host, origin, refused) => {
    expect(isForeignOrigin(host, origin)).toBe(refused);
  });
});
