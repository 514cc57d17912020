import { type IncomingMessage } from 'node:http';
import { parseExactJson } from '../../base/exact-json.ts';
import { type JsonValue } from '../../base/json.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** Bodies above this are refused with 413 (`--max-upload-size`, 100 MB). */
export const MAX_BODY_BYTES = 104_857_600;

/** One request, as a route sees it. */
export interface Call {
  readonly method: string;
  /** Decoded values of the route's `:name` parts. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  body(): Promise<Result<Buffer, 'too-large'>>;
}

/** Why a body could not be used; the router turns both into the server's answer. */
export type BodyProblem = 'too-large' | 'not-json';

/** Reads a request's body up to the limit. */
export async function readBody(request: IncomingMessage): Promise<Result<Buffer, 'too-large'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Reads on without keeping anything, so that the client gets to hear the answer.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > MAX_BODY_BYTES ? err('too-large') : ok(Buffer.concat(chunks));
}

/** Reads a JSON body; the content type is not looked at, as aiohttp's `request.json()`. */
export async function readJson(call: Call): Promise<Result<JsonValue, BodyProblem>> {
  const body = await call.body();
  if (!body.ok) return body;
  const parsed = parseExactJson(body.value.toString('utf8'));
  return parsed.ok ? parsed : err('not-json');
}
