import type { IncomingMessage, ServerResponse } from 'node:http';
import { PARSE_ERROR, isJsonContentType } from '@modelcontextprotocol/server';
import { type JsonValue, isJsonObject } from '../../base/json.ts';
import type { McpLimits } from '../endpoint-parts.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { readBody } from './read-body.ts';
import { SERVER_ERROR, type ServingParts } from './transports/serving-parts.ts';
import { refuse } from './write-response.ts';

/** Reads a body that is small enough, JSON, and whose sender is not too quick; answers every other itself. */
export function createMessageReader(
  { messageBytes }: Pick<McpLimits, 'messageBytes'>,
  requests: RateLimiter,
): ServingParts['readMessage'] {
  return async (request, response) => {
    if (!isJsonContentType(request.headers['content-type'])) {
      refuse(response, 415, SERVER_ERROR, 'Send application/json.');
      return undefined;
    }
    const body = await readBody(request, messageBytes);
    switch (body.kind) {
      case 'too-large':
        refuse(response, 413, SERVER_ERROR, `A message has at most ${messageBytes} bytes.`, {
          connection: 'close',
        });
        return undefined;
      case 'not-json':
        refuse(response, 400, PARSE_ERROR, 'The body is no JSON.');
        return undefined;
      case 'cut':
        response.destroy();
        return undefined;
      case 'json':
        return mayCome(request, response, body.value, requests) ? body.value : undefined;
    }
  };
}

function mayCome(
  request: IncomingMessage,
  response: ServerResponse,
  body: JsonValue,
  requests: RateLimiter,
): boolean {
  const wait = requests.take(callerOf(request, body));
  if (wait === 0) return true;
  const retryAfter = { 'retry-after': String(wait) };
  refuse(response, 429, SERVER_ERROR, `Too many requests; wait ${wait} s.`, retryAfter);
  return false;
}

/** Who to count a request for: its connection, else the name in it, else everybody who says neither. */
function callerOf({ headers }: IncomingMessage, body: JsonValue): string {
  const session = headers['mcp-session-id'];
  if (typeof session === 'string') return session;
  const params = isJsonObject(body) && isJsonObject(body['params']) ? body['params'] : {};
  const meta = isJsonObject(params['_meta']) ? params['_meta'] : {};
  const info = meta['io.modelcontextprotocol/clientInfo'];
  const name = isJsonObject(info) ? info['name'] : undefined;
  return typeof name === 'string' ? name : '';
}
