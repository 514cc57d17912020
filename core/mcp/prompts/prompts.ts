import type { GetPromptResult, Prompt } from '@modelcontextprotocol/server';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** Something that artists come back to, with what they may say about it. */
interface Offered {
  readonly listing: Prompt;
  readonly text: (args: Readonly<Record<string, string>>) => string;
}

const RULES =
  'Look before you change anything, propose small changes that belong together, and say in plain words what each is for. The artist accepts or turns down every change; a no is an answer.';

const offered: readonly Offered[] = [
  {
    listing: {
      name: 'fix_this_render',
      title: 'Fix this render',
      description:
        'Find out what went wrong with the last render, or what looks wrong, and propose a fix.',
      arguments: [
        { name: 'problem', description: 'What looks wrong, in your words', required: false },
      ],
    },
    text: ({ problem = '' }) =>
      `The last render is not what I want${problem === '' ? '' : `: ${problem}`}. Call explain_last_error and get_execution_status first, and get_output_image if there is a picture. If it could not run, call find_missing. Then propose one change that fixes it, and offer to render again.`,
  },
  {
    listing: {
      name: 'fit_my_vram',
      title: 'Fit my graphics card',
      description: 'Make the open workflow fit into the memory of the graphics card.',
      arguments: [
        {
          name: 'gigabytes',
          description: 'Memory to stay under; absent: what is free',
          required: false,
        },
      ],
    },
    text: ({ gigabytes = '' }) =>
      `Make the open workflow fit into ${gigabytes === '' ? 'the memory that get_system_stats reports as free' : `${gigabytes} GB of graphics memory`}. Call get_system_stats and get_editable_fields. Propose, in this order and only as far as needed: a smaller batch, tiled VAE decoding, a smaller size with a later upscale. Keep what the picture shows.`,
  },
  {
    listing: {
      name: 'wedge_parameter',
      title: 'Wedge a parameter',
      description: 'Render the same shot with several values of one setting, to choose by eye.',
      arguments: [
        { name: 'setting', description: 'Which setting, e.g. "cfg" or "denoise"', required: true },
        { name: 'values', description: 'Values, e.g. "4, 6, 8"', required: false },
      ],
    },
    text: ({ setting = '', values = '' }) =>
      `Wedge ${setting}${values === '' ? ' over four sensible values around the present one' : ` over ${values}`}: find it with get_editable_fields, keep the seed fixed, and for each value propose the change, render, and show the picture. Put the original value back at the end and sum up what each value did.`,
  },
  {
    listing: {
      name: 'prepare_for_comp',
      title: 'Prepare for comp',
      description: 'Make the open workflow’s output ready for compositing.',
      arguments: [
        { name: 'width', description: 'Plate width in pixels', required: false },
        { name: 'height', description: 'Plate height in pixels', required: false },
      ],
    },
    text: ({ width = '', height = '' }) =>
      `Prepare the open workflow for compositing${width === '' || height === '' ? '' : ` at ${width} × ${height}`}: check the size, that file names say the shot and the pass, that masks or depth are saved beside the picture where the workflow makes them, and that nothing is sharpened or upscaled twice. Propose what is needed as one change set.`,
  },
  {
    listing: {
      name: 'explain_this_graph',
      title: 'Explain this graph',
      description: 'Say what the open workflow does, and which settings matter.',
      arguments: [{ name: 'node', description: 'Only this node, by its title', required: false }],
    },
    text: ({ node = '' }) =>
      `Call explain_workflow and get_editable_fields, then explain ${node === '' ? 'the open workflow from its models to its picture' : `what "${node}" does in the open workflow`}, and which three settings change the picture most. No jargon. Change nothing.`,
  },
];

/** Every prompt as `prompts/list` answers it. */
export const prompts: readonly Prompt[] = offered.map(({ listing }) => listing);

/** One prompt, filled in. An unknown name or a missing argument is the protocol's "invalid params". */
export function getPrompt(name: string, args: Readonly<Record<string, string>>): GetPromptResult {
  const prompt = offered.find(({ listing }) => listing.name === name);
  if (prompt === undefined) {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt "${name}".`);
  }
  const missing = prompt.listing.arguments?.find(
    (argument) => argument.required === true && (args[argument.name] ?? '').trim() === '',
  );
  if (missing !== undefined) {
    const message = `The prompt "${name}" needs "${missing.name}": ${missing.description ?? ''}`;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
  }
  const { description = '' } = prompt.listing;
  const text = `${prompt.text(args)}\n\n${RULES}`;
  return { description, messages: [{ role: 'user', content: { type: 'text', text } }] };
}
