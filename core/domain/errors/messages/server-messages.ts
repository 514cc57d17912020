import {
  type ErrorCopyOf,
  NOTHING_CHANGED,
  WORK_IS_SAFE,
  button,
  quote,
  toMessage,
} from './message-parts.ts';

const servers = button('Show the servers', 'open-servers');

/** What went wrong with the list of servers and what lets us in there. */
export const serverMessages = {
  'server/unknown': ({ url }) =>
    toMessage(
      'That server is not in the list',
      [`${quote(url)} may have been removed in another window.`, NOTHING_CHANGED],
      servers,
    ),
  'server/sign-in-lost': ({ url }) =>
    toMessage(
      'The saved sign-in cannot be read',
      [
        `What lets us in at ${quote(url)} was saved by another user or on another computer.`,
        WORK_IS_SAFE,
      ],
      button('Enter the sign-in again', 'sign-in'),
      servers,
    ),
} satisfies ErrorCopyOf<'server'>;
