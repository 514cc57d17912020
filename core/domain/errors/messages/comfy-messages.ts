import {
  type ErrorCopyOf,
  inSeconds,
  WORK_IS_SAFE,
  advice,
  button,
  choices,
  megabytes,
  onNode,
  quote,
  quoteList,
  say,
  toMessage,
  toSentence,
} from './message-parts.ts';
import { problemSentences } from './workflow-messages.ts';

const servers = button('Check the address', 'open-servers');
const signIn = button('Enter the sign-in', 'sign-in');
const practice = button('Use the practice ComfyUI', 'connect-practice');
const reconnect = button('Try again', 'reconnect');
const NOTHING_QUEUED = 'Nothing was queued, and your workflow is as it was.';

/** What went wrong between us and ComfyUI. */
export const comfyMessages = {
  'comfy/not-connected': () =>
    toMessage(
      'ComfyUI is not connected',
      ['This needs a running ComfyUI. Everything else still works.', WORK_IS_SAFE],
      reconnect,
      practice,
    ),
  'comfy/unreachable': ({ url, reason }) =>
    toMessage(
      'ComfyUI does not answer',
      [
        `Nobody answered at ${quote(url)}: ${toSentence(reason)}`,
        WORK_IS_SAFE,
        'Start ComfyUI, or check its address.',
      ],
      reconnect,
      servers,
      practice,
    ),
  'comfy/invalid-address': ({ url }) =>
    toMessage(
      'That is not an address',
      [
        `${quote(url)} cannot be used. An address looks like “http://127.0.0.1:8188”.`,
        'The connection is as it was before.',
      ],
      button('Change the address', 'open-servers'),
      practice,
    ),
  'comfy/not-comfyui': ({ url }) =>
    toMessage(
      'Something else answers at that address',
      [`${quote(url)} answers, but it is not ComfyUI.`, WORK_IS_SAFE],
      button('Change the address', 'open-servers'),
      practice,
    ),
  'comfy/refused': ({ url, status }) =>
    status === 401 || status === 403 || status === 407
      ? toMessage(
          'This ComfyUI wants a sign-in',
          [
            `${quote(url)} is there, but it lets nobody in without a sign-in, or the saved one is not right (number ${status}).`,
            WORK_IS_SAFE,
          ],
          signIn,
          reconnect,
          practice,
        )
      : toMessage(
          'ComfyUI turned the request down',
          [
            status >= 300 && status < 400
              ? `${quote(url)} sends us to another page instead of answering, most likely to sign in there.`
              : `${quote(url)} answered with the number ${status}.`,
            WORK_IS_SAFE,
          ],
          signIn,
          servers,
          reconnect,
        ),
  'comfy/untrusted-certificate': ({ url, reason }) =>
    toMessage(
      'This computer does not know the certificate of that server',
      [
        `${quote(url)} answers encrypted, but ${toSentence(reason)} Nothing was sent to it.`,
        'Many render boxes are set up like this. Look at the certificate, and trust it only if it is the right one.',
        WORK_IS_SAFE,
      ],
      button('Look at the certificate', 'look-at-certificate'),
      servers,
      practice,
    ),
  'comfy/certificate-changed': ({ url, fingerprint }) =>
    toMessage(
      'The server shows another certificate than the one you trusted',
      [
        fingerprint === ''
          ? `${quote(url)} is not encrypted, but you trusted an encrypted server there.`
          : `${quote(url)} may have been set up anew, or something stands between you and it. Nothing was sent to it.`,
        'Ask whoever runs the server before you trust the new one.',
        WORK_IS_SAFE,
      ],
      servers,
      reconnect,
      practice,
    ),
  'comfy/moved': ({ url, to }) =>
    toMessage(
      'That server sends us to another address',
      [
        `${quote(url)} says that it is now at ${quote(to)}.`,
        'Your sign-in was not sent there.',
        WORK_IS_SAFE,
      ],
      button('Use the new address', 'use-new-address'),
      servers,
    ),
  'comfy/too-old': ({ url, lacks }) =>
    toMessage(
      'This ComfyUI is too old',
      [`${quote(url)} is a ComfyUI, but ${toSentence(lacks)}`, WORK_IS_SAFE],
      advice('Update ComfyUI, restart it, and try again'),
      reconnect,
      practice,
    ),
  'comfy/timeout': ({ url, seconds }) =>
    toMessage(
      'ComfyUI takes too long to answer',
      [
        `${quote(url)} did not answer within ${inSeconds(seconds)}. It may be loading a large model.`,
        WORK_IS_SAFE,
      ],
      reconnect,
      say('How is the queue?'),
    ),
  'comfy/too-large': ({ limit }) =>
    toMessage(
      'This is larger than ComfyUI takes',
      [`ComfyUI takes up to ${megabytes(limit)} at once.`, NOTHING_QUEUED],
      advice('Use a smaller picture, or remove large texts from the workflow'),
    ),
  'comfy/unreadable-answer': ({ url, reason }) =>
    toMessage(
      'The answer from ComfyUI could not be understood',
      [`${quote(url)} answered in an unexpected way: ${quote(reason)}.`, WORK_IS_SAFE],
      reconnect,
      advice('Check that ComfyUI is up to date'),
    ),
  'comfy/prompt-refused': ({ message, problems }) =>
    toMessage(
      'ComfyUI did not take this workflow',
      [
        ...(problems.length === 0 ? [toSentence(message)] : problemSentences(problems)),
        NOTHING_QUEUED,
      ],
      button('Show what to look at', 'show-problems'),
      say('What is missing?'),
    ),
  'comfy/missing-nodes': ({ classTypes }) =>
    toMessage(
      'This ComfyUI lacks some nodes',
      [
        `The workflow uses nodes that are not installed there: ${quoteList(classTypes)}.`,
        NOTHING_QUEUED,
      ],
      advice('Install the node packs that bring them, then restart ComfyUI'),
      button('Show what to look at', 'show-problems'),
    ),
  'comfy/missing-model': ({ nodeTitle, input, value, near }) =>
    toMessage(
      'A model file is missing',
      [
        `${onNode(nodeTitle)} wants ${quote(value)} for the setting ${quote(input)}, but ComfyUI does not have it.`,
        choices('Close to it:', near),
        NOTHING_QUEUED,
      ],
      near[0] === undefined
        ? advice('Put the file into the models folder of ComfyUI, then connect again')
        : say(`Set ${input} to ${near[0]}`, `Use ${near[0]}`),
    ),
  'comfy/no-outputs': () =>
    toMessage(
      'This workflow makes no picture yet',
      ['No node in it saves or shows a result.', NOTHING_QUEUED],
      say('Add a Save Image node'),
    ),
  'comfy/output-missing': ({ filename }) =>
    toMessage(
      'A rendered file is gone',
      [
        `ComfyUI no longer has ${quote(filename)}. It may have been moved or deleted.`,
        'Its settings are still in this session.',
      ],
      say('Run it again'),
    ),
  'comfy/unknown-folder': ({ folder, known }) =>
    toMessage(
      'There is no such kind of model',
      [
        `ComfyUI has no model folder ${quote(folder)}.`,
        choices('There are:', known, 12),
        WORK_IS_SAFE,
      ],
      known[0] === undefined ? reconnect : say(`Which ${known[0]} do I have?`),
    ),
} satisfies ErrorCopyOf<'comfy'>;
