import { describe, expect, it } from 'vitest';
import { type JsonValue } from '../../../base/json.ts';
import { type DiffEntry } from '../../../contract/workflow.schema.ts';
import { describeDiff, describeDiffEntry } from './describe-diff.ts';

const changed = (
  widget: string,
  from: JsonValue | undefined,
  to: JsonValue | undefined,
  nodeId = '3',
  nodeTitle = 'KSampler',
): DiffEntry => ({
  kind: 'widget-changed',
  nodeId,
  nodeTitle,
  widget,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
const ends = (fromId: string, toId: string, input: string): Omit<LinkEntry, 'kind'> => ({
  from: { nodeId: fromId, nodeTitle: `Node ${fromId}`, output: 'MODEL' },
  to: { nodeId: toId, nodeTitle: `Node ${toId}`, input },
});
type LinkEntry = Extract<DiffEntry, { kind: 'link-added' }>;

describe('describeDiffEntry', () => {
  it.each(
    (
      [
        [changed('steps', 20, 30), 'Steps 20 → 30 on KSampler'],
        [changed('cfg', 0.1 + 0.2, 7.5), 'CFG 0.3 → 7.5 on KSampler'],
        [changed('seed', 1, 18446744073709551615n), 'Seed 1 → 18446744073709551615 on KSampler'],
        [changed('sampler_name', 'euler', 'dpmpp_2m'), 'Sampler euler → dpmpp_2m on KSampler'],
        [
          changed('ckpt_name', 'my base.safetensors', 'b.safetensors'),
          'Checkpoint my base.safetensors → b.safetensors on KSampler',
        ],
        [changed('add_noise', true, false), 'Add noise on → off on KSampler'],
        [changed('steps', undefined, 30), 'Steps set to 30 on KSampler'],
        [changed('steps', 30, undefined), 'Steps 30 removed from KSampler'],
        [changed('text', 'a fox', ''), 'Text cleared on KSampler'],
        [changed('text', 'a red fox, fog', 'a blue fox, fog'), 'Text on KSampler: "red" → "blue"'],
        [
          changed('text', 'a red fox', 'a red fox, golden hour'),
          'Text on KSampler: added "golden hour"',
        ],
        [changed('text', 'a red fox, fog', 'a red fox'), 'Text on KSampler: removed "fog"'],
        [changed('text', 'a red fox', 'a  red fox'), 'Text on KSampler: spacing changed'],
        [
          { kind: 'node-added', nodeId: '9', nodeTitle: 'Load LoRA', classType: 'LoraLoader' },
          'Added Load LoRA',
        ],
        [
          { kind: 'node-removed', nodeId: '9', nodeTitle: 'Load LoRA', classType: 'LoraLoader' },
          'Removed Load LoRA',
        ],
        [
          { kind: 'node-replaced', nodeId: '9', nodeTitle: 'B', from: 'A', to: 'B' },
          'Replaced A with B',
        ],
        [
          { kind: 'mode-changed', nodeId: '9', nodeTitle: 'X', from: 'active', to: 'bypassed' },
          'Bypassed X',
        ],
        [
          { kind: 'mode-changed', nodeId: '9', nodeTitle: 'X', from: 'active', to: 'muted' },
          'Muted X',
        ],
        [
          { kind: 'mode-changed', nodeId: '9', nodeTitle: 'X', from: 'muted', to: 'active' },
          'Switched X back on',
        ],
        [{ kind: 'title-changed', nodeId: '9', from: 'X', to: 'Y' }, 'Renamed X to Y'],
        [{ kind: 'node-moved', nodeId: '9', nodeTitle: 'X', from: [0, 0], to: [1, 1] }, 'Moved X'],
        [
          { kind: 'link-added', ...ends('4', '3', 'model') },
          'Connected MODEL of Node 4 to model of Node 3',
        ],
        [
          { kind: 'link-removed', ...ends('4', '3', 'model') },
          'Disconnected MODEL of Node 4 from model of Node 3',
        ],
        [{ kind: 'document-changed', key: 'groups' }, 'Changed the frames behind the nodes'],
        [
          { kind: 'document-changed', key: 'extra.info' },
          'Changed "info" in the workflow\'s notes',
        ],
      ] as [DiffEntry, string][]
    ).map(([entry, expected]) => [expected, entry] as const),
  )('%s', (expected, entry) => {
    expect(describeDiffEntry(entry)).toBe(expected);
  });

  it('shortens long texts to what changed', () => {
    const long = Array.from({ length: 400 }, (_, index) => `word${String(index)}`);
    const other = long.with(200, 'fog');
    expect(describeDiffEntry(changed('text', long.join(' '), other.join(' ')))).toBe(
      'Text on KSampler: "word200" → "fog"',
    );
  });

  it('names three changes of a text and counts the rest', () => {
    const text = 'a one b two c three d four e';
    const next = 'a 1 b 2 c 3 d 4 e';
    expect(describeDiffEntry(changed('text', text, next))).toBe(
      'Text on KSampler: "one" → "1"; "two" → "2"; "three" → "3"; and 1 more',
    );
  });
});

describe('describeDiff', () => {
  it('tells width and height as one size', () => {
    expect(
      describeDiff([
        changed('width', 512, 1344),
        changed('cfg', 8, 7),
        changed('height', 512, 768),
      ]),
    ).toEqual(['Size 512 × 512 → 1344 × 768 on KSampler', 'CFG 8 → 7 on KSampler']);
  });

  it('tells a new source for an input once, and leaves out the links of removed nodes', () => {
    expect(
      describeDiff([
        { kind: 'link-removed', ...ends('4', '3', 'model') },
        { kind: 'link-added', ...ends('5', '3', 'model') },
        { kind: 'node-removed', nodeId: '8', nodeTitle: 'Old', classType: 'X' },
        { kind: 'link-removed', ...ends('8', '3', 'vae') },
        { kind: 'link-removed', ...ends('4', '8', 'vae') },
      ]),
    ).toEqual([
      'Connected MODEL of Node 5 to model of Node 3, instead of MODEL of Node 4',
      'Removed Old',
    ]);
  });

  it('numbers nodes that share a title', () => {
    expect(describeDiff([changed('steps', 1, 2, '3'), changed('steps', 1, 2, '11')])).toEqual([
      'Steps 1 → 2 on KSampler #3',
      'Steps 1 → 2 on KSampler #11',
    ]);
  });
});
