import { describe, expect, it } from 'vitest';
import { decodePreview } from './decode-preview.ts';

function frame(type: number, second: number, rest: Uint8Array | string): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(type, 0);
  head.writeUInt32BE(second, 4);
  return new Uint8Array(Buffer.concat([head, Buffer.from(rest as string)]));
}

describe('decodePreview', () => {
  it.each([
    [1, 'image/jpeg'],
    [2, 'image/png'],
  ])('reads an old preview of format %i as %s, without a run', (format, mediaType) => {
    expect(decodePreview(frame(1, format, 'abc'))).toEqual({
      ok: true,
      value: { kind: 'preview', mediaType, bytes: new Uint8Array(Buffer.from('abc')) },
    });
  });

  it('reads whose preview it is when the server says so', () => {
    const about = JSON.stringify({
      node_id: '2.0.0.1',
      prompt_id: 'p',
      display_node_id: '2',
      image_type: 'image/png',
    });
    expect(decodePreview(frame(4, about.length, `${about}abc`))).toMatchObject({
      ok: true,
      value: { promptId: 'p', nodeId: '2', mediaType: 'image/png' },
    });
  });

  it('says nothing about status texts, unknown types and empty pictures', () => {
    expect(decodePreview(frame(3, 1, '2hello'))).toEqual({ ok: true, value: undefined });
    expect(decodePreview(frame(99, 1, 'x'))).toEqual({ ok: true, value: undefined });
    expect(decodePreview(frame(1, 1, ''))).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ['shorter than its head', new Uint8Array([0, 0, 0, 1])],
    ['cut inside its description', frame(4, 400, '{"node_id"')],
    ['with a damaged description', frame(4, 4, '{{{{abc')],
    ['empty', new Uint8Array()],
  ])('refuses a frame that is %s', (_, bytes) => {
    expect(decodePreview(bytes).ok).toBe(false);
  });

  it('does not hold on to the buffer of the socket', () => {
    const bytes = frame(1, 1, 'abc');
    const decoded = decodePreview(bytes);
    bytes.fill(0);
    expect(decoded.ok && decoded.value?.bytes).toEqual(new Uint8Array(Buffer.from('abc')));
  });
});
