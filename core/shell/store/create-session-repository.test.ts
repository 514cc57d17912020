import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionEnvelope } from '../../contract/actions.ts';
import { createSessionRepository } from './create-session-repository.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-unit-sessions-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function renamed(seq: number, title = `title ${String(seq)} ü`): SessionEnvelope {
  return { seq, at: seq, action: { type: 'session/renamed', title } };
}

const loaded: SessionEnvelope = {
  seq: 1,
  at: 1,
  action: {
    type: 'workflow/loaded',
    name: 'a',
    path: null,
    format: 'api',
    document: { 3: { class_type: 'KSampler', inputs: { seed: 18446744073709551615n } } },
  },
};

const file = (id: string): string => join(folder, `${id}.jsonl`);

describe('createSessionRepository', () => {
  it('reads back what was appended, seeds to the last digit', async () => {
    const repository = createSessionRepository(folder);
    await repository.append('s1', [loaded], true);
    await repository.append('s1', [renamed(2), renamed(3)], false);
    const again = createSessionRepository(folder);
    expect(await again.list()).toEqual(['s1']);
    expect(await again.load('s1')).toEqual({
      ok: true,
      value: { envelopes: [loaded, renamed(2), renamed(3)] },
    });
  });

  it('keeps the order of appends that were not waited for', async () => {
    const repository = createSessionRepository(folder);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        repository.append('s1', [renamed(index + 1)], index % 7 === 0),
      ),
    );
    const stored = await repository.load('s1');
    expect(stored.ok && stored.value.envelopes.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    expect(stored.ok && stored.value.damage).toBeUndefined();
  });

  it('leaves out a torn last line, says so, and appends behind the sound ones', async () => {
    await createSessionRepository(folder).append('s1', [renamed(1), renamed(2)], true);
    await appendFile(file('s1'), '{"seq":3,"at":3,"action":{"type":"session/ren');
    const repository = createSessionRepository(folder);
    const torn = await repository.load('s1');
    expect(torn.ok && torn.value.envelopes).toHaveLength(2);
    expect(torn.ok && torn.value.damage).toContain('The last step could not be read');
    await repository.append('s1', [renamed(3, 'new')], true);
    expect(await createSessionRepository(folder).load('s1')).toEqual({
      ok: true,
      value: { envelopes: [renamed(1), renamed(2), renamed(3, 'new')] },
    });
    expect(await readFile(`${file('s1')}.damaged`, 'utf8')).toContain('session/ren');
    expect(await repository.list()).toEqual(['s1']);
  });

  it('reads a log that was cut at any byte, losing only what stood behind the cut', async () => {
    await createSessionRepository(folder).append('s1', [renamed(1), renamed(2)], true);
    const whole = await readFile(file('s1'));
    const header = whole.indexOf('\n') + 1;
    for (let length = header; length < whole.byteLength; length += 1) {
      await writeFile(file('cut'), whole.subarray(0, length));
      const cut = await createSessionRepository(folder).load('cut');
      expect(cut.ok, `cut at ${String(length)}`).toBe(true);
      const whole1 = cut.ok ? cut.value.envelopes.length : -1;
      expect(whole1).toBeLessThan(2);
    }
  });

  it('stops at a line with a gap in its number', async () => {
    await createSessionRepository(folder).append('s1', [renamed(1)], true);
    await createSessionRepository(folder).append('s1', [renamed(3), renamed(4)], true);
    const stored = await createSessionRepository(folder).load('s1');
    expect(stored.ok && stored.value).toMatchObject({ envelopes: [{ seq: 1 }] });
    expect(stored.ok && stored.value.damage).toContain('The last 2 steps');
  });

  it('does not touch a log of a newer version', async () => {
    const text = '{"kind":"second-unit-session","schemaVersion":99}\n{"future":true}\n';
    await writeFile(file('s1'), text);
    const repository = createSessionRepository(folder);
    const newer = {
      ok: false,
      error: { code: 'session/newer-version', data: { sessionId: 's1', version: 99 } },
    };
    expect(await repository.load('s1')).toEqual(newer);
    expect(await repository.append('s1', [renamed(1)], true)).toEqual(newer);
    expect(await readFile(file('s1'), 'utf8')).toBe(text);
  });

  it('says that a file is no session, and leaves it', async () => {
    await writeFile(file('s1'), 'hello\n');
    expect(await createSessionRepository(folder).load('s1')).toMatchObject({
      error: { code: 'session/damaged' },
    });
    expect(await readFile(file('s1'), 'utf8')).toBe('hello\n');
  });

  it.each(['../s1', 'a/b', 'a\\b', '', '.', '..', 'con', 'a'.repeat(200), 'a\0b'])(
    'knows no session called %j',
    async (id) => {
      const repository = createSessionRepository(folder);
      for (const result of [
        await repository.load(id),
        await repository.append(id, [renamed(1)], true),
        await repository.remove(id),
      ]) {
        expect(result).toMatchObject({ error: { code: 'session/unknown' } });
      }
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('removes a session for good, and lists nothing in a folder that is not there', async () => {
    const repository = createSessionRepository(join(folder, 'later'));
    expect(await repository.list()).toEqual([]);
    await repository.append('s1', [renamed(1)], true);
    await repository.remove('s1');
    expect(await repository.list()).toEqual([]);
    expect(await repository.load('s1')).toMatchObject({ error: { code: 'session/unknown' } });
    await repository.append('s1', [renamed(1)], true);
    expect(await repository.load('s1')).toMatchObject({ ok: true });
  });
});
