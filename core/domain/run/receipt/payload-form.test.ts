import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import { toPayloadText } from './payload-form.ts';

function payload(text: string): JsonObject {
  const parsed = parseExactJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(text);
  return parsed.value;
}

describe('the form in which a payload is hashed', () => {
  it('is the same for what was sent and for what ComfyUI writes into the picture', () => {
    const sent = payload(
      '{"1": {"inputs": {"image": "a.png"}, "class_type": "LoadImage"}, "2": {"class_type": "Blur", "inputs": {"sigma": 1, "seed": 18446744073709551615}}}',
    );
    // ComfyUI 0.3.64: a cache note, titles, floats with a point, texts in ASCII.
    const recorded = payload(
      '{"2": {"inputs": {"seed": 18446744073709551615, "sigma": 1.0}, "class_type": "Blur", "_meta": {"title": "Bl\\u00fcr"}}, "1": {"class_type": "LoadImage", "inputs": {"image": "a.png"}, "is_changed": ["a8e2"]}}',
    );
    expect(toPayloadText(recorded)).toBe(toPayloadText(sent));
    expect(toPayloadText(sent)).toBe(
      '{"1":{"class_type":"LoadImage","inputs":{"image":"a.png"}},"2":{"class_type":"Blur","inputs":{"seed":18446744073709551615,"sigma":1}}}',
    );
  });

  it('tells one digit of a seed apart', () => {
    const text = (seed: string) => toPayloadText(payload(`{"1": {"inputs": {"seed": ${seed}}}}`));
    expect(text('18446744073709551615')).not.toBe(text('18446744073709551614'));
  });

  it('takes whatever stands where a node should be', () => {
    expect(toPayloadText({ 1: null, 2: [1], 3: { inputs: 4 } })).toBe(
      '{"1":{"class_type":null,"inputs":{}},"2":{"class_type":null,"inputs":{}},"3":{"class_type":null,"inputs":4}}',
    );
  });
});
