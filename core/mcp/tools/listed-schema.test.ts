import { describe, expect, it } from 'vitest';
import { toListedInput, toListedOutput } from './listed-schema.ts';

const text = { type: 'string', minLength: 1, description: 'Node id' };

describe('a listed schema', () => {
  it('says every description once and leaves out what says nothing', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { from: text, to: text, description: { type: 'string', description: 'Why' } },
      required: ['from'],
      additionalProperties: false,
    };
    expect(toListedInput(schema)).toEqual({
      type: 'object',
      properties: {
        from: { type: 'string', description: 'Node id' },
        to: { type: 'string' },
        description: { type: 'string', description: 'Why' },
      },
      required: ['from'],
      additionalProperties: false,
    });
  });

  it('hides second spellings', () => {
    const schema = { type: 'object', properties: { ops: { type: 'array' }, patches: {} } };
    expect(toListedInput(schema, ['patches'])['properties']).toEqual({ ops: { type: 'array' } });
  });

  it('keeps of an output its own properties and their kinds', () => {
    const diff = { type: 'array', items: { type: 'object' }, description: 'What changed' };
    const schema = { type: 'object', properties: { diff, any: {} }, required: ['diff'] };
    expect(toListedOutput(schema)).toEqual({
      type: 'object',
      properties: { diff: { type: 'array' }, any: {} },
    });
  });
});
