import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convert } from '../../core/host/cli/commands/convert.ts';
import type { Terminal } from '../../core/host/cli/terminal.ts';
import { createFiles } from '../../core/shell/system/create-files.ts';
import { brokenFiles, writeBrokenFiles } from '../fixtures/broken/write-broken-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'second-unit-broken-'));
const objectInfo = fileURLToPath(new URL('../fixtures/object-info.core.json', import.meta.url));
const program = fileURLToPath(new URL('../../core/host/cli/second-unit.ts', import.meta.url));
const names = brokenFiles().map(([name]) => name);

/** A terminal that keeps what it is told. */
function keptTerminal(): {
  readonly terminal: Terminal;
  readonly notes: string[];
  readonly printed: string[];
} {
  const notes: string[] = [];
  const printed: string[] = [];
  const terminal: Terminal = {
    isInteractive: false,
    print: (line) => void printed.push(line),
    printJson: (value) => void printed.push(JSON.stringify(value)),
    note: (line) => void notes.push(line),
    ask: () => Promise.resolve(''),
    fail: (error) => {
      notes.push(error.code);
      return 2;
    },
  };
  return { terminal, notes, printed };
}

describe('files that are no workflow', () => {
  beforeAll(() => {
    writeBrokenFiles(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are sixty or more', () => expect(new Set(names).size).toBeGreaterThanOrEqual(60));

  it.each(names)('one clear sentence, exit 2 and no payload: %s', async (name) => {
    const { terminal, notes, printed } = keptTerminal();
    const startedAt = performance.now();
    const code = await convert(
      [join(folder, name)],
      { objectInfo },
      { terminal, files: createFiles() },
    );
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(code).toBe(2);
    expect(printed).toEqual([]);
    expect(notes).toHaveLength(1);
    const sentence = (notes[0] ?? '')
      .slice((notes[0] ?? '').indexOf(name) + name.length + 1)
      .trim();
    expect(sentence).toMatch(/^\p{Lu}.{10,400}[.!]?$/u);
    expect(sentence).not.toMatch(/undefined|\[object|Error:|\p{Cc}/u);
  });

  it.each(['deep-objects.json', 'huge-list.json', 'zeros.json'])(
    'the same from the command itself in bounded memory: %s',
    (name) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          '--max-old-space-size=512',
          program,
          'convert',
          join(folder, name),
          '--object-info',
          objectInfo,
        ],
        { encoding: 'utf8', timeout: 20_000 },
      );
      const lines = stderr.split('\n').filter((line) => line.includes(basename(name)));
      expect({ status, stdout, lines: lines.length }).toEqual({ status: 2, stdout: '', lines: 1 });
    },
  );
});
