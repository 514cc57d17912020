import type { ReactNode } from 'react';
import { useApp, useTools } from '../state/app-context.ts';
import { Icon } from '../ui/icon.tsx';

/** A thin bar while the link to the core is down; everything shown stays. */
export function LinkBar(): ReactNode {
  const { app } = useTools();
  const link = useApp((state) => state.link);
  if (link.kind !== 'reconnecting') return null;
  return (
    <div className="link-bar" role="status">
      <Icon name="spinner" />
      <span>Reconnecting. Nothing is lost, and renders go on.</span>
      <button type="button" className="link-button" onClick={() => app.connection.retryNow()}>
        Try now
      </button>
    </div>
  );
}
