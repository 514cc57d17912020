import { assertNever } from '../../core/base/result.ts';
import type { AppError } from '../../core/contract/errors.ts';
import type { StepCommand } from '../../core/domain/errors/artist-message.ts';
import type { App } from './create-app.ts';
import type { CoreActions } from './core-actions.ts';
import type { ViewActions } from './view-actions.ts';

/** What the page itself can do, so that this file needs no browser. */
export interface PageActions {
  reload(): void;
  copy(text: string): void;
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
  switch (command) {
    case 'open-settings':
      return view.showDialog('settings');
    case 'connect-practice':
      return void core.connectComfy('practice').then((failed) => failed && view.showError(failed));
    case 'reconnect': {
      app.connection.retryNow();
      const url = app.store.getState().workspace?.state.connection.url;
      const target = url === undefined ? 'automatic' : { url };
      return void core.connectComfy(target).then((failed) => failed && view.showError(failed));
    }
    case 'retry-turn': {
      const last = app.store.getState().session?.state.turns.at(-1);
      return void (last && core.send(last.message));
    }
    case 'reload':
      return page.reload();
    case 'open-workflow':
      return view.showDialog('open');
    case 'undo':
      return void core.undo();
    case 'show-problems':
      return void core.checkWorkflow();
    case 'copy-reference':
      page.copy(error.code === 'internal/unexpected' ? error.data.correlationId : error.code);
      return view.showText('Copied.');
    default:
      return assertNever(command);
  }
}

function isSaying(command: StepCommand): command is `say:${string}` {
  return command.startsWith('say:');
}
