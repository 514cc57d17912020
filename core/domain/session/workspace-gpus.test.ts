import { expect, it } from 'vitest';
import type { SystemStats } from '../../contract/machine.schema.ts';
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
