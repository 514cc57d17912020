import type { ReactNode } from 'react';
import { ErrorNotice } from '../features/chat/error-notice.tsx';
import { useApp, useTools } from '../state/app-context.ts';
import { IconButton } from '../ui/button.tsx';

/** Notices that belong to no message. */
export function Toasts(): ReactNode {
  const { view } = useTools();
  const toasts = useApp((state) => state.toasts);
  return (
    <section aria-label="Notices">
      <ol className="toasts">
        {toasts.map((toast) => (
          <li
            key={toast.id}
            className="toast"
            role={toast.error === undefined ? 'status' : 'alert'}
          >
            {toast.error === undefined ? <p>{toast.text}</p> : <ErrorNotice error={toast.error} />}
            <IconButton icon="close" label="Dismiss" onClick={() => view.dismissToast(toast.id)} />
          </li>
        ))}
      </ol>
    </section>
  );
}
