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
