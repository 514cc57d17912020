import type { FailureDetail } from '../../../contract/errors.ts';
import {
  type ErrorCopyOf,
  type NextStep,
  inSeconds,
  WORK_IS_SAFE,
  advice,
  button,
  onNode,
  quote,
  say,
  toMessage,
  toSentence,
} from './message-parts.ts';

const runAgain = say('Run it again');
const MAX_STEPS = 5;

/** The steps of the catalogue where it knows the failure, "Fix it" first where that can be tried. */
function knownSteps(
  { steps, canFix }: Pick<FailureDetail, 'steps' | 'canFix'>,
  ...usual: readonly [NextStep, ...NextStep[]]
): readonly [NextStep, ...NextStep[]] {
  const own = (steps ?? []).map((step) =>
    step.say === undefined ? advice(step.label) : say(step.say, step.label),
  );
  const all = [...(canFix === true ? [say('Fix it')] : []), ...(own.length > 0 ? own : usual)];
  return toSteps(all, usual[0]);
}

/** What the pictures on the server's disk say about a run that the server forgot. */
function describeFound(pictures: number | undefined): string {
  if (pictures === undefined) {
    return 'What it makes could not be looked for, so it may have finished: look into the output folder.';
  }
  if (pictures === 0) {
    return 'None of its pictures are in the output folder, so it probably did not finish.';
  }
  const found = pictures === 1 ? 'A picture of it is' : `${pictures} pictures of it are`;
  return `${found} in the output folder; whether that is all it was to make cannot be told.`;
}

/** At most a handful, each once; `otherwise` where there is none. */
function toSteps(
  steps: readonly NextStep[],
  otherwise: NextStep,
): readonly [NextStep, ...NextStep[]] {
  const distinct = [...new Map(steps.map((step) => [step.label, step])).values()];
  const [first = otherwise, ...rest] = distinct.slice(0, MAX_STEPS);
  return [first, ...rest];
}

/** What went wrong with a run, or with the turn and the tool calls around it. */
export const runMessages = {
  'run/unknown': ({ promptId }) =>
    toMessage(
      promptId === '' ? 'Nothing has been run in this session' : 'That run is not known',
      [
        promptId === ''
          ? 'There is no run to look at yet.'
          : `Neither this session nor ComfyUI knows a run ${quote(promptId)}.`,
        WORK_IS_SAFE,
      ],
      say('How is the queue?'),
    ),
  'run/not-running': ({ status }) =>
    toMessage(
      'That run is already over',
      [
        status === ''
          ? 'There is nothing to stop.'
          : `It is ${quote(status)}, so there is nothing to stop.`,
        WORK_IS_SAFE,
      ],
      runAgain,
    ),
  'run/still-running': ({ nodeTitle, asked, seconds }) =>
    toMessage(
      'ComfyUI has not stopped yet',
      [
        `It was told ${asked} times in ${inSeconds(seconds)} to stop this run, and still works on ${
          nodeTitle === undefined ? 'one of its nodes' : quote(nodeTitle)
        }.`,
        'ComfyUI looks whether it shall stop only between nodes and between steps of a sampler, so a long node comes to its end first.',
        'This run ends as soon as it looks; runs of others were not touched.',
        WORK_IS_SAFE,
      ],
      say('How is the queue?'),
      advice('Wait until that node is done, or cancel again'),
      advice(
        'If it must end now, restart ComfyUI: that ends everything it renders, for others too',
      ),
    ),
  'run/lost': ({ pictures, why }) =>
    toMessage(
      'It is not known how this run ended',
      [
        why === 'too-large'
          ? 'What ComfyUI wrote down about it is too large to be read.'
          : 'ComfyUI was restarted or its history was cleared, and it does not know the run any more.',
        describeFound(pictures),
        WORK_IS_SAFE,
        'The run can be started again with the same settings.',
      ],
      runAgain,
    ),
  'run/out-of-memory': ({ nodeTitle, detail, title, ...known }) =>
    toMessage(
      title ?? 'The graphics card ran out of memory',
      [
        `It happened at ${onNode(nodeTitle)}.`,
        toSentence(detail),
        WORK_IS_SAFE,
        'A smaller picture or a smaller batch needs less.',
      ],
      ...knownSteps(
        known,
        say('Make it smaller'),
        say('Set the batch size to 1'),
        advice('Close other programs that use the graphics card'),
      ),
    ),
  'run/node-failed': ({ nodeTitle, classType, message, title, pack, ...known }) =>
    toMessage(
      title === undefined
        ? `The run stopped at ${onNode(nodeTitle)}`
        : `${title}: the run stopped at ${onNode(nodeTitle)}`,
      [
        classType === '' || classType === nodeTitle
          ? `${onNode(nodeTitle)} could not do its work.`
          : `${onNode(nodeTitle)}, a ${quote(classType)} node, could not do its work.`,
        toSentence(message, known.cause === undefined ? 400 : 600),
        pack === undefined ? '' : `It happened inside the node pack ${quote(pack)}.`,
        WORK_IS_SAFE,
      ],
      ...knownSteps(
        known,
        say('Is this workflow ready to run?', 'Check the workflow'),
        button('Undo the last change', 'undo'),
        runAgain,
      ),
    ),
  'run/no-fix': ({ title, steps }) =>
    toMessage(
      'There is no change of the workflow that would settle this',
      [
        title === '' ? '' : `What happened: ${quote(title.replace(/\.$/, ''))}.`,
        'Nothing was changed.',
      ],
      ...toSteps(
        steps.map((label) => advice(label)),
        runAgain,
      ),
    ),
  'run/interrupted': ({ nodeTitle }) =>
    toMessage(
      'The run was stopped',
      [
        nodeTitle === undefined
          ? 'It was stopped before it was done.'
          : `It was stopped while ${onNode(nodeTitle)} was working.`,
        WORK_IS_SAFE,
      ],
      runAgain,
    ),
  'turn/busy': () =>
    toMessage(
      'One thing at a time',
      ['Your last message is still being worked on.', WORK_IS_SAFE],
      advice('Wait until it is done, or stop it first'),
    ),
  'turn/unknown': () =>
    toMessage(
      'That message is not here any more',
      ['It does not belong to this session.', WORK_IS_SAFE],
      button('Load the page again', 'reload'),
    ),
  'turn/too-many-steps': ({ limit }) =>
    toMessage(
      'This took more steps than expected',
      [
        `The assistant stopped after ${limit} steps without coming to an end.`,
        'Changes that you accepted stay, and nothing else was changed.',
      ],
      advice('Ask for a smaller part of it'),
      say('What changed?'),
    ),
  'model/unavailable': ({ model, reason }) =>
    toMessage(
      'The assistant cannot answer right now',
      [`${quote(model)} did not answer: ${quote(reason)}.`, WORK_IS_SAFE],
      button('Ask again', 'retry-turn'),
      button('Choose another assistant', 'open-settings'),
    ),
  'tool/unknown': ({ name, near }) =>
    toMessage(
      'There is no such action',
      [
        `Nothing here is called ${quote(name)}.`,
        near.length === 0 ? '' : `Close to it: ${near.map((one) => quote(one)).join(', ')}.`,
        'Nothing was changed.',
      ],
      button('Ask again', 'retry-turn'),
    ),
  'tool/invalid-input': ({ name, issues }) =>
    toMessage(
      'Some details were missing or did not fit',
      [
        `${quote(name)} could not start.`,
        ...issues
          .slice(0, 3)
          .map(
            (issue) =>
              `${issue.path === '' ? 'The request' : quote(issue.path)}: ${quote(issue.message)}.`,
          ),
        'Nothing was changed.',
      ],
      button('Ask again', 'retry-turn'),
    ),
  'tool/not-approved': ({ name, reason }) =>
    toMessage(
      'This was not allowed',
      [
        `The artist said no to ${quote(name)}${reason === undefined ? '' : `: ${quote(reason)}`}, so it was not done.`,
        WORK_IS_SAFE,
      ],
      advice('Ask for something else, or for it again and say why'),
    ),
  'tool/nobody-to-ask': ({ name }) =>
    toMessage(
      'Second Unit is not open',
      [
        `Only the artist can say yes to ${quote(name)}, and there is no window to say it in. Nothing was changed.`,
      ],
      advice('Open Second Unit, then ask for it again'),
    ),
  'tool/not-waiting': () =>
    toMessage(
      'There is nothing to decide any more',
      ['It was answered, taken back or given up meanwhile. Nothing was changed.'],
      advice('Ask for it again if you still want it'),
    ),
  'tool/timed-out': ({ name, seconds }) =>
    toMessage(
      'This took too long',
      [`${quote(name)} was given up after ${inSeconds(seconds)}.`, WORK_IS_SAFE],
      button('Ask again', 'retry-turn'),
    ),
  cancelled: () =>
    toMessage(
      'Stopped, as you asked',
      ['Changes that you accepted before stay as they are.', WORK_IS_SAFE],
      button('Ask again', 'retry-turn'),
    ),
} satisfies ErrorCopyOf<'run' | 'turn' | 'model' | 'tool' | 'cancelled'>;
