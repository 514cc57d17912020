import { expect, it } from 'vitest';
import { tools } from './registry.ts';
import { toolTimeoutMs } from './tool-timeout.ts';

const looks = { name: 'get_queue_status', effect: 'observe' } as const;

it('takes the time of the settings before the tool’s own, and that before the usual one', () => {
  expect(toolTimeoutMs(looks)).toBe(120_000);
  expect(toolTimeoutMs({ ...looks, timeoutMs: 5_000 })).toBe(5_000);
  expect(toolTimeoutMs({ ...looks, timeoutMs: 5_000 }, { get_queue_status: 9 })).toBe(9_000);
  expect(toolTimeoutMs(looks, { other: 9 })).toBe(120_000);
});

it('gives every tool that only looks or proposes a limit, and none to what renders', () => {
  const unlimited = tools.filter((tool) => toolTimeoutMs(tool) === undefined);
  expect(unlimited.every(({ effect }) => effect === 'execute' || effect === 'configure')).toBe(
    true,
  );
  expect(unlimited.length).toBeLessThan(tools.length);
  expect(unlimited.map(({ name }) => name)).toContain('execute_with_progress');
});
