import type { ParamsOf, ResultOf } from '../../core/contract/methods.ts';
import type { Problem } from '../../core/contract/workflow.schema.ts';
import type { App } from './create-app.ts';
import type { ViewActions } from './view-actions.ts';

type Problems = ResultOf<'workflow/open'>['problems'];

/**
 * Makes "open this workflow", which also says what the workflow lacks: at once, or as soon as the node classes of a
 * ComfyUI are there to tell by, unless something else was opened meanwhile. Resolves to whether it was opened.
 */
export function createWorkflowOpener(
  { store, connection }: Pick<App, 'store' | 'connection'>,
  view: Pick<
    ViewActions,
    'selectChangeSet' | 'forgetWorkflowNotices' | 'showProblemsNotice' | 'showError'
  >,
): (source: ParamsOf<'workflow/open'>['source']) => Promise<boolean> {
  let stopWaiting = (): void => undefined;
  const knowsClasses = (): boolean =>
    (store.getState().workspace?.state.connection.nodeClassCount ?? 0) > 0;

  const tell = (before: string, problems: Problems): void => {
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) view.showProblemsNotice(`${before} ${describeProblems(errors)}`);
  };
  const tellLater = (sessionId: string): void => {
    const look = async (): Promise<void> => {
      if (!knowsClasses()) return;
      stopWaiting();
      const answer = await connection.call('workflow/validate', { sessionId });
      if (answer.ok && store.getState().sessionId === sessionId) {
        tell('ComfyUI is here now.', answer.value.problems);
      }
    };
    stopWaiting = store.subscribe(() => void look());
    void look();
  };

  return async (source) => {
    const sessionId = await sessionShown(store);
    const couldTell = knowsClasses();
    const opened = await connection.call('workflow/open', { sessionId, source });
    if (!opened.ok) {
      view.showError(opened.error);
      return false;
    }
    stopWaiting();
    view.selectChangeSet(null);
    view.forgetWorkflowNotices();
    if (couldTell) tell('Opened.', opened.value.problems);
    else tellLater(sessionId);
    return true;
  };
}

/** The session that the window shows; a file may be dropped before there is one. */
function sessionShown(store: App['store']): Promise<string> {
  return new Promise((resolve) => {
    let stop = (): void => undefined;
    const look = (): void => {
      const { sessionId } = store.getState();
      if (sessionId === null) return;
      stop();
      resolve(sessionId);
    };
    stop = store.subscribe(look);
    look();
  });
}

/** The only one in full, else how many there are. */
function describeProblems([first, ...others]: readonly Problem[]): string {
  if (first !== undefined && others.length === 0) return first.message;
  return `There are ${String(others.length + 1)} things to look at before rendering.`;
}
