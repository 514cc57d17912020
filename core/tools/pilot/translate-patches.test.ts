import { describe, expect, it } from 'vitest';
import { translatePatches } from './translate-patches.ts';

describe('translatePatches', () => {
  it.each([
    [
      { op: 'replace', path: '/3/inputs/steps', value: 30 },
      { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 },
    ],
    [
      { op: 'add', path: '/3/inputs/a~1b~0c', value: 'x' },
      { op: 'set_widget', nodeId: '3', widget: 'a/b~c', value: 'x' },
    ],
    [
      { op: 'replace', path: '/3/inputs/model', value: ['10', 0] },
      { op: 'connect', from: { nodeId: '10', output: 0 }, to: { nodeId: '3', input: 'model' } },
    ],
    [
      { op: 'replace', path: '/3/inputs/points', value: [1, 2, 3] },
      { op: 'set_widget', nodeId: '3', widget: 'points', value: [1, 2, 3] },
    ],
    [
      { op: 'remove', path: '/3' },
      { op: 'delete_node', nodeId: '3' },
    ],
  ])('translates %j', (patch, expected) => {
    expect(translatePatches([patch])).toEqual({ ok: true, value: [expected] });
  });

  it.each([
    [{ op: 'add', path: '/12', value: {} }, 'add_node'],
    [{ op: 'replace', path: '/3/class_type', value: 'X' }, 'replace_node'],
    [{ op: 'replace', path: '/3/_meta/title', value: 'X' }, 'set_title'],
    [{ op: 'replace', path: '/3/mode', value: 4 }, 'set_mode'],
    [{ op: 'remove', path: '/3/inputs/model' }, 'disconnect'],
    [{ op: 'replace', path: '/3/inputs/text/0', value: 1 }, 'inputs/<name>'],
    [{ op: 'replace', path: '/nodes/0/widgets_values/2', value: 1 }, 'inputs/<name>'],
    [{ op: 'replace', path: '3/inputs/steps', value: 1 }, 'node id'],
    [{ op: 'replace', path: '/3/inputs/steps' }, 'value is missing'],
    [{ op: 'move', path: '/3/inputs/steps' }, 'no counterpart'],
    [{ op: 'set', path: '/3/inputs/steps', value: 1 }, 'no operation'],
  ])('refuses %j and says what would be right', (patch, hint) => {
    expect(translatePatches([patch])).toEqual({
      ok: false,
      error: [{ path: 'patches.0', message: expect.stringContaining(hint) }],
    });
  });

  it('refuses all of them when one does not fit, naming each that does not', () => {
    const good = { op: 'replace', path: '/3/inputs/steps', value: 30 };
    const bad = { op: 'test', path: '/3/inputs/steps', value: 20 };
    expect(translatePatches([good, bad, good, bad])).toMatchObject({
      ok: false,
      error: [{ path: 'patches.1' }, { path: 'patches.3' }],
    });
  });
});
