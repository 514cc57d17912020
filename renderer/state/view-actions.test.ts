import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { appError } from '../../core/contract/errors.ts';
import { createManualClock } from '../../tests/fakes/ports/manual-clock.ts';
import { createInitialState } from './app-state.ts';
import { createViewActions } from './view-actions.ts';

describe('notices', () => {
  it('tell once what stands in the way of a render, and go when another workflow is opened', () => {
    const store = createStore(() => createInitialState());
    const view = createViewActions(store, createManualClock());
    view.showText('Saved as a.json');
    view.showProblemsNotice('Opened. There are 2 things to look at before rendering.');
    const error = appError('workflow/invalid', { problems: [] });
    view.showError(error);
    expect(store.getState().toasts).toEqual([
      { id: 1, text: 'Saved as a.json' },
      { id: 3, error },
    ]);
    view.forgetWorkflowNotices();
    expect(store.getState().toasts).toEqual([{ id: 1, text: 'Saved as a.json' }]);
  });

  it('are there once however often the same thing happens, the newest last', () => {
    const store = createStore(() => createInitialState());
    const view = createViewActions(store, createManualClock());
    view.showError(appError('comfy/not-connected', {}));
    view.showText('Saved as a.json');
    view.showError(appError('comfy/not-connected', {}));
    view.showText('Saved as b.json');
    expect(store.getState().toasts).toEqual([
      { id: 2, text: 'Saved as a.json' },
      { id: 3, error: appError('comfy/not-connected', {}) },
      { id: 4, text: 'Saved as b.json' },
    ]);
  });
});
