import type { Problem } from '../../../contract/workflow.schema.ts';
import {
  type ErrorCopyOf,
  NOTHING_CHANGED,
  WORK_IS_SAFE,
  advice,
  button,
  choices,
  megabytes,
  quote,
  quoteList,
  say,
  toMessage,
  toSentence,
} from './message-parts.ts';

const openAnother = button('Open another workflow', 'open-workflow');
const saveElsewhere = advice('Save it under another name or in another folder');

/** What went wrong with a file on disk or with the workflow in it. */
export const workflowMessages = {
  'file/not-found': ({ path }) =>
    toMessage(
      'There is no file at that place',
      [`${quote(path)} was not found.`, NOTHING_CHANGED, 'Check the name and the folder.'],
      button('Choose a file', 'open-workflow'),
    ),
  'file/unreadable': ({ path, reason }) =>
    toMessage(
      'This file could not be read',
      [`${quote(path)} could not be read: ${toSentence(reason)}`, NOTHING_CHANGED],
      advice('Check that you may open the file and that its drive is connected'),
      openAnother,
    ),
  'file/unwritable': ({ path, reason }) =>
    toMessage(
      'This file could not be saved',
      [
        `${quote(path)} could not be written: ${toSentence(reason)}`,
        'Your changes are still here, and the file on disk is as it was.',
      ],
      saveElsewhere,
      advice(
        /already there/.test(reason)
          ? 'Or allow the file to be replaced'
          : 'Check that you may write in that folder',
      ),
    ),
  'file/too-large': ({ path, bytes, limit }) =>
    toMessage(
      'This file is too large for a workflow',
      [
        `${quote(path)} has ${megabytes(bytes)}; files of up to ${megabytes(limit)} are read.`,
        NOTHING_CHANGED,
      ],
      advice('Check that it is a workflow or a picture that carries one'),
      openAnother,
    ),
  'file/disk-full': ({ path }) =>
    toMessage(
      'The disk is full',
      [
        `There was no room to write ${quote(path)}.`,
        'What was saved before is untouched, and your latest changes are still here.',
      ],
      advice('Free some space on that disk, then save again'),
      saveElsewhere,
    ),
  'file/outside-folder': ({ path, folder }) =>
    toMessage(
      'That file is outside the folder that may be used',
      [`${quote(path)} is not inside ${quote(folder)}.`, NOTHING_CHANGED],
      advice(`Move the file into ${quote(folder)}, or choose one that is there`),
    ),
  'workflow/not-json': ({ reason, offset }) =>
    toMessage(
      'This file is damaged or is not a workflow',
      [
        `Reading stopped at character ${offset}: ${toSentence(reason)}`,
        'The file was not touched, and what you had open is still open.',
      ],
      openAnother,
      advice('Save the workflow again from ComfyUI, then open that file'),
    ),
  'workflow/not-a-workflow': ({ reason }) =>
    toMessage(
      'This is not a ComfyUI workflow',
      [
        `The file can be read, but it holds no workflow: ${toSentence(reason)}`,
        'The file was not touched, and what you had open is still open.',
      ],
      openAnother,
    ),
  'workflow/no-metadata': ({ name }) =>
    toMessage(
      'This picture carries no workflow',
      [
        `${quote(name)} has no workflow stored inside. It may have been saved again by another program, which removes it.`,
        NOTHING_CHANGED,
      ],
      advice('Use the original picture that ComfyUI wrote'),
      openAnother,
    ),
  'workflow/none-open': () =>
    toMessage(
      'No workflow is open yet',
      ['This needs an open workflow.', NOTHING_CHANGED],
      button('Open a workflow', 'open-workflow'),
      say('Which templates are there?'),
    ),
  'workflow/unknown-template': ({ name, known }) =>
    toMessage(
      'There is no template of that name',
      [`No template is called ${quote(name)}.`, choices('There are:', known, 12), NOTHING_CHANGED],
      known[0] === undefined
        ? button('Open a workflow', 'open-workflow')
        : say(`Open the template ${known[0]}`),
    ),
  'workflow/cycle': ({ titles }) =>
    toMessage(
      'Some nodes feed each other in a circle',
      [
        `These nodes wait for each other, so none of them could start: ${quoteList(titles)}.`,
        'Nothing was sent to ComfyUI, and your workflow is as it was.',
      ],
      advice('Disconnect one of the links between them'),
      button('Undo the last change', 'undo'),
    ),
  'workflow/not-convertible': ({ problems }) =>
    toMessage(
      'Parts of this workflow cannot be sent to ComfyUI',
      [...problemSentences(problems), 'Nothing was sent, and your workflow is as it was.'],
      button('Show what to look at', 'show-problems'),
    ),
  'workflow/invalid': ({ problems }) =>
    toMessage(
      'This workflow is not ready to run',
      [...problemSentences(problems), 'Nothing was sent, and your workflow is as it was.'],
      button('Show what to look at', 'show-problems'),
      say('What is missing?'),
    ),
  'session/unknown': () =>
    toMessage(
      'This session is not there any more',
      ['It may have been deleted in another window. Workflows that you saved are still on disk.'],
      button('Load the page again', 'reload'),
    ),
  'session/damaged': ({ reason }) =>
    toMessage(
      'Part of this session could not be read',
      [
        `The end of its record is damaged: ${toSentence(reason)}`,
        'Everything before that was kept, and the record was not overwritten.',
      ],
      advice('Check the last few changes, then carry on'),
      say('What changed?'),
    ),
  'session/newer-version': ({ version }) =>
    toMessage(
      'This session was made by a newer Second Unit',
      [
        `It is stored in form ${version}, which this version cannot read yet.`,
        'It was left exactly as it is.',
      ],
      advice('Update Second Unit, then open it again'),
    ),
  'history/nothing-to-undo': () =>
    toMessage(
      'There is nothing to undo',
      ['The workflow is as it was when you opened it.'],
      say('Explain this workflow'),
    ),
  'history/nothing-to-redo': () =>
    toMessage(
      'There is nothing to redo',
      ['Nothing was undone since the last change.', WORK_IS_SAFE],
      say('What changed?'),
    ),
  'history/unknown-entry': ({ entry, known }) =>
    toMessage(
      'That place in the history is not there',
      [`There is no checkpoint ${quote(entry)}.`, choices('There are:', known, 12), WORK_IS_SAFE],
      advice('Choose one that is there, or set a checkpoint first'),
    ),
  'history/checkpoint-taken': ({ name }) =>
    toMessage(
      'There is a checkpoint of that name already',
      [`${quote(name)} marks another place in the history and was left as it is.`, WORK_IS_SAFE],
      advice('Choose another name'),
    ),
} satisfies ErrorCopyOf<'file' | 'workflow' | 'session' | 'history'>;

/** Up to three problems as sentences; the rest is counted. */
export function problemSentences(problems: readonly Problem[]): readonly string[] {
  const shown = problems.slice(0, 3).map(({ message, nodeTitle }) => {
    // What the server said names no node.
    const isNamed = nodeTitle === undefined || message.includes(nodeTitle);
    return toSentence(isNamed ? message : `${nodeTitle}: ${message}`);
  });
  const rest = problems.length - shown.length;
  return rest > 0 ? [...shown, `There ${rest === 1 ? 'is 1 more' : `are ${rest} more`}.`] : shown;
}
