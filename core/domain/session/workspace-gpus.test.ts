import { expect, it } from 'vitest';
import type { SystemStats } from '../../contract/machine/machine.schema.ts';
import { emptyWorkspace, workspaceReducer } from './workspace-reducer.ts';

const stats: SystemStats = {
  os: 'linux',
  comfyVersion: '0.3.64',
  pythonVersion: '3.11',
  torchVersion: '2',
  ramTotal: 1,
  ramFree: 1,
  devices: [],
  arguments: [],
};

it('shows the measured cards, and none once they are no longer measured or the server is gone', () => {
  const gpus = [{ uuid: 'GPU-a', name: 'RTX', isSplit: false, utilisation: 98 }];
  const measured = workspaceReducer(emptyWorkspace, { type: 'machine/measured', stats, gpus });
  expect(measured.gpus).toEqual(gpus);
  expect(workspaceReducer(measured, { type: 'machine/measured', stats }).gpus).toBeUndefined();
  const connection = { status: 'offline', isPractice: false, missing: [] } as const;
  expect(
    workspaceReducer(measured, { type: 'connection/changed', connection }).gpus,
  ).toBeUndefined();
});

it('says why there are no measured cards, until there are some again', () => {
  const gpuTrouble = 'hangs' as const;
  const troubled = workspaceReducer(emptyWorkspace, {
    type: 'machine/measured',
    stats,
    gpuTrouble,
  });
  expect(troubled.gpuTrouble).toBe('hangs');
  const gpus = [{ uuid: 'GPU-a', name: 'RTX', isSplit: false }];
  const measured = { type: 'machine/measured', stats, gpus, comfyGpu: 'GPU-a' } as const;
  const next = workspaceReducer(troubled, measured);
  expect(next.gpuTrouble).toBeUndefined();
  expect(next.comfyGpu).toBe('GPU-a');
});

it('keeps the hardware while the same server comes and goes, and forgets it with another one', () => {
  const hardware = { source: 'comfyui', os: 'Linux', ramTotal: 1, gpus: [] } as const;
  const here = { status: 'ready', url: 'http://a:8188', isPractice: false, missing: [] } as const;
  const ready = workspaceReducer(emptyWorkspace, { type: 'connection/changed', connection: here });
  const known = workspaceReducer(ready, { type: 'machine/profiled', hardware });
  const lost = { ...here, status: 'offline' } as const;
  const offline = workspaceReducer(known, { type: 'connection/changed', connection: lost });
  expect(offline.hardware).toEqual(hardware);
  const other = { ...here, url: 'http://b:8188' };
  expect(
    workspaceReducer(offline, { type: 'connection/changed', connection: other }).hardware,
  ).toBeUndefined();
});
