import { type JsonValue } from '../../base/json.ts';
import { stringifyExactJson } from '../../base/exact-json.ts';
import { escapeJson } from '../../domain/workflow/metadata/write-png-text.ts';

/** What a route answers. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** JSON with ASCII only, as Python's `json.dumps` writes it. */
export function toAsciiJson(value: JsonValue): string {
  return escapeJson(stringifyExactJson(value));
}

/** A JSON answer. */
export function jsonReply(value: JsonValue, status = 200): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: toAsciiJson(value),
  };
}

/** An answer with headers and no body. */
export function emptyReply(status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: '' };
}

/** A plain text answer. */
export function textReply(
  text: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers },
    body: text,
  };
}

/** What aiohttp answers when a handler raises. */
export function crashReply(): Reply {
  return textReply('500 Internal Server Error\n\nServer got itself in trouble', 500, {
    Connection: 'close',
  });
}

/** What the static file handler answers for a file that it does not have. */
export function noSuchFileReply(): Reply {
  return { status: 404, headers: { 'Content-Type': 'application/octet-stream' }, body: '' };
}
