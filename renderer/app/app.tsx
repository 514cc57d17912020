import { type ReactNode, useEffect, useMemo } from 'react';
import { AppContext, type AppTools, useApp, useTools } from '../state/app-context.ts';
import { createCoreActions } from '../state/core-actions.ts';
import type { App } from '../state/create-app.ts';
import { runStep } from '../state/step-commands.ts';
import { createViewActions } from '../state/view-actions.ts';
import { useShortcuts } from '../features/commands/use-shortcuts.ts';
import { DropZone } from '../features/open/drop-zone.tsx';
import { nativeBridge } from '../features/open/native-bridge.ts';
import { copyText } from '../ui/copy-text.ts';
import { Announcer } from './announcer.tsx';
import { Dialogs } from './dialogs.tsx';
import { Layout } from './layout.tsx';
import { LinkBar } from './link-bar.tsx';
import { Refused } from './refused.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';
import { useTheme } from './use-theme.ts';
import './app.css';

/** The whole window. */
export function Window({ app }: { readonly app: App }): ReactNode {
  const tools = useMemo(() => createTools(app), [app]);
  return (
    <AppContext value={tools}>
      <Frame />
    </AppContext>
  );
}

function createTools(app: App): AppTools {
  const view = createViewActions(app.store, app.scheduler);
  const core = createCoreActions(app, view);
  const page = {
    reload: () => location.reload(),
    copy: copyText,
  };
  return {
    app,
    core,
    view,
    runStep: (command, error) => runStep(command, error, app, core, view, page),
  };
}

function Frame(): ReactNode {
  const { core } = useTools();
  const link = useApp((state) => state.link);
  useTheme();
  useShortcuts();
  const isOpen = link.kind === 'open';
  // Until the core can be asked, what was typed there waits.
  useEffect(
    () =>
      isOpen ? nativeBridge()?.onQuickPrompt((message) => void core.send(message)) : undefined,
    [core, isOpen],
  );
  if (link.kind === 'refused') return <Refused error={link.error} />;
  return (
    <div className="window">
      <TopBar />
      <LinkBar />
      <Layout />
      <Dialogs />
      <DropZone />
      <Toasts />
      <Announcer />
    </div>
  );
}
