import type { ReactNode } from 'react';
import { useApp, useTools, useWorkspace } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { describeKeptNodes } from '../machine/describe-connection.ts';
import './open.css';

/** What checking the workflow found; a click brings the node into view. */
export function ProblemsDialog(): ReactNode {
  const { core, view } = useTools();
  const kept = describeKeptNodes(useWorkspace().connection);
  const problems = useApp((state) => state.view.problems);
  const close = (): void => view.showDialog(null);
  return (
    <Dialog title="Checked the workflow" onClose={close}>
      <div className="dialog-body">
        {kept !== '' && <p className="dialog-note">{kept}</p>}
        {problems.length === 0 && <p>Nothing stands in the way of a render.</p>}
        <ul className="problems">
          {problems.map((problem, at) => (
            <li key={at} className={`is-${problem.severity}`}>
              <Icon name={problem.severity === 'note' ? 'circle' : 'alert'} />
              <span>
                {problem.message}
                {problem.nodeId !== undefined && (
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => {
                      close();
                      view.focusNode(problem.nodeId ?? '');
                    }}
                  >
                    Show {problem.nodeTitle ?? `node ${problem.nodeId}`}
                  </button>
                )}
              </span>
            </li>
          ))}
        </ul>
        {problems.some(({ severity }) => severity === 'error') && (
          <div className="dialog-actions">
            <Button
              kind="primary"
              onClick={() => {
                close();
                void core.send('make it run');
              }}
            >
              Make it run
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
