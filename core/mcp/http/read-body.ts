import type { IncomingMessage } from 'node:http';
import { parseExactJson } from '../../base/exact-json.ts';
import type { JsonValue } from '../../base/json.ts';

/** A request's body, or why it cannot be used. */
export type Body =
  | { readonly kind: 'json'; readonly value: JsonValue }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'cut' };

/** Reads at most `limit` bytes of JSON; integers beyond 2^53 keep every digit. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return { kind: 'too-large' };
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > limit) return { kind: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    // The client went away in the middle of it.
    return { kind: 'cut' };
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const parsed = parseExactJson(text);
  return parsed.ok ? { kind: 'json', value: parsed.value } : { kind: 'not-json' };
}
