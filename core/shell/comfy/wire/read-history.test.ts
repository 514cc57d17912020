import { describe, expect, it } from 'vitest';
import { recording } from '../../../../tests/fakes/comfy/recorded-comfy.ts';
import { parseExactJson } from '../../../base/exact-json.ts';
import type { HistoryEntry } from '../../../ports/comfy.ts';
import { readHistory } from './read-history.ts';

function read(name: string): HistoryEntry {
  const parsed = parseExactJson(recording(name));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const [promptId = ''] = Object.keys(parsed.value as object);
  const entry = readHistory(parsed.value, promptId);
  if (entry === undefined) throw new Error('no entry');
  return entry;
}

describe('readHistory', () => {
  it('reads every group of files, animations and texts', () => {
    const entry = read('client-c12-history.json');
    expect(entry.ending).toBe('succeeded');
    expect(
      entry.files.map(({ nodeId, group, folder, isAnimated }) => [
        nodeId,
        group,
        folder,
        isAnimated,
      ]),
    ).toEqual([
      ['2', 'images', 'output', false],
      ['2', 'images', 'output', false],
      ['2', 'images', 'output', false],
      ['3', 'images', 'output', true],
      ['7', 'images', 'temp', false],
      ['9', 'latents', 'output', false],
      ['11', 'images', 'temp', false],
    ]);
    expect(entry.texts).toEqual([{ nodeId: '4', text: '1234567' }]);
    expect(entry.startedAt).toBe(1795199084677);
    expect(entry.endedAt).toBe(1795199084756);
  });

  it('tells an interrupted run from a failed one, which the server calls by the same name', () => {
    expect(read('client-c06-history-interrupted.json')).toMatchObject({ ending: 'interrupted' });
    const failed = read('client-c05-history-error.json');
    expect(failed).toMatchObject({ ending: 'failed', failure: { nodeId: '4' } });
    expect(JSON.stringify(failed)).not.toContain('traceback');
  });

  it('knows which nodes came from the cache', () => {
    expect(read('client-c03-history-cached.json').cachedNodes).toHaveLength(8);
  });

  it('shows outputs of nodes made while running under the node that made them', () => {
    const entry = read('client-x-x12-subgraph-expansion-history.json');
    for (const { nodeId } of entry.files) expect(nodeId).not.toContain('.');
  });

  it('takes an entry of an old server without a status for a success', () => {
    const outputs = { 9: { gifs: [{ filename: 'a.mp4', subfolder: '', type: 'output' }] } };
    expect(readHistory({ p: { outputs, status: null } }, 'p')).toMatchObject({
      ending: 'succeeded',
      files: [{ group: 'gifs', isAnimated: true }],
    });
  });

  it.each([[{}], [null], [[]], [{ p: 3 }], [{ other: {} }]])('finds nothing in %j', (answer) => {
    expect(readHistory(answer, 'p')).toBeUndefined();
  });
});
