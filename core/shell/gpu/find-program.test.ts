import { expect, it } from 'vitest';
import { findProgram } from './find-program.ts';

it('finds the tool of the driver on Windows before one on the search path', () => {
  const there = new Set(['C:\\Windows\\System32\\nvidia-smi.exe', 'D:\\tools\\nvidia-smi.exe']);
  const places = {
    platform: 'win32',
    environment: { SystemRoot: 'C:\\Windows', Path: 'D:\\tools' },
    exists: (path: string) => there.has(path),
  } as const;
  expect(findProgram('nvidia-smi', places)).toBe('C:\\Windows\\System32\\nvidia-smi.exe');
  there.delete('C:\\Windows\\System32\\nvidia-smi.exe');
  expect(findProgram('nvidia-smi', places)).toBe('D:\\tools\\nvidia-smi.exe');
  there.clear();
  expect(findProgram('nvidia-smi', places)).toBeUndefined();
});

it('never takes a file from the folder that it was started in', () => {
  const asked: string[] = [];
  const exists = (path: string): boolean => asked.push(path) < 0;
  findProgram('nvidia-smi', { platform: 'linux', environment: { PATH: '.:bin::/opt/x' }, exists });
  expect(asked).toContain('/opt/x/nvidia-smi');
  expect(asked.filter((path) => !path.startsWith('/'))).toEqual([]);
});
