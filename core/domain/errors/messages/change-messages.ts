import {
  type ErrorCopyOf,
  NOTHING_CHANGED,
  WORK_IS_SAFE,
  advice,
  button,
  choices,
  onNode,
  quote,
  quoteValue,
  say,
  toMessage,
  toSentence,
} from './message-parts.ts';

const editable = say('What can I change here?');

/** What went wrong with an edit or with the change set that holds it. */
export const changeMessages = {
  'op/unknown-node': ({ nodeId, known }) =>
    toMessage(
      'That node is not in this workflow',
      [
        `There is no node ${quote(nodeId)} here.`,
        choices('There are:', known, 12),
        NOTHING_CHANGED,
      ],
      say('Explain this workflow'),
    ),
  'op/duplicate-node': ({ nodeId }) =>
    toMessage(
      'A node with that number is already there',
      [`This workflow already has a node ${quote(nodeId)}.`, NOTHING_CHANGED],
      advice('Add the node without a number, so that a free one is used'),
    ),
  'op/unknown-class': ({ classType, near }) =>
    toMessage(
      'ComfyUI does not have that node',
      [`No node is called ${quote(classType)}.`, choices('Close to it:', near), NOTHING_CHANGED],
      near[0] === undefined
        ? advice('Check the name, or install the node pack that brings it')
        : say(`Tell me about the node ${near[0]}`),
    ),
  'op/unknown-widget': ({ nodeTitle, widget, known }) =>
    toMessage(
      'That node has no such setting',
      [
        `${onNode(nodeTitle)} has no setting ${quote(widget)}.`,
        choices('It has:', known, 12),
        NOTHING_CHANGED,
      ],
      editable,
    ),
  'op/invalid-value': ({ nodeTitle, widget, value, expected, allowed }) =>
    toMessage(
      'That value does not fit',
      [
        `The setting ${quote(widget)} on ${onNode(nodeTitle)} cannot be ${quoteValue(value)}; it takes ${toSentence(expected)}`,
        allowed === undefined || allowed.length === 0
          ? ''
          : `It can be ${allowed.slice(0, 8).map(quoteValue).join(', ')}${allowed.length > 8 ? `, or one of ${allowed.length - 8} more` : ''}.`,
        NOTHING_CHANGED,
      ],
      typeof allowed?.[0] === 'string'
        ? say(`Set ${widget} to ${allowed[0]}`)
        : advice('Choose a value that fits, and ask again'),
    ),
  'op/invalid-formula': ({ nodeTitle, widget, formula, position, expected, known }) =>
    toMessage(
      'That formula cannot be worked out',
      [
        `The formula ${quote(formula)} for ${quote(widget)} on ${onNode(nodeTitle)} stops making sense at character ${position + 1}: it needs ${toSentence(expected)}`,
        choices('It can use:', known ?? [], 16),
        NOTHING_CHANGED,
      ],
      advice('Write the formula with settings of this workflow, such as old * 1.5, and ask again'),
    ),
  'op/unknown-input': ({ nodeTitle, input, known }) =>
    toMessage(
      'That node has no such input',
      [
        `${onNode(nodeTitle)} has no input ${quote(input)}.`,
        choices('It has:', known, 12),
        NOTHING_CHANGED,
      ],
      say('Explain this workflow'),
    ),
  'op/unknown-output': ({ nodeTitle, output, known }) =>
    toMessage(
      'That node has no such output',
      [
        `${onNode(nodeTitle)} has no output ${quote(output)}.`,
        choices('It has:', known, 12),
        NOTHING_CHANGED,
      ],
      say('Explain this workflow'),
    ),
  'op/type-mismatch': ({ from, to, output, input }) =>
    toMessage(
      'These two do not fit together',
      [
        `The output ${quote(output)} gives ${quote(from)}, but the input ${quote(input)} takes ${quote(to)}.`,
        NOTHING_CHANGED,
      ],
      advice(
        `Connect something that gives ${quote(to)}, or put a node that converts it in between`,
      ),
    ),
  'op/makes-cycle': ({ from, to }) =>
    toMessage(
      'That link would make a circle',
      [
        `${quote(to)} already feeds ${quote(from)}, so they would wait for each other forever.`,
        NOTHING_CHANGED,
      ],
      advice('Connect to a node further along instead'),
    ),
  'op/not-linked': ({ nodeTitle, input }) =>
    toMessage(
      'There is no link to remove',
      [`Nothing is connected to ${quote(input)} on ${onNode(nodeTitle)}.`, NOTHING_CHANGED],
      say('Explain this workflow'),
    ),
  'op/read-only': ({ nodeId, reason }) =>
    toMessage(
      'That part cannot be changed from here',
      [`Node ${quote(nodeId)} was left alone: ${toSentence(reason)}`, NOTHING_CHANGED],
      advice('Change it in ComfyUI, save there, and open the workflow again'),
      editable,
    ),
  'change/empty': () =>
    toMessage(
      'There is nothing to change',
      ['The workflow already is the way you asked for.', NOTHING_CHANGED],
      editable,
    ),
  'change/unknown': () =>
    toMessage(
      'That change is not here any more',
      ['It does not belong to this session.', WORK_IS_SAFE],
      button('Load the page again', 'reload'),
    ),
  'change/not-open': ({ status }) =>
    toMessage(
      'That change was already decided',
      [`It is ${quote(status)} now, so it cannot be decided again.`, WORK_IS_SAFE],
      say('What changed?'),
    ),
  'change/stale': () =>
    toMessage(
      'The workflow changed in the meantime',
      [
        'This change was made for an earlier state of the workflow, so it was not applied.',
        WORK_IS_SAFE,
      ],
      button('Ask again', 'retry-turn'),
    ),
  'change/digest-mismatch': () =>
    toMessage(
      'What you saw is not what would be applied',
      [
        'The change on screen differs from the one that is stored, so it was not applied.',
        WORK_IS_SAFE,
      ],
      button('Load the page again', 'reload'),
    ),
  'change/depends-on-rejected': ({ index, needs }) =>
    toMessage(
      'One accepted edit needs one that was left out',
      [`Edit ${index + 1} only works together with edit ${needs + 1}.`, NOTHING_CHANGED],
      advice(`Accept edit ${needs + 1} as well, or leave out edit ${index + 1} too`),
    ),
  'change/does-not-fit': ({ what }) =>
    toMessage(
      'This change does not fit the workflow any more',
      [
        `The workflow is not in the state that it was made for: ${toSentence(what)}`,
        NOTHING_CHANGED,
      ],
      say('What changed?'),
    ),
  'change/rejected': ({ reason }) =>
    toMessage(
      'You said no to this change',
      [
        reason === undefined ? '' : `You said: ${quote(reason)}.`,
        'The workflow is as it was before.',
      ],
      advice('Say what you would like instead'),
    ),
} satisfies ErrorCopyOf<'op' | 'change'>;
