import { assertNever } from '../../core/base/result.ts';
import type { AppError } from '../../core/contract/errors.ts';
import type { StepCommand } from '../../core/domain/errors/artist-message.ts';
import { COPY_FAILED } from '../ui/copy-text.ts';
import type { App } from './create-app.ts';
import type { CoreActions } from './core-actions.ts';
import type { ViewActions } from './view-actions.ts';

/** What the page itself can do, so that this file needs no browser. */
export interface PageActions {
  reload(): void;
  /** False where it could not. */
  copy(text: string): Promise<boolean>;
}

/** Does what the button beside an error promises. */
export function runStep(
  command: StepCommand,
  error: AppError,
  app: App,
  core: CoreActions,
  view: ViewActions,
  page: PageActions,
): void {
  if (isSaying(command)) {
    void core.send(command.slice('say:'.length));
    return;
  }
  const connectTo = async (target: Parameters<CoreActions['connectComfy']>[0]): Promise<void> => {
    const failed = await core.connectComfy(target);
    if (failed !== undefined) view.showError(failed);
  };
  switch (command) {
    case 'open-settings':
      view.showDialog('settings');
      break;
    case 'open-servers': {
      // In the list of servers already: then it is this one's address that is to be looked at.
      const isThere = app.store.getState().view.dialog === 'connect';
      if (isThere && 'url' in error.data) view.editServer(error.data.url);
      else view.showDialog('connect');
      break;
    }
    case 'sign-in':
      view.editServer('url' in error.data ? error.data.url : null);
      break;
    case 'look-at-certificate':
      if (error.code === 'comfy/untrusted-certificate') view.showCertificate(error.data);
      break;
    case 'use-new-address':
      if (error.code === 'comfy/moved') void connectTo({ url: error.data.to });
      break;
    case 'connect-practice':
      void connectTo('practice');
      break;
    case 'reconnect': {
      app.connection.retryNow();
      const url = app.store.getState().workspace?.state.connection.url;
      void connectTo(url === undefined ? 'automatic' : { url });
      break;
    }
    case 'retry-turn': {
      const last = app.store.getState().session?.state.turns.at(-1);
      if (last !== undefined) void core.send(last.message);
      break;
    }
    case 'reload':
      page.reload();
      break;
    case 'open-workflow':
      view.showDialog('open');
      break;
    case 'undo':
      void core.undo();
      break;
    case 'show-problems':
      void core.checkWorkflow();
      break;
    case 'copy-reference':
      void page
        .copy(error.code === 'internal/unexpected' ? error.data.correlationId : error.code)
        .then((isCopied) => view.showText(isCopied ? 'Copied.' : COPY_FAILED));
      break;
    default:
      assertNever(command);
  }
}

function isSaying(command: StepCommand): command is `say:${string}` {
  return command.startsWith('say:');
}
