import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLog } from './create-log.ts';
import { redactSecrets } from '../../domain/failure/redact-text.ts';
import { redact } from './redact.ts';

it('writes JSON lines at once, with causes but without secrets', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'second-unit-log-'));
  const file = join(folder, 'deep', 'core.log');
  const log = createLog({ file });
  log.info('started', { port: 1, seed: 18446744073709551615n, token: 'abc123' });
  log.warn('odd', { url: 'http://anna:pw@host/?token=abc123' });
  const id = log.unexpected(
    'broke',
    new Error('Authorization: Bearer abc123', { cause: new Error('deep') }),
  );
  const text = await readFile(file, 'utf8');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { event: 'started', port: 1, seed: '18446744073709551615', token: '[hidden]' },
    { event: 'odd', url: 'http://[hidden]@host/?token=[hidden]' },
    { event: 'broke', correlationId: id },
  ]);
  expect(lines[2]?.['cause']).toContain('caused by Error: deep');
  expect(text).not.toContain('abc123');
  expect(text).not.toContain('pw@');
  await rm(folder, { recursive: true });
});

it('hides secrets at any depth and leaves the rest alone', () => {
  expect(redact({ a: [{ apiKey: 'x', steps: 3 }], Authorization: 'y', name: 'tok' })).toEqual({
    a: [{ apiKey: '[hidden]', steps: 3 }],
    Authorization: '[hidden]',
    name: 'tok',
  });
  expect(redactSecrets('http://host/path?q=1 and /view?x#token=abc')).toBe(
    'http://host/path?q=1 and /view?x#token=[hidden]',
  );
});
