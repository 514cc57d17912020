import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodePngChunk, pngChunks } from './png-chunks.ts';
import { readPictureMetadata } from './read-picture-metadata.ts';
import { insertPngText } from './write-png-text.ts';
import { sharedFolder as shared } from '../../../../tests/fixtures/shared-folder.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const join = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const EMPTY_PNG = join(
  SIGNATURE,
  encodePngChunk('IHDR', new Uint8Array(13)),
  encodePngChunk('IEND', new Uint8Array()),
);
const pngWith = (type: string, data: Uint8Array): Uint8Array =>
  join(EMPTY_PNG.subarray(0, 33), encodePngChunk(type, data), EMPTY_PNG.subarray(33));

describe('insertPngText', () => {
  it('writes chunks that are read back, with characters beyond ASCII as JSON escapes', () => {
    const bytes = insertPngText(EMPTY_PNG, [
      ['prompt', '{"text":"Zoë 🎬"}'],
      ['workflow', '{}'],
    ]);
    expect(readPictureMetadata(bytes)).toEqual({
      prompt: '{"text":"Zo\\u00eb \\ud83c\\udfac"}',
      workflow: '{}',
    });
    expect(pngChunks(bytes).map((chunk) => chunk.type)).toEqual(['IHDR', 'tEXt', 'tEXt', 'IEND']);
  });

  it('writes the checksum of the PNG specification', () => {
    // The checksum of an empty IEND chunk, as it ends every PNG there is.
    expect([...encodePngChunk('IEND', new Uint8Array()).subarray(8)]).toEqual([
      0xae, 0x42, 0x60, 0x82,
    ]);
  });

  it('leaves bytes alone that are no PNG', () => {
    const bytes = ascii('GIF89a');
    expect(insertPngText(bytes, [['prompt', '{}']])).toBe(bytes);
  });
});

describe('readPictureMetadata of a PNG', () => {
  it('reads tEXt as UTF-8 where it is, else as Latin-1', () => {
    const utf8 = pngWith('tEXt', ascii('prompt\0"é"'));
    expect(readPictureMetadata(utf8)?.prompt).toBe('"é"');
    const latin1 = pngWith('tEXt', join(ascii('prompt\0'), Uint8Array.of(0x22, 0xe9, 0x22)));
    expect(readPictureMetadata(latin1)?.prompt).toBe('"é"');
  });

  it('reads uncompressed iTXt and passes over compressed ones', () => {
    const plain = pngWith('iTXt', ascii('workflow\0\0\0en\0Workflow\0{"nodes":[]}'));
    expect(readPictureMetadata(plain)).toEqual({ workflow: '{"nodes":[]}' });
    const compressed = pngWith('iTXt', ascii('workflow\0\x01\0\0\0xyz'));
    expect(readPictureMetadata(compressed)).toBeUndefined();
    expect(readPictureMetadata(pngWith('zTXt', ascii('prompt\0\0xyz')))).toBeUndefined();
  });

  it('gives nothing for a picture without metadata, a broken one and other files', () => {
    expect(readPictureMetadata(EMPTY_PNG)).toBeUndefined();
    const text = pngWith('tEXt', ascii('prompt\0{}'));
    expect(readPictureMetadata(text.subarray(0, 50))).toBeUndefined();
    expect(readPictureMetadata(new Uint8Array())).toBeUndefined();
    expect(readPictureMetadata(ascii('hello there, this is no picture'))).toBeUndefined();
  });

  it.skipIf(shared === undefined)(
    'reads what a real ComfyUI wrote (needs SECOND_UNIT_SHARED)',
    () => {
      const folder = `${shared ?? ''}/comfyui-recordings`;
      const bytes = readFileSync(`${folder}/http/d01-view-output-png.resp.body.png`);
      const found = readPictureMetadata(bytes);
      expect(JSON.parse(found?.prompt ?? '')).toBeTypeOf('object');
      expect(JSON.parse(found?.workflow ?? '')).toHaveProperty('nodes');
    },
  );
});

describe('readPictureMetadata of a WebP', () => {
  const webp = (little: boolean, marker: boolean): Uint8Array => {
    const texts: readonly (readonly [number, string])[] = [
      [0x010f, 'workflow:{"nodes":[]}\0'],
      [0x0110, 'prompt:{"1":{"class_type":"é"}}\0'],
    ];
    const values = texts.map(([, text]) => ascii(text));
    const tiff = new Uint8Array(8 + 2 + texts.length * 12 + 4);
    const view = new DataView(tiff.buffer);
    tiff.set(ascii(little ? 'II' : 'MM'));
    view.setUint16(2, 42, little);
    view.setUint32(4, 8, little);
    view.setUint16(8, texts.length, little);
    let offset = tiff.length;
    texts.forEach(([tag], index) => {
      const entry = 10 + index * 12;
      view.setUint16(entry, tag, little);
      view.setUint16(entry + 2, 2, little);
      view.setUint32(entry + 4, values[index]!.length, little);
      view.setUint32(entry + 8, offset, little);
      offset += values[index]!.length;
    });
    const exif = join(marker ? ascii('Exif\0\0') : new Uint8Array(), tiff, ...values);
    const chunk = (type: string, data: Uint8Array): Uint8Array => {
      const size = new Uint8Array(4);
      new DataView(size.buffer).setUint32(0, data.length, true);
      return join(ascii(type), size, data, new Uint8Array(data.length % 2));
    };
    const body = join(ascii('WEBP'), chunk('VP8 ', Uint8Array.of(1, 2, 3)), chunk('EXIF', exif));
    return join(ascii('RIFF'), new Uint8Array(4), body);
  };

  it.each([
    [true, false],
    [false, false],
    [true, true],
  ])('reads both texts (little endian: %s, with marker: %s)', (little, marker) => {
    expect(readPictureMetadata(webp(little, marker))).toEqual({
      workflow: '{"nodes":[]}',
      prompt: '{"1":{"class_type":"é"}}',
    });
  });
});
