import type { CallToolResult } from '@modelcontextprotocol/server';
import { stringifyExactJson } from '../../base/exact-json.ts';
import { type JsonValue, isJsonObject } from '../../base/json.ts';
import type { Result } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { ResultOf } from '../../contract/methods.ts';
import { JsonValueSchema } from '../../contract/json.schema.ts';
import { artistMessage } from '../../domain/errors/artist-message.ts';
import type { ToolListing } from '../agents/agent-pool.ts';
import { toWire } from './wire-json.ts';

/** Key of a result's `_meta` under which a failure is data: `{ code, data }` as in docs/errors.md. */
const ERROR_META = 'second-unit/error';

/** The core's answer as a client reads it: a short text for people, the data beside it. */
export function toToolResult(
  tool: ToolListing,
  answer: Result<ResultOf<'tool/call'>, AppError>,
  readsStructure: boolean,
): CallToolResult {
  if (!answer.ok) return toToolFailure(answer.error);
  const { output, text } = answer.value;
  const said = tool.effect === 'propose' ? describeDecision(output, text) : text;
  const content: CallToolResult['content'] = [{ type: 'text', text: said }];
  if (!readsStructure) content.push({ type: 'text', text: stringifyExactJson(output) });
  return isJsonObject(output) ? { content, structuredContent: toWire(output) } : { content };
}

/** A failure: what happened in plain words, what to do, and the code with what would have been right. */
export function toToolFailure(error: AppError): CallToolResult {
  const { title, body, nextSteps } = artistMessage(error);
  const steps = nextSteps.map(({ label }) => `Next: ${label}`);
  const plain = JsonValueSchema.parse({ code: error.code, data: error.data });
  return {
    isError: true,
    content: [
      { type: 'text', text: [`${title}. ${body}`, ...steps].join('\n') },
      { type: 'text', text: stringifyExactJson(plain) },
    ],
    _meta: { [ERROR_META]: toWire(plain) },
  };
}

/** The same outcome as the artist sees it, told to somebody who is not the artist. */
function describeDecision(output: JsonValue, text: string): string {
  const status = isJsonObject(output) ? output['status'] : undefined;
  const reason = isJsonObject(output) ? output['reason'] : undefined;
  if (status !== 'rejected') return text;
  const why = typeof reason === 'string' ? `: ${reason}` : '.';
  return `The artist said no${why} Nothing was changed.`;
}
