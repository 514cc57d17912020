import { type ErrorCopyOf, WORK_IS_SAFE, advice, quote, toMessage } from './message-parts.ts';

/** What can be wrong with a run's receipt. */
export const receiptMessages = {
  'receipt/unknown': ({ promptId }) =>
    toMessage(
      'There is no receipt of that run',
      [`No run ${quote(promptId)} has left a receipt here.`, WORK_IS_SAFE],
      advice('Check the name of the file, or the number of the run'),
    ),
  'receipt/not-yet': ({ status }) =>
    toMessage(
      'That run is not over yet',
      [`It is ${quote(status)}; its receipt is written when it ends.`, WORK_IS_SAFE],
      advice('Look again when the run has ended'),
    ),
  'receipt/unreadable': ({ name, reason }) =>
    toMessage(
      'That receipt cannot be read',
      [`${quote(name)} cannot be used: ${reason}.`, WORK_IS_SAFE],
      advice('Choose a receipt that Second Unit wrote'),
    ),
  'receipt/newer-version': ({ name, version }) =>
    toMessage(
      'That receipt is from a newer Second Unit',
      [`${quote(name)} is written in version ${version} of the form.`, WORK_IS_SAFE],
      advice('Open it with the Second Unit that wrote it, or bring this one up to date'),
    ),
} satisfies ErrorCopyOf<'receipt'>;
