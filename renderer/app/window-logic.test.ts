import { describe, expect, it } from 'vitest';
import { findByTitle } from '../features/commands/find-commands.ts';
import { describeShortcut, matchesShortcut } from '../features/commands/shortcuts.ts';
import { toMemoryUse } from '../features/machine/memory-use.ts';
import { readDroppedFile } from '../features/open/read-dropped-file.ts';
import { findSessions } from '../features/sessions/find-sessions.ts';
import { takePairingToken } from '../transport/pairing-token.ts';
import { contractProtocols, contractUrl } from '../transport/web-socket-transport.ts';
import { formatGigabytes, formatRemaining } from '../ui/format.ts';

const GIB = 1024 ** 3;

describe('the pairing token', () => {
  const storage = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
  };

  it('is taken out of the address and kept for a reload', () => {
    const kept = storage();
    let hidden = 0;
    const hideToken = () => void (hidden += 1);
    expect(takePairingToken({ hash: '#token=a%2Bb', hideToken, storage: kept })).toBe('a+b');
    expect(hidden).toBe(1);
    expect(takePairingToken({ hash: '', hideToken, storage: kept })).toBe('a+b');
    expect(hidden).toBe(1);
  });

  it('is missing when the page was opened without one', () => {
    const page = { hash: '#other', hideToken: () => undefined, storage: storage() };
    expect(takePairingToken(page)).toBeUndefined();
  });

  it.each(['#token=100%', '#token=a%20b'])(
    'is missing when the link was copied wrongly: %s',
    (hash) => {
      const kept = storage();
      expect(takePairingToken({ hash, hideToken: () => undefined, storage: kept })).toBeUndefined();
      expect(kept.getItem('second-unit:token')).toBeNull();
    },
  );

  it('travels as a subprotocol to the server that served the page', () => {
    expect(contractUrl({ protocol: 'http:', host: '127.0.0.1:4177' })).toBe(
      'ws://127.0.0.1:4177/contract',
    );
    expect(contractProtocols('abc')).toEqual(['second-unit', 'token.abc']);
  });
});

describe('keys and commands', () => {
  const press = { key: 'z', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };

  it('tells undo from redo by the shift key', () => {
    expect(matchesShortcut('Mod+Z', press)).toBe(true);
    expect(matchesShortcut('Mod+Shift+Z', press)).toBe(false);
    expect(matchesShortcut('Mod+Shift+Z', { ...press, key: 'Z', shiftKey: true })).toBe(true);
    expect(matchesShortcut('Mod+Z', { ...press, ctrlKey: false })).toBe(false);
  });

  it('prints keys as they are on the keyboard', () => {
    expect(describeShortcut('Mod+Shift+Z', true)).toBe('⌘⇧Z');
    expect(describeShortcut('Mod+K', false)).toBe('Ctrl+K');
  });

  it('finds by words in any order and puts what starts with them first', () => {
    const items = [{ title: 'Cancel the run' }, { title: 'Run again' }, { title: 'Undo' }];
    expect(findByTitle(items, 'run').map((item) => item.title)).toEqual([
      'Run again',
      'Cancel the run',
    ]);
    expect(findByTitle(items, 'the can')).toHaveLength(1);
    expect(findByTitle(items, ' ')).toHaveLength(3);
  });

  it('finds sessions by name or workflow, newest first', () => {
    const base = { createdAt: 0, turnCount: 0 };
    const sessions = [
      { ...base, sessionId: '1', title: 'Castle', updatedAt: 1, workflowName: 'sdxl' },
      { ...base, sessionId: '2', title: 'Fog', updatedAt: 2, workflowName: 'flux castle' },
    ];
    expect(findSessions(sessions, 'castle').map((item) => item.sessionId)).toEqual(['2', '1']);
    expect(findSessions(sessions, 'castle sdxl').map((item) => item.sessionId)).toEqual(['1']);
  });
});

describe('the memory gauge', () => {
  const card = { name: 'RTX 4090', type: 'cuda', vramTotal: 24 * GIB, torchVramFree: 0 };

  it('splits what is used into ComfyUI’s part and the others’', () => {
    const use = toMemoryUse({ ...card, vramFree: 14 * GIB, torchVramTotal: 8 * GIB });
    expect(use).toMatchObject({ used: 10 * GIB, own: 8 * GIB, others: 2 * GIB, level: 'calm' });
  });

  it('warns when little is left, and never shows more than there is', () => {
    expect(toMemoryUse({ ...card, vramFree: GIB, torchVramTotal: 40 * GIB })).toMatchObject({
      own: 23 * GIB,
      others: 0,
      level: 'full',
    });
    expect(toMemoryUse({ ...card, vramTotal: 0, vramFree: 0, torchVramTotal: 0 })).toBeUndefined();
  });
});

describe('numbers as artists read them', () => {
  it('gives times and sizes in fitting units', () => {
    expect(formatRemaining(700)).toBe('almost done');
    expect(formatRemaining(12_400)).toBe('about 12 s left');
    expect(formatGigabytes(12.4 * GIB)).toBe('12.4 GB');
  });
});

describe('opening a file', () => {
  const file = (name: string, bytes: Uint8Array<ArrayBuffer>, size = bytes.length) => ({
    name,
    size,
    text: async () => new TextDecoder().decode(bytes),
    arrayBuffer: async () => bytes.buffer,
  });

  it('reads a workflow as text and a picture as bytes', async () => {
    const text = await readDroppedFile(file('a.json', new TextEncoder().encode('{}')));
    expect(text).toMatchObject({ ok: true, value: { kind: 'text', text: '{}' } });
    const picture = await readDroppedFile(file('a.PNG', Uint8Array.of(137, 80, 78, 71)));
    expect(picture).toMatchObject({ ok: true, value: { kind: 'picture', base64: 'iVBORw==' } });
  });

  it('refuses a huge file before reading it, and says so when one cannot be read', async () => {
    const huge = await readDroppedFile(file('a.json', new Uint8Array(), 2 ** 30));
    expect(huge).toMatchObject({ ok: false, error: { code: 'file/too-large' } });
    const gone = {
      ...file('b.json', new Uint8Array()),
      text: () => Promise.reject(new Error('moved')),
    };
    const unreadable = await readDroppedFile(gone);
    expect(unreadable).toMatchObject({ ok: false, error: { code: 'file/unreadable' } });
  });
});
