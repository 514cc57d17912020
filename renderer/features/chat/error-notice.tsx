import type { ReactNode } from 'react';
import type { AppError } from '../../../core/contract/errors.ts';
import { artistMessage } from '../../../core/domain/errors/artist-message.ts';
import { useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import './error-notice.css';

/** An error as an artist reads it, with buttons for what can be done next. */
export function ErrorNotice({ error }: { readonly error: AppError }): ReactNode {
  const { runStep } = useTools();
  const { title, body, nextSteps } = artistMessage(error);
  return (
    <div className="error-notice" role="group" aria-label={title} data-code={error.code}>
      <Icon name="alert" />
      <div>
        <h4>{title}</h4>
        <p>{body}</p>
        <div className="error-steps">
          {nextSteps.map(({ label, command }) =>
            command === undefined ? (
              <p key={label} className="error-advice">
                {label}
              </p>
            ) : (
              <Button key={label} onClick={() => runStep(command, error)}>
                {label}
              </Button>
            ),
          )}
        </div>
      </div>
    </div>
  );
}
