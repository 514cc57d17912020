import { describe, expect, it } from 'vitest';
import { recordedFrames, recording } from '../../../../tests/fakes/comfy/recorded-comfy.ts';
import type { ComfyEvent } from '../../../ports/comfy.ts';
import { createFrameDecoder } from './create-frame-decoder.ts';

function decodeLog(name: string): readonly ComfyEvent[] {
  const decoder = createFrameDecoder();
  return recordedFrames(recording(name)).flatMap((frame) => {
    const decoded = decoder.text(frame);
    if (!decoded.ok) throw new Error(decoded.error);
    return decoded.value;
  });
}

function words(events: readonly ComfyEvent[]): readonly string[] {
  return events.map((event) => ('nodeId' in event ? `${event.kind} ${event.nodeId}` : event.kind));
}

describe('createFrameDecoder', () => {
  it('tells a whole recorded run once per node, and its end last', () => {
    const events = decodeLog('client-run-success.jsonl');
    const told = words(events).filter((word) => word !== 'queue-changed');
    expect(told.slice(0, 4)).toEqual(['started', 'cached', 'node-started 4', 'node-finished 4']);
    expect(told.at(-1)).toBe('ended');
    expect(told.filter((word) => word === 'ended')).toHaveLength(1);
    const finished = told.filter((word) => word.startsWith('node-finished'));
    expect(new Set(finished).size).toBe(finished.length);
    expect(finished).toHaveLength(8);
  });

  it('reads files from the events of output nodes, also when they come from the cache', () => {
    const events = decodeLog('client-cached.jsonl');
    const files = events.flatMap((event) => (event.kind === 'node-output' ? event.files : []));
    expect(files.map(({ filename, folder, group }) => [filename, folder, group])).toEqual([
      ['ComfyUI_temp_qgjan_00001_.png', 'temp', 'images'],
      ['basic_00001_.png', 'output', 'images'],
    ]);
    expect(words(events).some((word) => word.startsWith('node-started'))).toBe(false);
  });

  it('shows nodes made while running as the node that made them', () => {
    const started = words(decodeLog('client-expansion.jsonl')).filter((word) =>
      word.startsWith('node-started'),
    );
    expect(new Set(started)).toEqual(
      new Set(['node-started 1', 'node-started 2', 'node-started 3']),
    );
  });

  it('tells why a node was left out, and that the run goes on', () => {
    const events = decodeLog('client-blocked.jsonl');
    const told = words(events);
    expect(told).not.toContain('failed');
    expect(told.at(-1)).toBe('ended');
    expect(events.filter(({ kind }) => kind === 'blocked')).toEqual([
      expect.objectContaining({ nodeId: '3', reason: 'no face found' }),
    ]);
  });

  it('tells a failure without the traceback', () => {
    const failed = decodeLog('client-error.jsonl').find((event) => event.kind === 'failed');
    expect(failed).toMatchObject({
      failure: { nodeId: '4', classType: 'CheckpointLoaderSimple', exceptionType: 'RuntimeError' },
    });
    expect(JSON.stringify(failed)).not.toContain('Traceback');
    expect(JSON.stringify(failed)).not.toContain('execution.py');
  });

  it('tells a step once although the server tells it twice', () => {
    const decoder = createFrameDecoder();
    const state = { value: 2, max: 4, state: 'running', display_node_id: '3' };
    const both = [
      { type: 'progress_state', data: { prompt_id: 'p', nodes: { 3: state } } },
      { type: 'progress', data: { prompt_id: 'p', node: '3', value: 2, max: 4 } },
    ].map((message) => decoder.text(JSON.stringify(message)));
    expect(both).toEqual([
      { ok: true, value: [{ kind: 'step', promptId: 'p', nodeId: '3', value: 2, max: 4 }] },
      { ok: true, value: [] },
    ]);
  });

  it('ignores what it does not know and what has no run', () => {
    const decoder = createFrameDecoder();
    for (const text of [
      '{"type":"crystools.monitor","data":{"cpu":3}}',
      '{"type":"feature_flags","data":{"max_upload_size":1}}',
      '{"type":"executing","data":{"node":"3"}}',
      '{"type":"execution_success","data":{"prompt_id":"p"}}',
    ]) {
      expect(decoder.text(text)).toEqual({ ok: true, value: [] });
    }
  });

  it.each(['', '{"type":', '[]', '{"data":{}}', '<html>'])('refuses %j with a reason', (text) => {
    expect(createFrameDecoder().text(text).ok).toBe(false);
  });
});
