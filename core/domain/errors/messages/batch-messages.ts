import {
  type ErrorCopyOf,
  WORK_IS_SAFE,
  advice,
  button,
  quote,
  say,
  toMessage,
} from './message-parts.ts';

/** What went wrong with several renders in one plan. */
export const batchMessages = {
  'batch/unknown': () =>
    toMessage(
      'That plan is not known',
      ['This session has no such plan of renders.', WORK_IS_SAFE],
      say('Run 4 variations'),
    ),
  'batch/decided': ({ status }) =>
    toMessage(
      'That plan was decided already',
      [`It is ${quote(status)} now, so this changes nothing.`, WORK_IS_SAFE],
      advice('Ask for a new plan'),
    ),
  'batch/too-many': ({ count, limit }) =>
    toMessage(
      'That is too many renders for one plan',
      [
        `It would come to ${String(count)}; a plan has ${String(limit)} at most.`,
        'Nothing was queued.',
      ],
      advice('Use fewer values, or a larger step between them'),
    ),
  'batch/nothing-varies': () =>
    toMessage(
      'Every render would be the same',
      ['These values come to one and the same on this setting.', 'Nothing was queued.'],
      advice('Use values that are further apart'),
    ),
  'batch/left-off': ({ left }) =>
    toMessage(
      'This plan was left off',
      [
        `Second Unit was closed while ${String(left)} of its renders were still to come.`,
        'What was rendered is kept.',
      ],
      advice('Go on with it, or stop it'),
    ),
  'batch/base-gone': () =>
    toMessage(
      'Another workflow is open now',
      ['The plan was made for the workflow that was open before.', 'What was rendered is kept.'],
      button('Open a workflow', 'open-workflow'),
    ),
  'batch/rejected': () =>
    toMessage(
      'You said no to this plan',
      ['Nothing was queued.', WORK_IS_SAFE],
      button('Ask again', 'retry-turn'),
    ),
} satisfies ErrorCopyOf<'batch'>;
