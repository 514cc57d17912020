import { describe, expect, it } from 'vitest';
import { emptyContext, proposeWith, toolContext } from '../../../tests/fakes/tool-context.ts';
import { setInput } from './set-input.tool.ts';

const input = { node_id: '3', input_name: 'seed', value: 18446744073709551615n };

describe('set_input', () => {
  it('proposes one edit and keeps a large seed exact', async () => {
    expect(await proposeWith(setInput, input, toolContext())).toEqual({
      ok: true,
      value: {
        intent: 'Set seed to 18446744073709551615 on KSampler',
        ops: [{ op: 'set_widget', nodeId: '3', widget: 'seed', value: 18446744073709551615n }],
      },
    });
  });

  it('says on which node it works, by its title or by the id that was given', () => {
    expect(setInput.describeCall(input, toolContext())).toBe('Change seed on KSampler');
    expect(setInput.describeCall(input, emptyContext())).toBe('Change seed on node 3');
  });

  it('takes a formula instead', async () => {
    const rest = { node_id: '3', input_name: 'seed' };
    expect(
      await proposeWith(setInput, { ...rest, formula: 'old + 1' }, toolContext()),
    ).toMatchObject({
      ok: true,
      value: { ops: [{ op: 'set_widget', nodeId: '3', widget: 'seed', formula: 'old + 1' }] },
    });
  });

  it.each([
    ['neither', { node_id: '3', input_name: 'seed' }],
    ['both', { ...input, formula: 'old + 1' }],
  ])('asks for one of the two when it gets %s', async (_what, given) => {
    expect(await proposeWith(setInput, given, toolContext())).toMatchObject({
      error: { code: 'tool/invalid-input', data: { issues: [{ path: 'value' }] } },
    });
  });

  it('asks for a workflow when none is open', async () => {
    expect(await proposeWith(setInput, input, emptyContext())).toMatchObject({
      error: { code: 'workflow/none-open' },
    });
  });
});
