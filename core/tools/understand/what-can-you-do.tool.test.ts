import { describe, expect, it } from 'vitest';
import { callTool, emptyContext } from '../../../tests/fakes/tool-context.ts';
import { findMissing } from './find-missing.tool.ts';
import { setInput } from '../pilot/set-input.tool.ts';
import { whatCanYouDo } from './what-can-you-do.tool.ts';

describe('what_can_you_do', () => {
  it('sorts the tools by what they do, and leaves out what nothing does', async () => {
    const tool = whatCanYouDo([setInput, findMissing]);
    expect(await callTool(tool, {}, emptyContext())).toMatchObject({
      ok: true,
      value: {
        abilities: [
          { effect: 'observe', tools: [{ name: 'find_missing', title: 'Find what is missing' }] },
          { effect: 'propose', tools: [{ name: 'set_input', title: 'Change a setting' }] },
        ],
      },
      text: expect.stringMatching(
        /^Look, .*: Find what is missing\.\nPropose .*: Change a setting\.$/,
      ),
    });
  });
});
