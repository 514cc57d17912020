import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isJsonObject } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';

/** A workflow that ships with the product; title and description come from its `extra.info`. */
export interface TemplateFile {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly text: string;
}

/** Reads every template of a folder, by name; a missing folder has none. */
export async function readTemplates(folder: string): Promise<readonly TemplateFile[]> {
  const entries = await readdir(folder).catch(() => []);
  const files = entries.filter((entry) => entry.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      return { name: basename(file, '.json'), text, ...readInfo(text, basename(file, '.json')) };
    }),
  );
}

function readInfo(text: string, name: string): { title: string; description: string } {
  const parsed = parseExactJson(text);
  const extra = parsed.ok && isJsonObject(parsed.value) ? parsed.value['extra'] : undefined;
  const info = isJsonObject(extra) ? extra['info'] : undefined;
  const field = (key: string): string | undefined => {
    const value = isJsonObject(info) ? info[key] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return { title: field('name') ?? name, description: field('description') ?? '' };
}
