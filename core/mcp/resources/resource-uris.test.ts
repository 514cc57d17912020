import { describe, expect, it } from 'vitest';
import { errorUri, parseResourceUri, receiptUri, runUri, sessionUri } from './resource-uris.ts';

describe('addresses', () => {
  it.each([
    [sessionUri(undefined), { kind: 'session', sessionId: undefined, part: undefined }],
    [sessionUri('s-1', 'payload'), { kind: 'session', sessionId: 's-1', part: 'payload' }],
    [sessionUri('a b/c', 'run'), { kind: 'session', sessionId: 'a b/c', part: 'run' }],
    [runUri('s-1', 'p-1'), { kind: 'run', sessionId: 's-1', promptId: 'p-1' }],
    [receiptUri('s-1', 'p-1'), { kind: 'receipt', sessionId: 's-1', promptId: 'p-1' }],
    [errorUri(), { kind: 'error', code: undefined }],
    [errorUri('comfy/unreachable'), { kind: 'error', code: 'comfy/unreachable' }],
    [
      'second-unit://nodes/KSampler%20(Efficient)',
      { kind: 'node', classType: 'KSampler (Efficient)' },
    ],
    ['second-unit://outputs/a-1', { kind: 'output', assetId: 'a-1' }],
  ])('takes %s apart', (uri, expected) => {
    expect(parseResourceUri(uri)).toEqual(expected);
  });

  it.each([
    '',
    'file:///etc/passwd',
    'second-unit://',
    'second-unit://sessions',
    'second-unit://sessions/',
    'second-unit://sessions/s/elsewhere',
    'second-unit://sessions/s/workflow/more',
    'second-unit://sessions/../../etc/passwd',
    'second-unit://outputs/a/b',
    'second-unit://sessions/s/runs/p/elsewhere',
    'second-unit://sessions/s/runs/p/receipt/more',
    'second-unit://nodes/',
    'second-unit://nodes/%',
    'http://sessions/current',
  ])('knows that %j is none of ours', (uri) => {
    expect(parseResourceUri(uri)).toBeUndefined();
  });
});
