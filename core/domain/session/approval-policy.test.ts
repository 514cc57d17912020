import { expect, it } from 'vitest';
import { type ApprovalRequest, decideApproval } from './approval-policy.ts';

const artist = { role: 'artist', name: 'artist' } as const;
const agent = { role: 'agent', name: 'Claude Desktop' } as const;
const relaxed = { releaseRuns: 'artist-asked' } as const;
const strict = { releaseRuns: 'ask' } as const;

it.each<[string, ApprovalRequest, ReturnType<typeof decideApproval>]>([
  ['looking', { effect: 'observe', author: agent, isLiteral: false, settings: strict }, 'allow'],
  [
    'an edit by the artist',
    { effect: 'propose', author: artist, isLiteral: true, settings: relaxed },
    'review',
  ],
  [
    'an edit by an agent',
    { effect: 'propose', author: agent, isLiteral: true, settings: relaxed },
    'review',
  ],
  [
    'a run that the artist asked for in words',
    { effect: 'execute', author: artist, isLiteral: true, settings: relaxed },
    'allow',
  ],
  [
    'the same when the artist wants to be asked',
    { effect: 'execute', author: artist, isLiteral: true, settings: strict },
    'ask',
  ],
  [
    'a run that a model decided on',
    { effect: 'execute', author: artist, isLiteral: false, settings: relaxed },
    'ask',
  ],
  [
    'a run by an agent',
    { effect: 'execute', author: agent, isLiteral: true, settings: relaxed },
    'ask',
  ],
  [
    'settings changed by an agent',
    { effect: 'configure', author: agent, isLiteral: true, settings: relaxed },
    'deny',
  ],
])('decides about %s', (_what, request, expected) => {
  expect(decideApproval(request)).toBe(expected);
});
