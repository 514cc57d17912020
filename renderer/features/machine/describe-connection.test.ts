import { expect, it } from 'vitest';
import { formatAgo } from '../../ui/format.ts';
import { describeConnection } from './describe-connection.ts';

const HOUR = 3_600_000;

it('says how old the nodes are while the server does not answer, and nothing of it while it does', () => {
  const down = { status: 'error', isPractice: false, missing: [], catalogReadAt: 0 } as const;
  expect(describeConnection(down, 2 * HOUR)).toBe(
    'Not connected at the moment. Changes and checks use its nodes from the last time this server answered, 2 h ago.',
  );
  expect(describeConnection({ status: 'error', isPractice: false, missing: [] }, HOUR)).toBe(
    'Not connected at the moment.',
  );
  expect(describeConnection({ ...down, status: 'ready', url: 'http://a' }, HOUR)).toBe(
    'Connected to ComfyUI at http://a.',
  );
});

it('tells times as people do', () => {
  const ago = [-5, 0.5, 5, 90, 47 * 60, 72 * 60].map((minutes) =>
    formatAgo(1_000_000_000, 1_000_000_000 + minutes * 60_000),
  );
  expect(ago).toEqual(['just now', 'just now', '5 min ago', '1 h ago', '47 h ago', '3 days ago']);
});
