import {
  type ErrorCopyOf,
  NOTHING_CHANGED,
  WORK_IS_SAFE,
  advice,
  button,
  quote,
  toMessage,
} from './message-parts.ts';

const reload = button('Load the page again', 'reload');

/** What went wrong inside Second Unit: between its window and its core, when it starts, in its settings. */
export const hostMessages = {
  'contract/invalid-params': ({ method, issues }) =>
    toMessage(
      'The window asked for something the core does not accept',
      [
        `The request ${quote(method)} was turned down.`,
        ...issues
          .slice(0, 3)
          .map(({ path, message }) => `${path === '' ? 'It' : quote(path)}: ${quote(message)}.`),
        NOTHING_CHANGED,
      ],
      reload,
    ),
  'contract/unknown-method': ({ method }) =>
    toMessage(
      'The window and the core do not match',
      [`The core does not know the request ${quote(method)}.`, WORK_IS_SAFE],
      reload,
    ),
  'contract/forbidden': () =>
    toMessage(
      'Only the artist can do this',
      ['This decision is yours alone, so the request was turned down.', NOTHING_CHANGED],
      advice('Do it in the Second Unit window'),
    ),
  'contract/version-mismatch': ({ core, client }) =>
    toMessage(
      'The window and the core are different versions',
      [`The core speaks version ${core}, the window version ${client}.`, WORK_IS_SAFE],
      reload,
    ),
  'contract/disconnected': () =>
    toMessage(
      'The connection to the core was lost',
      ['Second Unit is connecting again by itself.', WORK_IS_SAFE],
      reload,
    ),
  'contract/invalid-result': ({ method }) =>
    toMessage(
      'The core answered in an unexpected way',
      [`The answer to ${quote(method)} could not be read.`, WORK_IS_SAFE],
      reload,
    ),
  'internal/unexpected': ({ correlationId }) =>
    toMessage(
      'Something went wrong on our side',
      [
        `This is a fault in Second Unit, and it was written down under ${quote(correlationId)}.`,
        WORK_IS_SAFE,
      ],
      button('Copy the reference', 'copy-reference'),
      button('Ask again', 'retry-turn'),
    ),
  'host/port-in-use': ({ port }) =>
    toMessage(
      'Something else uses that port',
      [`Port ${port} is taken, perhaps by a Second Unit that is already running.`, NOTHING_CHANGED],
      advice('Choose another port, or close the other program'),
    ),
  'host/wrong-token': () =>
    toMessage(
      'This page is not paired with Second Unit',
      ['The address lacks the right pairing code.', WORK_IS_SAFE],
      advice('Open the full address that Second Unit printed when it started'),
    ),
  'host/too-many-requests': ({ client, seconds }) =>
    toMessage(
      'Too many requests at once',
      [`${quote(client)} asked for more than is handled in that time.`, NOTHING_CHANGED],
      advice(`Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then ask again`),
    ),
  'settings/invalid': ({ key, reason }) =>
    toMessage(
      'That setting cannot be used',
      [`${quote(key)} was left as it was: ${quote(reason)}.`, WORK_IS_SAFE],
      button('Open the settings', 'open-settings'),
    ),
} satisfies ErrorCopyOf<'contract' | 'internal' | 'host' | 'settings'>;
