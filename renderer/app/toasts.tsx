import type { ReactNode } from 'react';
import { ErrorNotice } from '../features/chat/error-notice.tsx';
import { useApp, useTools } from '../state/app-context.ts';
import { Button, IconButton } from '../ui/button.tsx';

/** Notices that belong to no message. */
export function Toasts(): ReactNode {
  const { core, view } = useTools();
  const toasts = useApp((state) => state.toasts);
  const showProblems = async (id: number): Promise<void> => {
    if (await core.checkWorkflow()) view.dismissToast(id);
  };
  return (
    <section aria-label="Notices">
      <div className="toasts">
        {toasts.map(({ id, error, text, isAboutProblems }) => (
          <div key={id} className="toast" role={error === undefined ? 'status' : 'alert'}>
            {error === undefined ? (
              <div className="toast-text">
                <p>{text}</p>
                {isAboutProblems === true && (
                  <Button onClick={() => void showProblems(id)}>Show what to look at</Button>
                )}
              </div>
            ) : (
              <ErrorNotice error={error} />
            )}
            <IconButton icon="close" label="Dismiss" onClick={() => view.dismissToast(id)} />
          </div>
        ))}
      </div>
    </section>
  );
}
