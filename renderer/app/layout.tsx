import { type ReactNode, Suspense, lazy } from 'react';
import { ChatPane } from '../features/chat/chat-pane.tsx';
import { PictureViewer } from '../features/runs/picture-viewer.tsx';
import { RunStrip } from '../features/runs/run-strip.tsx';
import { TemplateList } from '../features/open/template-list.tsx';
import { SessionList } from '../features/sessions/session-list.tsx';
import { useApp, useSession } from '../state/app-context.ts';
import { Splitter, useChatWidth } from './splitter.tsx';
import '../features/graph/pane.css';

const WorkflowPane = lazy(async () => {
  const module = await import('../features/graph/workflow-pane.tsx');
  return { default: module.WorkflowPane };
});

/** Sessions (when asked for), the conversation, and beside it the workflow or a picture. */
export function Layout(): ReactNode {
  const isSidebarOpen = useApp((state) => state.view.isSidebarOpen);
  const chat = useChatWidth();
  return (
    <main className="layout">
      {isSidebarOpen && (
        <aside className="sidebar">
          <SessionList />
        </aside>
      )}
      <div
        className="chat-column"
        style={{ flexBasis: `calc(var(--scale) * ${String(chat.width)}px)` }}
      >
        <ChatPane />
      </div>
      <Splitter width={chat.width} onWidth={chat.setWidth} />
      <div className="pane">
        <Pane />
        <RunStrip />
      </div>
    </main>
  );
}

function Pane(): ReactNode {
  const pane = useApp((state) => state.view.pane);
  const session = useSession();
  if (pane.kind === 'picture') {
    const { promptId, assetId, against } = pane;
    return <PictureViewer promptId={promptId} assetId={assetId} against={against} />;
  }
  if ((session?.workflow ?? null) === null) return <EmptyPane />;
  return (
    <Suspense fallback={<div className="pane-empty" />}>
      <WorkflowPane />
    </Suspense>
  );
}

function EmptyPane(): ReactNode {
  return (
    <div className="pane-empty">
      <div className="pane-start">
        <p>
          Your workflow is shown here, in your own layout, with every change drawn into it before it
          is made. Drop one anywhere, or start from a template.
        </p>
        <TemplateList />
      </div>
    </div>
  );
}
