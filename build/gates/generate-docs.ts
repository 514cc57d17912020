// Writes docs/tools.md and docs/errors.md; with --check it only compares and exits 1 when they are not current.
// --out-dir DIR writes or compares there instead of docs/.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { renderErrorsPage, renderToolsPage } from './render-docs.ts';

const root = join(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    'out-dir': { type: 'string', default: join(root, 'docs') },
  },
});
const folder = values['out-dir'];
const style = await resolveConfig(join(root, 'docs', 'tools.md'));
const pages = { 'tools.md': renderToolsPage(), 'errors.md': renderErrorsPage() };
const outdated: string[] = [];
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(pages)) {
  const path = join(folder, name);
  const wanted = await format(text, { ...style, parser: 'markdown' });
  const present = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (present === wanted) continue;
  outdated.push(name);
  if (!values.check) writeFileSync(path, wanted);
}
const total = Object.keys(pages).length;
if (!values.check) console.log(`${String(outdated.length)} of ${String(total)} pages written`);
else if (outdated.length === 0) console.log(`${String(total)} pages are current`);
else {
  console.error(`Not current: ${outdated.join(', ')}. Run: node build/gates/generate-docs.ts`);
  process.exitCode = 1;
}
