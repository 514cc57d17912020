import type { ReactNode } from 'react';
import { canRedo, canUndo } from '../features/commands/commands.ts';
import { describeShortcut, isApple } from '../features/commands/shortcuts.ts';
import { ConnectionPill } from '../features/machine/connection-pill.tsx';
import { MemoryGauge } from '../features/machine/memory-gauge.tsx';
import { useApp, useSession, useTools } from '../state/app-context.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

const isMac = isApple(navigator.platform);

/** What is open, what can be taken back, what it runs on. */
export function TopBar(): ReactNode {
  const { core, view } = useTools();
  const mayUndo = useApp(canUndo);
  const mayRedo = useApp(canRedo);
  const isSidebarOpen = useApp((state) => state.view.isSidebarOpen);
  return (
    <header className="top-bar">
      <IconButton
        icon="sidebar"
        label="Sessions"
        shortcut={describeShortcut('Mod+B', isMac)}
        aria-expanded={isSidebarOpen}
        onClick={view.toggleSidebar}
      />
      <Titles />
      <div className="bar-group">
        <IconButton
          icon="undo"
          label="Undo"
          shortcut={describeShortcut('Mod+Z', isMac)}
          disabled={!mayUndo}
          onClick={() => void core.undo()}
        />
        <IconButton
          icon="redo"
          label="Redo"
          shortcut={describeShortcut('Mod+Shift+Z', isMac)}
          disabled={!mayRedo}
          onClick={() => void core.redo()}
        />
      </div>
      <span className="bar-space" />
      <button type="button" className="bar-search" onClick={() => view.showDialog('palette')}>
        <Icon name="search" />
        <span>Commands</span> <kbd>{describeShortcut('Mod+K', isMac)}</kbd>
      </button>
      <MemoryGauge />
      <ConnectionPill />
      <IconButton icon="settings" label="Settings" onClick={() => view.showDialog('settings')} />
    </header>
  );
}

function Titles(): ReactNode {
  const { view } = useTools();
  const session = useSession();
  const workflow = session?.workflow ?? null;
  const isSaved = workflow !== null && workflow.savedRevision === workflow.revision;
  return (
    <div className="titles">
      <h1>{session?.title ?? 'Second Unit'}</h1>
      {session !== null && (
        <button
          type="button"
          className="workflow-name"
          title="Open another workflow"
          onClick={() => view.showDialog('open')}
        >
          <Icon name={workflow === null ? 'folder' : 'nodes'} />
          <span>{workflow?.name ?? 'Open a workflow'}</span>
        </button>
      )}
      {workflow !== null && (
        <button
          type="button"
          className={`save-state ${isSaved ? '' : 'is-unsaved'}`}
          onClick={() => view.showDialog('save')}
        >
          {isSaved ? 'Saved' : 'Not saved'}
        </button>
      )}
    </div>
  );
}
