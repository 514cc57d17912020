import { z } from 'zod';
import type { JsonObject } from '../base/json.ts';
import { JsonObjectSchema } from '../contract/json.schema.ts';
import type { ResultOf } from '../contract/methods.ts';
import type { ModelTool } from '../ports/model.ts';
import type { AnyTool } from './define-tool.ts';

/** A tool as the contract lists it. */
export type ToolListing = ResultOf<'tool/list'>['tools'][number];

/** A tool as a model sees it: what it may send, nothing about what comes back. */
export function toModelTool({ name, description, input }: AnyTool): ModelTool {
  return { name, description, inputSchema: toJsonSchema(input, 'input') };
}

/** A tool as clients list it; both schemas are JSON Schema 2020-12. */
export function toToolListing(tool: AnyTool): ToolListing {
  const { name, title, description, effect, input, output } = tool;
  return {
    name,
    title,
    description,
    effect,
    inputSchema: toJsonSchema(input, 'input'),
    outputSchema: toJsonSchema(output, 'output'),
  };
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const generated = z.toJSONSchema(schema, {
    io,
    // Any JSON value and errors are checked by our own code; they come out as "anything".
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (Object.is(zodSchema, JsonObjectSchema)) jsonSchema.type = 'object';
      if (jsonSchema.type !== 'integer') return;
      // Zod writes the range of exact doubles on every integer, which tells a model nothing.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return JsonObjectSchema.parse({ ...generated });
}
