import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { ok } from '../../core/base/result.ts';
import { emptyWorkspace } from '../../core/domain/session/workspace-reducer.ts';
import { createManualClock } from '../../tests/fakes/ports/manual-clock.ts';
import type { App } from './create-app.ts';
import { createInitialState } from './app-state.ts';
import { createWorkflowOpener } from './open-workflow.ts';
import { createViewActions } from './view-actions.ts';

const missing = {
  severity: 'error',
  code: 'unknown-class',
  nodeId: '1',
  nodeTitle: 'StudioGrade',
  message: 'The connected ComfyUI has no “StudioGrade” node.',
} as const;
const template = { kind: 'template', name: 'a' } as const;

/** A window whose core finds one thing missing, as soon as it knows the node classes. */
function openWindow(nodeClassCount: number) {
  const store = createStore(() => createInitialState());
  store.setState({ sessionId: 's' });
  const know = (count: number): void => {
    const connection = { ...emptyWorkspace.connection, nodeClassCount: count };
    store.setState({ workspace: { seq: 1, state: { ...emptyWorkspace, connection } } });
  };
  know(nodeClassCount);
  const asked: string[] = [];
  const connection = {
    call: async (method: string) => {
      asked.push(method);
      const knows = (store.getState().workspace?.state.connection.nodeClassCount ?? 0) > 0;
      return ok({ revision: 0, problems: knows ? [missing] : [] });
    },
  } as unknown as App['connection'];
  const view = createViewActions(store, createManualClock());
  const open = createWorkflowOpener({ store, connection }, view);
  const told = (): readonly (string | undefined)[] =>
    store.getState().toasts.map(({ text }) => text);
  return { store, know, asked, open, told };
}

it('says at once what is missing where a ComfyUI is there to tell by', async () => {
  const { open, told, asked } = openWindow(400);
  await open(template);
  expect(told()).toEqual([expect.stringMatching(/^Opened\. .*StudioGrade/)]);
  expect(asked).toEqual(['workflow/open']);
});

it('says it once ComfyUI is there, of what was opened last, and not again', async () => {
  const { open, told, know, asked } = openWindow(0);
  await open(template);
  await open(template);
  expect(told()).toEqual([]);
  know(400);
  await expect.poll(told).toEqual([expect.stringMatching(/^ComfyUI is here now\. .*StudioGrade/)]);
  know(401);
  expect(asked).toEqual(['workflow/open', 'workflow/open', 'workflow/validate']);
});

it('opens what was dropped before there was a session, once there is one', async () => {
  const { open, store, asked } = openWindow(400);
  store.setState({ sessionId: null });
  const opening = open(template);
  await Promise.resolve();
  expect(asked).toEqual([]);
  store.setState({ sessionId: 's' });
  expect(await opening).toBe(true);
  expect(asked).toEqual(['workflow/open']);
});

it('says nothing of a session that is not shown any more', async () => {
  const { open, told, know, store, asked } = openWindow(0);
  await open(template);
  store.setState({ sessionId: 'another' });
  know(400);
  await expect.poll(() => asked).toContain('workflow/validate');
  await Promise.resolve();
  expect(told()).toEqual([]);
});
