import {
  type ErrorCopyOf,
  WORK_IS_SAFE,
  advice,
  button,
  toMessage,
  toSentence,
} from './message-parts.ts';

const servers = button('Show the servers', 'open-servers');
const practice = button('Use the practice ComfyUI', 'connect-practice');

/** What went wrong between us and comfy-cli. */
export const comfyCliMessages = {
  'comfy-cli/not-installed': () =>
    toMessage(
      'This computer has no comfy-cli',
      ['Second Unit starts ComfyUI only through comfy-cli.', WORK_IS_SAFE],
      advice('Start ComfyUI yourself: it is found as soon as it answers'),
      servers,
    ),
  'comfy-cli/failed': ({ action, code, message }) =>
    toMessage(
      titles[action] ?? 'The program comfy-cli could not do it',
      [
        code === 'no_background_server'
          ? 'It was not started by comfy-cli, so comfy-cli does not stop it.'
          : `The answer of comfy-cli was: ${toSentence(message)}`,
        WORK_IS_SAFE,
      ],
      action === 'start' ? advice('Look at its log: second-unit comfy logs') : servers,
      practice,
    ),
} satisfies ErrorCopyOf<'comfy-cli'>;

const titles: Readonly<Record<string, string>> = {
  which: 'The program comfy-cli does not answer as expected',
  start: 'ComfyUI did not start',
  stop: 'ComfyUI was not stopped',
  logs: 'There is no log to show',
};
