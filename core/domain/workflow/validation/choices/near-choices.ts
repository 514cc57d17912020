import type { JsonValue } from '../../../../base/json.ts';
import { nearestNames } from '../../nearest-name.ts';

/** Choices that are like a value which is none of them. */
export interface NearChoices {
  /** The very same thing under another spelling: case, `\` for `/`, another folder. */
  readonly same?: string;
  /** The nearest names, best first; only the same thing, where there is one. */
  readonly near: readonly string[];
}

/**
 * Finds what was meant. Windows and Linux servers write folders differently, only one of them minds case, and files are
 * kept in subfolders here and there; a file of that name in one other place counts as the same file.
 */
export function nearChoices(wanted: string, choices: readonly JsonValue[]): NearChoices {
  const names = choices.filter((choice) => typeof choice === 'string');
  const samePath = names.find((name) => plainPath(name) === plainPath(wanted));
  const elsewhere = names.filter((name) => isFile(name) && baseName(name) === baseName(wanted));
  const same = samePath ?? (elsewhere.length === 1 ? elsewhere[0] : undefined);
  if (same !== undefined) return { same, near: [same] };
  return { near: elsewhere.length > 1 ? elsewhere.slice(0, 3) : nearestNames(wanted, names) };
}

function plainPath(name: string): string {
  return name.replaceAll('\\', '/').toLowerCase();
}

function baseName(name: string): string {
  const path = plainPath(name);
  return path.slice(path.lastIndexOf('/') + 1);
}

function isFile(name: string): boolean {
  return /\.\w{2,11}$/.test(name);
}
