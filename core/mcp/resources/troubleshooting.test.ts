import { expect, it } from 'vitest';
import { errorCodes, listTroubleshooting, troubleshootingPage } from './troubleshooting.ts';

it('has a page for every code, which says what to do, and lists them all', () => {
  const list = listTroubleshooting();
  expect(errorCodes.length).toBeGreaterThan(50);
  for (const code of errorCodes) {
    expect(list).toContain(`\`${code}\``);
    expect(troubleshootingPage(code)).toMatch(/^# .+\n\nCode: [^]*## What to do\n\n- \w/);
  }
});

it.each(['nope', 'constructor', '../errors'])('has no page for %s', (code) => {
  expect(troubleshootingPage(code)).toBeUndefined();
});
