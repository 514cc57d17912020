import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toExitCode } from '../../core/domain/errors/exit-codes.ts';
import { oneLine } from '../../core/domain/errors/plain-error.ts';
import { apply } from '../../core/host/cli/commands/workflows/apply.ts';
import { convert } from '../../core/host/cli/commands/workflows/convert.ts';
import { diff } from '../../core/host/cli/commands/workflows/diff.ts';
import { validate } from '../../core/host/cli/commands/workflows/validate.ts';
import type { Terminal } from '../../core/host/cli/terminal.ts';
import { createFiles } from '../../core/shell/system/create-files.ts';
import { brokenFiles, writeBrokenFiles } from '../fixtures/broken/write-broken-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'second-unit-broken-'));
const objectInfo = fileURLToPath(new URL('../fixtures/object-info.core.json', import.meta.url));
const program = fileURLToPath(new URL('../../core/host/cli/second-unit.ts', import.meta.url));
const names = brokenFiles().map(([name]) => name);

const whole = fileURLToPath(
  new URL('../../resources/templates/image-adjust.json', import.meta.url),
);
const edits = join(folder, '..', `${basename(folder)}-edits.json`);
type With = Parameters<typeof convert>[2];

/** Broken only in that nothing in them would run. */
const OPENS: ReadonlySet<string> = new Set([
  'no-nodes.json',
  'nodes-are-nulls.json',
  'nodes-are-texts.json',
  'nodes-without-type.json',
  'nodes-without-id.json',
  'only-notes.json',
  'only-muted.json',
  'subgraph-in-itself.json',
  'subgraphs-in-each-other.json',
]);
const REFUSED = { code: 2, said: expect.stringMatching(/✗ No node in this workflow would run/) };

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
      notes.push(oneLine(error));
      return toExitCode(error);
    },
  };
  return { terminal, notes, printed };
}

/** How many times as long as opening a whole workflow and reading the text once a broken file may take. */
const PATIENCE = 50;

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** What a file's text costs the engine's own parser, which may refuse it. */
function parsingOf(path: string): Promise<number> {
  const text = readFileSync(path, 'utf8');
  return timed(() => {
    try {
      JSON.parse(text);
    } catch {
      // Broken, as it should be.
    }
  });
}

describe('files that are no workflow', () => {
  let opening = 0;
  beforeAll(async () => {
    const validateWhole = (): Promise<unknown> =>
      validate(
        [whole],
        { objectInfo },
        { terminal: keptTerminal().terminal, files: createFiles() },
      );
    await validateWhole();
    opening = await timed(validateWhole);
    writeBrokenFiles(folder);
    writeFileSync(edits, JSON.stringify({ ops: [{ op: 'set_title', nodeId: '1', title: 'x' }] }));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(edits, { force: true });
  });

  it('are sixty or more', () => expect(new Set(names).size).toBeGreaterThanOrEqual(60));

  it.each(names)('each command: one clear sentence, exit 2 and nothing else: %s', async (name) => {
    const broken = join(folder, name);
    const files = createFiles();
    const parsing = await parsingOf(broken);
    const run = {
      convert: (with_: With) => convert([broken], { objectInfo }, with_),
      validate: (with_: With) => validate([broken], { objectInfo }, with_),
      'diff from': (with_: With) => diff(broken, whole, { objectInfo }, with_),
      'diff to': (with_: With) => diff(whole, broken, { objectInfo }, with_),
      'apply to': (with_: With) => apply(edits, { workflow: broken, objectInfo }, with_),
      'apply its edits': (with_: With) => apply(broken, { workflow: whole, objectInfo }, with_),
    };
    for (const [command, start] of Object.entries(run)) {
      const { terminal, notes, printed } = keptTerminal();
      let code: number | undefined;
      const took = await timed(async () => {
        code = await start({ terminal, files });
      });
      expect(took / (opening + parsing), command).toBeLessThan(PATIENCE);
      // A few of them open, and only will not run: that is for `convert` and `validate` to say.
      if (OPENS.has(name) && !['convert', 'apply its edits'].includes(command)) {
        if (command === 'validate') expect({ code, said: printed.join() }).toEqual(REFUSED);
        continue;
      }
      expect({ command, code, printed, notes: notes.length }).toEqual({
        command,
        code: 2,
        printed: [],
        notes: 1,
      });
      const [said = ''] = notes;
      const sentence = said.startsWith(broken) ? said.slice(broken.length + 1).trim() : said;
      expect(sentence, command).toMatch(/^\p{Lu}.{10,600}[.!]?$/u);
      expect(sentence, command).not.toMatch(/undefined|\[object|Error:|\p{Cc}/u);
    }
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
