import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../base/exact-json.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { readPracticeObjectInfo } from '../../../practice/read-practice-object-info.ts';
import { validatePayload } from './server-validation.ts';

interface Recorded {
  readonly name: string;
  readonly status: number;
  readonly request: JsonObject;
  readonly answer: JsonObject;
}

const recordings = readRecordings();
const info = await readPracticeObjectInfo();
const catalog = {
  get: (classType: string): { readonly raw: JsonObject } | undefined => {
    const raw = Object.hasOwn(info, classType) ? info[classType] : undefined;
    return isJsonObject(raw) ? { raw } : undefined;
  },
};

describe('validatePayload answers as the recorded server', () => {
  it.each(recordings)('$name', ({ status, request, answer }) => {
    const targets = request['partial_execution_targets'];
    const verdict = validatePayload(payloadOf(request), catalog, {
      fileExists: (name) => name === 'example.png',
      ...(isJsonArray(targets) ? { targets } : {}),
    });
    expect(verdict.ok ? 200 : 400).toBe(status);
    const error = verdict.error === null ? {} : { error: { ...verdict.error } };
    const ours = { ...error, node_errors: verdict.nodeErrors };
    expect(comparable(ours)).toEqual(comparable(answer));
  });
});

describe('validatePayload', () => {
  const chain = (inputs: JsonObject): JsonObject => ({
    '1': { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1, color: 0 } },
    '2': { class_type: 'ImageScale', inputs: { image: ['1', 0], ...inputs } },
    '3': { class_type: 'PreviewImage', inputs: { images: ['2', 0] } },
  });
  const fine = { upscale_method: 'area', width: 8, height: 8, crop: 'disabled' };

  it('queues values as the server converts them and leaves the given payload alone', () => {
    const given = chain({ ...fine, width: '12' });
    const verdict = validatePayload(given, catalog);
    expect(verdict.payload['2']).toMatchObject({ inputs: { width: 12 } });
    expect(given['2']).toMatchObject({ inputs: { width: '12' } });
    expect(verdict.outputs).toEqual(['3']);
  });

  it('is fatal when a node is a number, as the server answers 500 then', () => {
    expect(validatePayload({ '1': 5 }, catalog)).toMatchObject({ isFatal: true, ok: false });
  });

  it('neither misses a group of inputs that grows nor minds a type that takes after another (servers of 2026)', () => {
    const classes: JsonObject = {
      Source: { input: {}, output: ['IMAGE'] },
      Switch: {
        input: {
          required: {
            images: ['COMFY_AUTOGROW_V3', { template: { prefix: 'image' } }],
            on: ['COMFY_MATCHTYPE_V3', {}],
          },
        },
        output: ['COMFY_MATCHTYPE_V3'],
      },
      Show: { input: { required: { images: ['IMAGE'] } }, output: [], output_node: true },
    };
    const known = {
      get: (classType: string) => {
        const raw = classes[classType];
        return isJsonObject(raw) ? { raw } : undefined;
      },
    };
    const payload = {
      '1': { class_type: 'Source', inputs: {} },
      '2': { class_type: 'Switch', inputs: { 'images.image0': ['1', 0], on: ['1', 0] } },
      '3': { class_type: 'Show', inputs: { images: ['2', 0] } },
    };
    expect(validatePayload(payload, known)).toMatchObject({ ok: true, nodeErrors: {} });
  });

  it('unwraps a value that stands under __value__', () => {
    const verdict = validatePayload(chain({ ...fine, width: { __value__: 16 } }), catalog);
    expect(verdict.payload['2']).toMatchObject({ inputs: { width: 16 } });
  });

  it('reports the errors of a node in a loop that has some of its own', () => {
    const payload = {
      '1': { class_type: 'ImageInvert', inputs: { image: ['2', 0] } },
      '2': { class_type: 'ImageScale', inputs: { image: ['1', 0], ...fine, width: -1 } },
      '3': { class_type: 'PreviewImage', inputs: { images: ['2', 0] } },
    };
    const verdict = validatePayload(payload, catalog);
    expect(verdict.ok).toBe(false);
    expect(Object.keys(verdict.nodeErrors)).toEqual(['2']);
  });

  it('takes every file as present when nobody can tell', () => {
    const payload = {
      '1': { class_type: 'LoadImage', inputs: { image: 'anything.png' } },
      '2': { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
    };
    expect(validatePayload(payload, catalog).ok).toBe(true);
  });
});

function readRecordings(): readonly Recorded[] {
  const file = new URL(
    '../../../../tests/fixtures/recordings/prompt-answers.json',
    import.meta.url,
  );
  const parsed = parseExactJson(readFileSync(file, 'utf8'));
  if (!parsed.ok || !isJsonArray(parsed.value)) throw new Error('the fixture is not readable');
  return parsed.value as unknown as readonly Recorded[];
}

function payloadOf(request: JsonObject): JsonObject {
  const payload = request['prompt'];
  return isJsonObject(payload) ? payload : {};
}

/** Without tracebacks, and with a node's errors in the order of their inputs (a Python set there). */
function comparable(value: JsonValue): JsonValue {
  if (isJsonArray(value)) {
    const items = value.map(comparable);
    const named = items.filter((item) => isJsonObject(item) && isJsonObject(item['extra_info']));
    return named.length === items.length
      ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items;
  }
  if (!isJsonObject(value)) return typeof value === 'bigint' ? `${value}n` : value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'traceback')
      .map(([key, item]) => [key, comparable(item)]),
  );
}
