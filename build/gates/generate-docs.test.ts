import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { errorData } from '../../core/contract/errors.ts';
import { tools } from '../../core/tools/registry.ts';

const folder = mkdtempSync(join(tmpdir(), 'second-unit-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('generate-docs', () => {
  it('writes both pages, finds them current, and turns red when one was edited', async () => {
    expect(await generate('--check')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/tools\.md, errors\.md/),
    });
    expect(await generate()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/2 of 2 pages written/),
    });
    expect(await generate('--check')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/2 pages are current/),
    });

    const toolsPage = readFileSync(join(folder, 'tools.md'), 'utf8');
    for (const tool of tools) expect(toolsPage).toContain(`## ${tool.name}\n`);
    const errorsPage = readFileSync(join(folder, 'errors.md'), 'utf8');
    for (const code of Object.keys(errorData)) expect(errorsPage).toContain(`## \`${code}\`\n`);

    appendFileSync(join(folder, 'errors.md'), 'edited by hand\n');
    expect(await generate('--check')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Not current: errors\.md\./),
    });
  });
});

async function generate(...flags: readonly string[]) {
  const script = join(import.meta.dirname, 'generate-docs.ts');
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const args = [script, '--out-dir', folder, ...flags];
    execFile(process.execPath, args, (failure, out, err) =>
      resolve({ code: failure === null ? 0 : Number(failure.code), out, err }),
    );
  });
}
