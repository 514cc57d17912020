import { dirname, posix } from 'node:path';

/** A file of the tree; `path` is relative to the root, with forward slashes. */
export interface TreeFile {
  readonly path: string;
  readonly text: string;
}

/** One rule that a file does not keep. */
export interface TreeViolation {
  readonly rule: TreeRule;
  readonly path: string;
  readonly detail: string;
}

export type TreeRule =
  | 'max-lines'
  | 'no-drawer-names'
  | 'tool-has-test'
  | 'no-silenced-tests'
  | 'no-silenced-checks'
  | 'no-unfinished-notes'
  | 'no-build-machine-paths'
  | 'links-resolve';

const MAX_LINES = 400;
const SOURCE = /\.(tsx?|css|cjs|js)$/;
const TEST = /(\.test(-d)?\.tsx?|\.spec\.ts)$/;
const DRAWER = /(^|\/)(utils?|helpers?|common)(\/|\.tsx?$)|(^|\/)index\.tsx?$/;
const SILENCED_TEST = /\b(?:it|test|describe)(?:\.\w+)*\.(?:only|todo|fixme|skip)\b(?!If)/;
const SILENCED_CHECK = /@ts-(?:ignore|nocheck)|eslint-disable(?![^\n]*-- \S)/;
const UNFINISHED = /\b(?:TODO|FIXME|XXX|HACK)\b/;
const BUILD_MACHINE = /(?<![\w.])\/(?:work|root|home\/\w+)\//;
const LINK = /(?<!!)!?\[[^\]]*\]\(([^)\s]+)\)/g;
const FENCE = /^```[\s\S]*?^```/gm;

/** Holds files against the rules of the house that no compiler or linter sees. */
export function checkTree(files: readonly TreeFile[]): readonly TreeViolation[] {
  const known = new Set(files.map((file) => file.path));
  return files.flatMap((file) => [
    ...(SOURCE.test(file.path) ? checkSource(file, known) : []),
    ...(file.path.endsWith('.md') ? checkLinks(file, files) : []),
  ]);
}

function checkSource(file: TreeFile, known: ReadonlySet<string>): readonly TreeViolation[] {
  const { path, text } = file;
  const found: TreeViolation[] = [];
  const lines = text.split('\n');
  const length = text.endsWith('\n') ? lines.length - 1 : lines.length;
  if (length > MAX_LINES && !TEST.test(path))
    found.push({ rule: 'max-lines', path, detail: `${String(length)} lines` });
  if (DRAWER.test(path)) {
    found.push({ rule: 'no-drawer-names', path, detail: 'name it by its subject' });
  }
  if (path.endsWith('.tool.ts') && !known.has(path.replace(/\.ts$/, '.test.ts'))) {
    found.push({ rule: 'tool-has-test', path, detail: 'no test beside it' });
  }
  // The gate and its tests have to spell out what they look for.
  if (/^(build\/gates|tests\/architecture)\//.test(path)) return found;
  const lineRules = [
    ['no-silenced-checks', SILENCED_CHECK],
    ['no-unfinished-notes', UNFINISHED],
    ['no-build-machine-paths', BUILD_MACHINE],
    ...(TEST.test(path) ? [['no-silenced-tests', SILENCED_TEST] as const] : []),
  ] as const;
  for (const [rule, pattern] of lineRules) {
    const at = lines.findIndex((line) => pattern.test(line));
    if (at >= 0) {
      found.push({ rule, path, detail: `line ${String(at + 1)}: ${lines[at]?.trim() ?? ''}` });
    }
  }
  return found;
}

function checkLinks(file: TreeFile, files: readonly TreeFile[]): readonly TreeViolation[] {
  const found: TreeViolation[] = [];
  for (const [, target = ''] of file.text.replace(FENCE, '').matchAll(LINK)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [path = '', anchor] = target.split('#');
    const full = path === '' ? file.path : posix.join(dirname(file.path), path).replace(/\/$/, '');
    const page = files.find((other) => other.path === full);
    const isFolder = files.some((other) => other.path.startsWith(`${full}/`));
    const isThere =
      full === '.' || isFolder || (page !== undefined && hasHeading(page.text, anchor));
    if (!isThere) found.push({ rule: 'links-resolve', path: file.path, detail: target });
  }
  return found;
}

function hasHeading(text: string, anchor: string | undefined): boolean {
  if (anchor === undefined) return true;
  const slugs = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return slugs.includes(anchor);
}
