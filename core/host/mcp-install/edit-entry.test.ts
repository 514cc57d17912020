import { describe, expect, it } from 'vitest';
import { putEntry, removeEntry } from './edit-entry.ts';

const path = { group: 'mcpServers', name: 'second-unit' };
const entry = { command: 'node', args: ['bridge.js'] };

function put(text: string): string {
  const edited = putEntry(text, path, entry);
  if (!edited.ok) throw new Error(edited.error.what);
  return edited.value;
}

function without(text: string): string {
  const edited = removeEntry(text, path);
  if (!edited.ok) throw new Error(edited.error.what);
  return edited.value;
}

const others: readonly (readonly [string, string])[] = [
  [
    'two spaces',
    '{\n  "mcpServers": {\n    "git": { "command": "git-mcp" }\n  },\n  "theme": "dark"\n}\n',
  ],
  ['tabs and CRLF', '{\r\n\t"mcpServers": {\r\n\t\t"git": {"command":"x"}\r\n\t}\r\n}'],
  ['one line', '{"a":1,"mcpServers":{"git":{"command":"x"}}}'],
  ['comments', '{\n  // mine\n  "mcpServers": {\n    /* keep */ "git": {} // here\n  }\n}\n'],
  ['odd numbers and escapes', '{"mcpServers":{"git":{"n":12345678901234567890,"s":"\\u00e9\\n"}}}'],
];

describe('putEntry', () => {
  it.each(others)('keeps every byte of the rest: %s', (_what, text) => {
    const edited = put(text);
    expect(edited).toContain('"second-unit"');
    expect(without(edited)).toBe(text);
  });

  it('is JSON that says what was asked', () => {
    const edited = JSON.parse(put(others[0]![1])) as Record<string, unknown>;
    expect(edited).toEqual({
      mcpServers: { git: { command: 'git-mcp' }, 'second-unit': entry },
      theme: 'dark',
    });
  });

  it.each([
    ['nothing', ''],
    ['an empty object', '{}'],
    ['an empty group', '{ "mcpServers": {} }'],
    ['no such group', '{ "theme": "dark" }'],
    ['a trailing comma', '{ "mcpServers": { "git": {}, } }'],
    ['a byte order mark', '\uFEFF{"mcpServers": {"git": {}}}'],
  ])('works on %s', (_what, text) => {
    const edited = put(text).replace('\uFEFF', '').replaceAll(/,\s*}/g, '}');
    expect(JSON.parse(edited)).toMatchObject({ mcpServers: { 'second-unit': entry } });
  });

  it('replaces its own entry and nothing else', () => {
    const text = '{"mcpServers":{"second-unit":{"command":"old"},"git":{"command":"x"}}}';
    expect(JSON.parse(put(text))).toEqual({
      mcpServers: { 'second-unit': entry, git: { command: 'x' } },
    });
  });

  it.each([
    ['half a file', '{"mcpServers": {', 1],
    ['a missing comma', '{\n "a": 1\n "b": 2\n}', 3],
    ['a list', '[1]', 1],
    ['a group that is a text', '{"mcpServers": "no"}', 1],
    ['something after the end', '{} x', 1],
  ])('refuses %s and names the line', (_what, text, line) => {
    expect(putEntry(text, path, entry)).toMatchObject({ ok: false, error: { line } });
  });
});

describe('removeEntry', () => {
  it.each([
    ['first', '{"mcpServers":{"second-unit":{},"git":{}}}', '{"mcpServers":{"git":{}}}'],
    ['last', '{"mcpServers":{"git":{}, "second-unit":{}}}', '{"mcpServers":{"git":{}}}'],
    ['only', '{"mcpServers":{ "second-unit":{} }}', '{"mcpServers":{}}'],
    ['absent', '{"mcpServers":{"git":{}}}', '{"mcpServers":{"git":{}}}'],
  ])('takes out the %s entry', (_where, text, expected) => {
    expect(without(text)).toBe(expected);
  });
});
