import type { AppState } from '../../state/app-state.ts';
import type { AppTools } from '../../state/app-context.ts';
import { sessionName } from '../sessions/session-name.ts';
import { activeRuns } from '../runs/select-runs.ts';
import { shownChangeSet } from '../changes/use-change-set.ts';

/** One thing that can be done from anywhere. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: 'Workflow' | 'Change' | 'Render' | 'Window' | 'Session' | 'Template';
  /** As {@link matchesShortcut} reads it: "Mod" is Ctrl, or Cmd on a Mac. */
  readonly shortcut?: string;
  readonly isEnabled: (state: AppState) => boolean;
  readonly run: (tools: AppTools, state: AppState) => void;
}

const always = (): boolean => true;
const hasWorkflow = (state: AppState): boolean => (state.session?.state.workflow ?? null) !== null;
const openSet = (state: AppState): ReturnType<typeof shownChangeSet> => {
  const set = shownChangeSet(state.session?.state ?? null, state.view.changeSetId);
  return set?.status === 'proposed' ? set : undefined;
};
const firstActive = (state: AppState): ReturnType<typeof activeRuns>[number] | undefined =>
  activeRuns(state.session?.state.runs ?? [])[0];

const fixed: readonly Command[] = [
  {
    id: 'open',
    title: 'Open a workflow or picture…',
    group: 'Workflow',
    shortcut: 'Mod+O',
    isEnabled: always,
    run: ({ view }) => view.showDialog('open'),
  },
  {
    id: 'save',
    title: 'Save the workflow…',
    group: 'Workflow',
    shortcut: 'Mod+S',
    isEnabled: hasWorkflow,
    run: ({ view }) => view.showDialog('save'),
  },
  {
    id: 'undo',
    title: 'Undo',
    group: 'Workflow',
    shortcut: 'Mod+Z',
    isEnabled: canUndo,
    run: ({ core }) => void core.undo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Workflow',
    shortcut: 'Mod+Shift+Z',
    isEnabled: canRedo,
    run: ({ core }) => void core.redo(),
  },
  {
    id: 'check',
    title: 'Check the workflow for problems',
    group: 'Workflow',
    isEnabled: hasWorkflow,
    run: ({ core }) => void core.checkWorkflow(),
  },
  {
    id: 'accept',
    title: 'Accept the proposed change',
    group: 'Change',
    shortcut: 'Mod+Shift+A',
    isEnabled: (state) => openSet(state) !== undefined,
    run: ({ core }, state) => {
      const set = openSet(state);
      if (set === undefined) return;
      const leftOut = state.view.leftOut[set.changeSetId] ?? [];
      const ops = set.ops.map((_, index) => index).filter((index) => !leftOut.includes(index));
      if (ops.length > 0) void core.respond(set, { kind: 'accept', ops, release: false });
    },
  },
  {
    id: 'reject',
    title: 'Reject the proposed change',
    group: 'Change',
    isEnabled: (state) => openSet(state) !== undefined,
    run: ({ core }, state) => {
      const set = openSet(state);
      if (set !== undefined) void core.respond(set, { kind: 'reject' });
    },
  },
  {
    id: 'render',
    title: 'Render now',
    group: 'Render',
    shortcut: 'Mod+Enter',
    isEnabled: hasWorkflow,
    run: ({ core }) => void core.startRun(),
  },
  {
    id: 'cancel-run',
    title: 'Cancel the run',
    group: 'Render',
    isEnabled: (state) => firstActive(state) !== undefined,
    run: ({ core }, state) => {
      const run = firstActive(state);
      if (run !== undefined) void core.cancelRun(run.promptId);
    },
  },
  {
    id: 'connect',
    title: 'Connect to ComfyUI…',
    group: 'Window',
    isEnabled: always,
    run: ({ view }) => view.showDialog('connect'),
  },
  {
    id: 'new-session',
    title: 'New session',
    group: 'Session',
    isEnabled: always,
    run: ({ core }) => void core.createSession(),
  },
  {
    id: 'sidebar',
    title: 'Show or hide the sessions',
    group: 'Window',
    shortcut: 'Mod+B',
    isEnabled: always,
    run: ({ view }) => view.toggleSidebar(),
  },
  {
    id: 'settings',
    title: 'Settings and shortcuts…',
    group: 'Window',
    shortcut: 'Mod+,',
    isEnabled: always,
    run: ({ view }) => view.showDialog('settings'),
  },
  {
    id: 'palette',
    title: 'All commands',
    group: 'Window',
    shortcut: 'Mod+K',
    isEnabled: always,
    run: ({ view }, state) => view.showDialog(state.view.dialog === 'palette' ? null : 'palette'),
  },
];

/** Everything that can be done now by a key or from the palette; sessions and templates are commands too. */
export function allCommands(state: AppState): readonly Command[] {
  const sessions = (state.workspace?.state.sessions ?? [])
    .filter((session) => session.sessionId !== state.sessionId)
    .map((session): Command => ({
      id: `session ${session.sessionId}`,
      title: `Go to ${sessionName(session)}`,
      group: 'Session',
      isEnabled: always,
      run: ({ core }) => void core.openSession(session.sessionId),
    }));
  const templates = state.templates.map((template): Command => ({
    id: `template ${template.name}`,
    title: `Open ${template.title}`,
    group: 'Template',
    isEnabled: always,
    run: ({ core }) => void core.openWorkflow({ kind: 'template', name: template.name }),
  }));
  return [...fixed, ...templates, ...sessions];
}

/** The commands that never come and go. */
export const fixedCommands = fixed;

/** True while there is a step to take back. */
export function canUndo(state: AppState): boolean {
  return (state.session?.state.workflow?.position ?? 0) > 0;
}

/** True while there is a taken-back step. */
export function canRedo(state: AppState): boolean {
  const workflow = state.session?.state.workflow;
  return !!workflow && workflow.position < workflow.history.length;
}
