import { act, advice, type FailureEntry, say } from '../failure-entry.ts';

const check = say('What is missing?', 'Check the workflow');

/** What ComfyUI says to a workflow before it runs, and about paid services. */
export const requestFailures: readonly FailureEntry[] = [
  {
    code: 'no-class',
    pattern: /a node is missing the class_type property/i,
    cause: 'saved-form',
    kind: 'failure',
    title: 'This is the saved form of a workflow',
    meaning: 'ComfyUI was sent the file as it is saved, and needs the exported form to run it.',
    steps: [act('Open the file here and run it from here, which makes the right form')],
  },
  {
    code: 'no-node',
    pattern:
      /cannot execute because node .+ does not exist|missing_node_type|node '[^']+' not found/i,
    cause: 'no-node',
    kind: 'failure',
    title: 'This ComfyUI lacks a node',
    meaning: 'The node pack that brings it is not installed.',
    otherwise: 'Or it is installed, but could not be loaded when ComfyUI started.',
    detail: (said) => {
      const name = /because node (.+?) does not exist|node '([^']+)' not found/i.exec(said);
      const found = name?.[1] ?? name?.[2];
      return found === undefined ? undefined : `The node is “${found}”.`;
    },
    steps: [
      act('Install the node pack with ComfyUI’s Manager, then restart ComfyUI'),
      act('Look for “IMPORT FAILED” in ComfyUI’s log'),
    ],
  },
  {
    code: 'no-output',
    pattern: /prompt has no outputs|prompt_no_outputs/i,
    cause: 'no-output',
    kind: 'failure',
    title: 'This workflow makes no picture yet',
    meaning: 'No active node saves or shows a result.',
    fix: 'add-output',
    steps: [say('Add a Save Image node')],
  },
  {
    code: 'req-missing',
    pattern: /required input is missing|required_input_missing/i,
    cause: 'not-connected',
    kind: 'failure',
    title: 'Something is not connected',
    meaning:
      'A node cannot run without it. What fed it may be muted, or the node pack has changed.',
    fix: 'reconnect',
    steps: [check],
  },
  {
    code: 'type-mismatch',
    pattern: /return type mismatch between linked nodes|return_type_mismatch/i,
    cause: 'wrong-kind',
    kind: 'failure',
    title: 'A connection carries the wrong kind of thing',
    meaning: 'For example a VAE where a latent is needed. A bypassed node can cause it too.',
    fix: 'reconnect',
    steps: [check],
  },
  {
    code: 'min-max',
    pattern:
      /(?:smaller than min|bigger than max) of|value_smaller_than_min|value_bigger_than_max/i,
    cause: 'range',
    kind: 'failure',
    title: 'A value is out of range',
    meaning: 'The setting does not go that far.',
    fix: 'clamp',
    steps: [check],
  },
  {
    code: 'convert',
    pattern: /failed to convert an input value to a|invalid_input_type/i,
    cause: 'not-a-value',
    kind: 'failure',
    title: 'A setting holds something that it cannot',
    meaning: 'It is empty, or the values of the node have shifted by one place.',
    fix: 'default-value',
    steps: [check],
  },
  {
    code: 'custom-val',
    pattern: /custom validation failed for node|custom_validation_failed/i,
    cause: 'input-file',
    kind: 'failure',
    title: 'The node does not accept one of its settings',
    meaning: 'The node checks the setting itself, most often whether a file is there.',
    fix: 'installed-value',
    steps: [check],
  },
  {
    code: 'ghost-link',
    pattern:
      /(?:exception when validating (?:inner )?node|exception_during_(?:inner_)?validation)(?![\s\S]*recursion)/i,
    cause: 'ghost-link',
    kind: 'failure',
    title: 'A connection leads to a node that is not there',
    meaning: 'A node was removed, and a wire that came from it was left behind.',
    fix: 'drop-link',
    steps: [check],
  },
  {
    code: 'api-login',
    pattern: /unauthorized: please login first to use this node/i,
    cause: 'sign-in',
    kind: 'failure',
    title: 'This node belongs to a paid service and wants a sign-in',
    meaning: 'It sends its work to a service on the internet that does not know you yet.',
    steps: [act('Sign in on ComfyUI’s own page, under Settings and User')],
  },
  {
    code: 'api-credits',
    pattern: /payment required|insufficient credits|\b(?:http|status|code)\D{0,12}402\b/i,
    cause: 'credits',
    kind: 'failure',
    title: 'The paid service has no credits left for you',
    meaning: 'This node sends its work to a service on the internet, and that wants to be paid.',
    steps: [act('Add credits on ComfyUI’s own page, under Settings and Credits')],
  },
  {
    code: 'interrupted',
    pattern: /execution_interrupted|interruptprocessingexception/i,
    cause: 'interrupted',
    kind: 'stopped',
    title: 'The run was stopped',
    meaning: 'Somebody asked ComfyUI to stop it.',
    steps: [say('Run it again')],
  },
  {
    code: 'recursion',
    pattern: /maximum recursion depth exceeded|dependency_cycle/i,
    cause: 'circle',
    kind: 'failure',
    title: 'The connections go round in a circle',
    meaning: 'A node waits for something that it feeds itself, so none can be first.',
    otherwise: 'Or the chain of nodes is extremely long.',
    steps: [check, advice('Disconnect one of the connections of the circle')],
  },
];
