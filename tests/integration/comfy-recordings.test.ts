import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../core/base/json.ts';
import { parseExactJson } from '../../core/base/exact-json.ts';
import type { ComfyEvent } from '../../core/ports/comfy.ts';
import { createFrameDecoder } from '../../core/shell/comfy/wire/create-frame-decoder.ts';
import { readHistory } from '../../core/shell/comfy/wire/read-history.ts';
import { sharedFolder as shared } from '../fixtures/shared-folder.ts';

const folder = join(shared ?? '', 'comfyui-recordings');

interface RecordedFrame {
  readonly kind: string;
  readonly text?: string;
  readonly file?: string;
}

function framesOf(name: string): readonly RecordedFrame[] {
  return readFileSync(join(folder, 'ws', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedFrame);
}

function decode(name: string): { readonly events: readonly ComfyEvent[]; readonly frames: number } {
  const decoder = createFrameDecoder();
  let frames = 0;
  const events = framesOf(name).flatMap((frame) => {
    if (frame.kind !== 'text' && frame.kind !== 'binary') return [];
    frames += 1;
    const decoded =
      frame.kind === 'text'
        ? decoder.text(frame.text ?? '')
        : decoder.binary(
            new Uint8Array(
              readFileSync(join(folder, 'ws', (frame.file ?? '').replace(/^ws\//, ''))),
            ),
          );
    if (!decoded.ok) throw new Error(`${name}: ${decoded.error}`);
    return decoded.value;
  });
  return { events, frames };
}

/** Read independently of our own decoder: the ids that `executing` with a null node names. */
function endedIn(name: string): readonly string[] {
  return framesOf(name).flatMap(({ kind, text = '' }) => {
    if (kind !== 'text') return [];
    const { type, data } = JSON.parse(text) as {
      readonly type: string;
      readonly data: { readonly node?: string | null; readonly prompt_id?: string };
    };
    return type === 'executing' && data.node === null ? [data.prompt_id ?? ''] : [];
  });
}

describe.skipIf(shared === undefined)(
  'recordings of a real ComfyUI (set SECOND_UNIT_SHARED to the folder that holds them)',
  () => {
    const logs =
      shared === undefined
        ? []
        : readdirSync(join(folder, 'ws')).filter((name) => name.endsWith('.jsonl'));

    it('every recorded frame decodes and no end of a run is lost', () => {
      let frames = 0;
      let ends = 0;
      for (const name of logs) {
        const decoded = decode(name);
        frames += decoded.frames;
        const ended = decoded.events.flatMap((event) =>
          event.kind === 'ended' ? [event.promptId] : [],
        );
        expect(ended, name).toEqual(endedIn(name));
        ends += ended.length;
      }
      expect(logs).toHaveLength(47);
      expect(frames).toBeGreaterThan(1_000);
      expect(ends).toBeGreaterThan(40);
    });

    it('every log cut at any frame still decodes', () => {
      for (const name of logs) {
        for (const frame of framesOf(name)) {
          if (frame.kind !== 'text') continue;
          const text = frame.text ?? '';
          const decoder = createFrameDecoder();
          const torn = decoder.text(text.slice(0, Math.floor(text.length / 2)));
          expect(torn.ok, name).toBe(false);
        }
      }
    });

    it('previews say whose they are exactly where the server did', () => {
      const previews = (name: string): readonly ComfyEvent[] =>
        decode(name).events.filter(({ kind }) => kind === 'preview');
      const withRun = previews('w04b-t2i-previews-metadata.jsonl');
      expect(withRun).toHaveLength(4);
      for (const preview of withRun) {
        expect(preview).toMatchObject({ nodeId: '3', mediaType: 'image/jpeg' });
        expect(preview).toHaveProperty('promptId');
      }
      const legacy = previews('w04-t2i-previews-legacy.jsonl');
      expect(legacy).toHaveLength(6);
      for (const preview of legacy) expect(preview).not.toHaveProperty('promptId');
      expect(previews('w08-SaveImageWebsocket.jsonl')).toMatchObject([
        { mediaType: 'image/png' },
        { mediaType: 'image/png' },
      ]);
    });

    it('every recorded history entry reads with the ending that its messages tell', () => {
      const endings = new Map<string, number>();
      for (const name of readdirSync(join(folder, 'http'))) {
        if (!/history.*\.resp\.body\.json$/.test(name)) continue;
        const parsed = parseExactJson(readFileSync(join(folder, 'http', name), 'utf8'));
        if (!parsed.ok) throw new Error(name);
        const answer: JsonValue = parsed.value;
        for (const promptId of Object.keys(answer as object)) {
          const entry = readHistory(answer, promptId);
          expect(entry, name).toBeDefined();
          const raw = JSON.stringify(
            (answer as Record<string, { readonly status: { readonly messages: unknown } }>)[
              promptId
            ]?.status.messages,
          );
          const expected = raw.includes('execution_interrupted')
            ? 'interrupted'
            : raw.includes('execution_error')
              ? 'failed'
              : 'succeeded';
          expect(entry?.ending, `${name} ${promptId}`).toBe(expected);
          endings.set(expected, (endings.get(expected) ?? 0) + 1);
        }
      }
      expect([...endings.keys()].sort()).toEqual(['failed', 'interrupted', 'succeeded']);
    });
  },
);
