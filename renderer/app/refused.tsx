import type { ReactNode } from 'react';
import type { AppError } from '../../core/contract/errors.ts';
import { ErrorNotice } from '../features/chat/error-notice.tsx';

/** Shown instead of the window when connecting cannot work from here. */
export function Refused({ error }: { readonly error: AppError }): ReactNode {
  return (
    <main className="refused">
      <h1>Second Unit</h1>
      <ErrorNotice error={error} />
    </main>
  );
}
