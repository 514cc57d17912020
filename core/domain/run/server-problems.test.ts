import { describe, expect, it } from 'vitest';
import { recording } from '../../../tests/fakes/comfy/recorded-comfy.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import { isJsonObject } from '../../base/json.ts';
import { serverProblems } from './server-problems.ts';

function problemsOf(name: string) {
  const parsed = parseExactJson(recording(name));
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(name);
  return serverProblems(parsed.value['node_errors']);
}

describe('serverProblems', () => {
  it('turns a Python traceback into a sentence', () => {
    const [problem] = problemsOf('client-v11-link-to-missing-node.json');
    expect(problem?.message).toContain("is not there ('99')");
    expect(JSON.stringify(problem)).not.toContain('Traceback');
  });

  it('names the file that a server misses, which only its details tell (v19)', () => {
    const details = 'image - Invalid image file: missing.png';
    const error = {
      type: 'custom_validation_failed',
      details,
      extra_info: { input_name: 'image' },
    };
    expect(serverProblems({ 3: { errors: [error] } })).toMatchObject([
      { message: 'The file for Image is not in ComfyUI’s input folder: “missing.png”.' },
    ]);
  });

  it('names what there is to choose from where nothing is near, and calls nothing empty', () => {
    const error = (choices: readonly string[]) => ({
      type: 'value_not_in_list',
      extra_info: { input_name: 'scheduler', input_config: [choices, {}], received_value: 'nope' },
    });
    const nothing = {
      type: 'invalid_input_type',
      extra_info: { input_name: 'steps', input_config: ['INT', {}], received_value: null },
    };
    const errors = [error(['karras', 'simple']), error(['a', 'b', 'c', 'd', 'e']), nothing];
    expect(serverProblems({ 3: { errors } }).map(({ message }) => message)).toEqual([
      'Scheduler is “nope”, which ComfyUI does not have; it has “karras” and “simple”.',
      'Scheduler is “nope”, which ComfyUI does not have; it has “a”, “b”, “c” and 2 more.',
      'Steps is empty, and it must be a whole number.',
    ]);
  });

  it.each([[undefined], [null], [[]], ['text'], [{ 3: null }], [{ 3: { errors: {} } }]])(
    'finds nothing in %j',
    (nodeErrors) => {
      expect(serverProblems(nodeErrors)).toEqual([]);
    },
  );

  it('keeps the words of an error type that it does not know', () => {
    const nodeErrors = {
      3: { class_type: 'A', errors: [{ type: 'new_kind', message: 'Odd', details: 'x' }] },
    };
    expect(serverProblems(nodeErrors)).toEqual([
      { type: 'new_kind', severity: 'error', nodeId: '3', classType: 'A', message: 'Odd: x' },
    ]);
  });
});
