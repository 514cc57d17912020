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
      [reasons[code] ?? `The answer of comfy-cli was: ${toSentence(message)}`, WORK_IS_SAFE],
      action === 'start' ? advice(afterStart(code)) : servers,
      ...(action === 'start' ? [servers] : []),
      practice,
    ),
} satisfies ErrorCopyOf<'comfy-cli'>;

const reasons: Readonly<Record<string, string>> = {
  no_background_server: 'It was not started by comfy-cli, so comfy-cli does not stop it.',
  server_already_running: 'One that comfy-cli has started is running already.',
};

const titles: Readonly<Record<string, string>> = {
  which: 'The program comfy-cli does not answer as expected',
  start: 'ComfyUI did not start',
  stop: 'ComfyUI was not stopped',
  logs: 'There is no log to show',
};

function afterStart(code: string): string {
  return code === 'server_already_running'
    ? 'Choose it in the list of servers; it is there as soon as it answers'
    : 'Its log says why; in a terminal: second-unit comfy logs';
}
