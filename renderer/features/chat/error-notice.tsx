import type { ReactNode } from 'react';
import type { AppError } from '../../../core/contract/errors.ts';
import {
  type NextStep,
  type StepCommand,
  artistMessage,
} from '../../../core/domain/errors/artist-message.ts';
import { useApp, useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import './error-notice.css';

interface ErrorStepsProps {
  readonly error: AppError;
  /** What would lead away from what is being filled in here. */
  readonly without?: readonly StepCommand[];
}

/** An error as an artist reads it, with buttons for what can be done next. */
export function ErrorNotice({ error, without }: ErrorStepsProps): ReactNode {
  const { title, body } = artistMessage(error);
  return (
    <div className="error-notice" role="group" aria-label={title} data-code={error.code}>
      <Icon name="alert" />
      <div>
        {/* Not a heading: it stands at any depth, and the group is named by it. */}
        <p className="error-title">{title}</p>
        <p>{body}</p>
        <ErrorSteps error={error} {...(without === undefined ? {} : { without })} />
      </div>
    </div>
  );
}

/** What can be done about an error: advice, and buttons for what can be done from here. */
export function ErrorSteps({ error, without = [] }: ErrorStepsProps): ReactNode {
  const { runStep } = useTools();
  const isPractice = useApp((state) => state.workspace?.state.connection.isPractice === true);
  const isInServers = useApp((state) => state.view.dialog === 'connect');
  // No button for where one is already.
  const isOpen = ({ command }: NextStep): boolean =>
    !(command !== undefined && without.includes(command)) &&
    !(command === 'connect-practice' && isPractice) &&
    !(command === 'open-servers' && isInServers && !('url' in error.data));
  return (
    <div className="error-steps">
      {artistMessage(error)
        .nextSteps.filter(isOpen)
        .map(({ label, command }) =>
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
  );
}
