import { describe, expect, it } from 'vitest';
import { useComfyBench } from '../../../tests/fakes/comfy/comfy-bench.ts';
import { recordedFrames, recording } from '../../../tests/fakes/comfy/recorded-comfy.ts';

const bench = useComfyBench();
const { told } = bench;

describe('events', () => {
  it('tells a recorded run from start to end', async () => {
    const { server, comfy, events } = bench;
    await comfy.start();
    for (const frame of recordedFrames(recording('client-run-success.jsonl'))) server.send(frame);
    await told('ended');
    const kinds = events.map(({ kind }) => kind);
    expect(kinds.indexOf('started')).toBeLessThan(kinds.indexOf('node-started'));
    expect(kinds.filter((kind) => kind === 'node-output')).toHaveLength(2);
  });

  it('outlives torn and foreign frames, which are logged', async () => {
    const { server, log, comfy } = bench;
    await comfy.start();
    server.send('{"type": "stat');
    server.send(new Uint8Array([0, 0]));
    server.send('{"type": "manager-news", "data": {}}');
    server.send('{"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 7}}}}');
    await new Promise<void>((resolve) => {
      comfy.onEvent((event) => {
        if (event.kind === 'queue-changed' && event.remaining === 7) resolve();
      });
    });
    expect(log.lines.filter(({ event }) => event === 'comfy/frame-ignored')).toHaveLength(2);
    expect(comfy.connection.status).toBe('ready');
  });
});
