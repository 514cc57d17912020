import type { JsonObject } from '../../../core/base/json.ts';

const made = (
  name: string,
  required: JsonObject,
  output: readonly string[],
  optional: JsonObject = {},
): JsonObject => ({
  input: { required, optional },
  input_order: { required: Object.keys(required), optional: Object.keys(optional) },
  output: [...output],
  output_is_list: output.map(() => false),
  output_name: [...output],
  name,
  display_name: name,
  description: '',
  python_module: 'custom_nodes.oracle',
  category: 'oracle',
  output_node: false,
});

/** Node classes made up for shapes that no class of ComfyUI 0.3.64 has. */
export const oracleClasses: JsonObject = {
  OracleMakeEither: made('OracleMakeEither', { count: ['INT', { default: 1 }] }, ['THIS', 'THAT']),
  OracleTakeEither: made('OracleTakeEither', { other: ['THAT'], either: ['THIS,THAT'] }, [
    'THIS,THAT',
    'THAT',
  ]),
  OracleAny: made('OracleAny', { a: ['*'], b: ['*'] }, ['*', '*']),
  OracleValues: made(
    'OracleValues',
    { list: ['STRING', {}], text: ['STRING', {}], object: ['STRING', {}] },
    ['STRING'],
  ),
  OracleForced: made(
    'OracleForced',
    {
      forced: ['INT', { forceInput: true, default: 3 }],
      free: ['INT', { default: 4 }],
      tail: ['STRING', { default: 'x' }],
    },
    ['INT'],
  ),
  OracleComboControl: made(
    'OracleComboControl',
    { pick: [['a', 'b', 'c'], { control_after_generate: true }], count: ['INT', { default: 1 }] },
    ['INT'],
  ),
  OracleSwitches: made(
    'OracleSwitches',
    {
      on: ['BOOLEAN', { default: false }],
      off: ['BOOLEAN', { default: true }],
      seed: ['INT', { default: 0 }],
      again: ['BOOLEAN', { default: false }],
      text: ['STRING', { default: '' }],
    },
    ['INT'],
  ),
  OracleDots: made(
    'OracleDots',
    {
      'group.image': ['IMAGE'],
      'size.width': ['INT', { default: 1 }],
      'a mask': ['MASK'],
      text: ['STRING', { default: '' }],
    },
    ['IMAGE'],
  ),
  OracleOptional: made('OracleOptional', { name: ['STRING', { default: '' }] }, ['IMAGE'], {
    early: ['IMAGE'],
    count: ['INT', { default: 1 }],
    late: ['IMAGE'],
    note: ['STRING', { default: '' }],
  }),
  OracleSeeds: made(
    'OracleSeeds',
    {
      seed: ['INT', { default: 0 }],
      noise_seed: ['INT', { default: 0 }],
      other_seed: ['INT', { default: 0 }],
      count: ['INT', { default: 0, control_after_generate: false }],
    },
    ['INT'],
  ),
  OracleUpload: made(
    'OracleUpload',
    {
      name: ['STRING', { default: '' }],
      image: [['plate.png', 'other.png'], { image_upload: true }],
      count: ['INT', { default: 1 }],
    },
    ['IMAGE'],
    { tail: ['STRING', { default: '' }] },
  ),
  OracleDynamic: made(
    'OracleDynamic',
    {
      resize: [
        'COMFY_DYNAMICCOMBO_V3',
        {
          options: [
            { key: 'by factor', inputs: { required: { factor: ['FLOAT', { default: 2 }] } } },
            {
              key: 'by size',
              inputs: {
                required: { width: ['INT', { default: 64 }], height: ['INT', { default: 32 }] },
              },
            },
            { key: 'not', inputs: { required: {} } },
          ],
        },
      ],
      after: ['INT', { default: 7 }],
    },
    ['INT'],
  ),
  OracleGrow: made(
    'OracleGrow',
    {
      images: [
        'COMFY_AUTOGROW_V3',
        {
          template: {
            input: { required: { image: ['IMAGE', {}] } },
            prefix: 'image',
            min: 2,
            max: 6,
          },
        },
      ],
      strength: ['FLOAT', { default: 1 }],
    },
    ['IMAGE'],
  ),
};
