import { type Result, err, ok } from '../../base/result.ts';
import { type JsonMember, type JsonSpan, type JsonTextError, readJsonText } from './json-text.ts';

/** Where an entry stands: the member of the root that holds all entries, and its own name in there. */
export interface EntryPath {
  readonly group: string;
  readonly name: string;
}

/**
 * Puts an entry into a JSON text, or replaces it. Everything else keeps every byte: comments, order, spaces
 * and line ends. An empty text becomes a new object.
 */
export function putEntry(
  text: string,
  { group, name }: EntryPath,
  entry: Readonly<Record<string, unknown>>,
): Result<string, JsonTextError> {
  if (text.replace('\uFEFF', '').trim() === '') {
    return ok(`${JSON.stringify({ [group]: { [name]: entry } }, null, 2)}\n`);
  }
  const root = readJsonText(text);
  if (!root.ok) return root;
  if (root.value.members === undefined) return err(notAnObject(text, root.value));
  const style = styleOf(text);
  const held = last(root.value.members, group);
  if (held === undefined) {
    return ok(insert(text, root.value, group, { [name]: entry }, 1, style));
  }
  if (held.value.members === undefined) return err(notAnObject(text, held.value));
  const old = last(held.value.members, name);
  if (old === undefined) return ok(insert(text, held.value, name, entry, 2, style));
  return ok(splice(text, old.value.start, old.value.end, format(entry, 2, style)));
}

/** Takes an entry out again; the text as it was when it is not there. */
export function removeEntry(
  text: string,
  { group, name }: EntryPath,
): Result<string, JsonTextError> {
  if (text.trim() === '') return ok(text);
  const root = readJsonText(text);
  if (!root.ok) return root;
  const held = last(root.value.members ?? [], group);
  const members = held?.value.members ?? [];
  const index = members.findLastIndex(({ key }) => key === name);
  const member = members[index];
  if (member === undefined) return ok(text);
  const next = members[index + 1];
  const previous = members[index - 1];
  if (next !== undefined) return ok(splice(text, member.start, next.start, ''));
  if (previous !== undefined) return ok(splice(text, previous.value.end, member.value.end, ''));
  const { start, end } = held?.value ?? member.value;
  return ok(splice(text, start, end, '{}'));
}

interface Style {
  readonly indent: string;
  readonly newline: string;
}

function styleOf(text: string): Style {
  return {
    indent: /\n([ \t]+)"/.exec(text)?.[1] ?? '  ',
    newline: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** Adds a member at the end of an object. */
function insert(
  text: string,
  object: JsonSpan,
  key: string,
  value: unknown,
  depth: number,
  style: Style,
): string {
  const { indent, newline } = style;
  const line = `${newline}${indent.repeat(depth)}${JSON.stringify(key)}: ${format(value, depth, style)}`;
  const end = object.members?.at(-1)?.value.end;
  if (end === undefined) {
    const close = `${newline}${indent.repeat(depth - 1)}`;
    return splice(text, object.start + 1, object.end - 1, `${line}${close}`);
  }
  // A comma after the last member stays where it is and serves the new one.
  const comma = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*,/.exec(text.slice(end, object.end));
  const after = comma === null ? end : end + comma[0].length;
  return splice(text, after, after, comma === null ? `,${line}` : line);
}

function format(value: unknown, depth: number, { indent, newline }: Style): string {
  return JSON.stringify(value, null, indent).replaceAll('\n', `${newline}${indent.repeat(depth)}`);
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The member that counts where a key was typed twice. */
function last(members: readonly JsonMember[], key: string): JsonMember | undefined {
  return members.findLast((member) => member.key === key);
}

function notAnObject(text: string, span: JsonSpan): JsonTextError {
  const line = text.slice(0, span.start).split('\n').length;
  return { line, what: '"{" is expected' };
}
