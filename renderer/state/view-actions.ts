import type { StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../core/contract/errors.ts';
import type { Scheduler } from '../transport/scheduler.ts';
import type { AppState, DialogName, GraphSide, PaneView, Toast, ViewState } from './app-state.ts';

/** What the artist does to this window alone. */
export interface ViewActions {
  readonly showDialog: (dialog: DialogName | null) => void;
  /** Opens the form of this server; null: of a new one. */
  readonly editServer: (url: string | null) => void;
  /** Asks whether to trust it. */
  readonly showCertificate: (certificate: NonNullable<ViewState['certificate']>) => void;
  readonly showPane: (pane: PaneView) => void;
  /** Shows a change set in the graph; null goes back to whatever waits for an answer. */
  readonly selectChangeSet: (changeSetId: string | null) => void;
  readonly setGraphSide: (side: GraphSide) => void;
  readonly setLeftOut: (changeSetId: string, ops: readonly number[]) => void;
  readonly focusNode: (nodeId: string) => void;
  readonly setDraft: (draft: string) => void;
  readonly toggleSidebar: () => void;
  readonly showError: (error: AppError) => void;
  readonly showText: (text: string) => void;
  /** Says what stands in the way of a render of the workflow that was just opened. */
  readonly showProblemsNotice: (text: string) => void;
  /** Takes away the notices that are about the workflow that was open. */
  readonly forgetWorkflowNotices: () => void;
  readonly dismissToast: (id: number) => void;
}

const TOAST_MS = 8_000;
const MOST_TOASTS = 4;

/** Makes the actions that never reach the core. */
export function createViewActions(store: StoreApi<AppState>, scheduler: Scheduler): ViewActions {
  let lastId = 0;
  const change = (partial: Partial<ViewState>): void =>
    store.setState(({ view }) => ({ view: { ...view, ...partial } }));
  const dismissToast = (id: number): void =>
    store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
  const addToast = (content: Omit<Toast, 'id'>): void => {
    lastId += 1;
    const toast = { ...content, id: lastId };
    // Said once more, it moves to the end instead of standing there twice.
    const said = JSON.stringify({ ...content, id: 0 });
    // What stands in the way of a render is told once, by whatever came upon it last.
    const isSame = content.error?.code.startsWith('workflow/') === true;
    const others = (toasts: AppState['toasts']): AppState['toasts'] =>
      toasts.filter(
        (other) =>
          JSON.stringify({ ...other, id: 0 }) !== said &&
          !(isSame && other.isAboutProblems === true),
      );
    store.setState(({ toasts }) => ({ toasts: [...others(toasts), toast].slice(-MOST_TOASTS) }));
    // What has a next step stays until it is dismissed: it must be reachable at any speed of reading.
    if (content.error === undefined && content.isAboutProblems !== true)
      scheduler.after(TOAST_MS, () => dismissToast(toast.id));
  };
  return {
    showDialog: (dialog) => change({ dialog }),
    editServer: (editedServer) => change({ dialog: 'server', editedServer }),
    showCertificate: (certificate) => change({ dialog: 'certificate', certificate }),
    showPane: (pane) => change({ pane }),
    selectChangeSet: (changeSetId) =>
      change({ changeSetId, pane: { kind: 'workflow' }, graphSide: 'changes' }),
    setGraphSide: (graphSide) => change({ graphSide }),
    setLeftOut: (changeSetId, ops) => {
      const { leftOut } = store.getState().view;
      change({ leftOut: { ...leftOut, [changeSetId]: ops } });
    },
    focusNode: (nodeId) => {
      const request = (store.getState().view.focus?.request ?? 0) + 1;
      change({ focus: { nodeId, request }, pane: { kind: 'workflow' } });
    },
    setDraft: (draft) => change({ draft }),
    toggleSidebar: () => change({ isSidebarOpen: !store.getState().view.isSidebarOpen }),
    showError: (error) => {
      const code = error.code;
      // The bar at the top already says that the link is down.
      if (code !== 'contract/disconnected' && code !== 'cancelled') addToast({ error });
    },
    showText: (text) => addToast({ text }),
    showProblemsNotice: (text) => addToast({ text, isAboutProblems: true }),
    forgetWorkflowNotices: () =>
      store.setState(({ toasts }) => ({
        toasts: toasts.filter(
          ({ error, isAboutProblems }) =>
            isAboutProblems !== true && error?.code.startsWith('workflow/') !== true,
        ),
      })),
    dismissToast,
  };
}
